"""What is printed for a warehouse uses only what that warehouse has: SQLGlot passes on unknown functions in silence."""

import re
from functools import cache

import pytest
from sqlglot import exp, parse

from command import obc
from obc.bootstrap import contracts, measuring
from obc.engine.dialects.rendering import DIALECTS
from obc.engine.indicators.measure import sql

CONTRACT = "oxfordshire-mental-health"
EVERYWHERE = {
    *("CAST", "COALESCE", "SUM", "MIN", "MAX", "FLOOR", "SUBSTRING", "ROW_NUMBER", "LAG", "LEAD"),
    *("DECIMAL", "NUMERIC"),
}
"""Functions of every dialect, and types that are written like one."""
KNOWN = {
    "duckdb": {"BIT_OR", "DATE_DIFF", "DAY", "EXTRACT", "GREATEST", "LAST_VALUE", "LEAST"},
    "spark": {
        *("ADD_MONTHS", "BIT_OR", "DATEDIFF", "DATE_ADD", "DAY", "EXTRACT", "GREATEST", "LAST_VALUE", "LEAST"),
        "SHIFTRIGHT",
    },
    "postgres": {"BIT_OR", "EXTRACT", "GREATEST", "LEAST", "TO_CHAR"},
    "snowflake": {
        *("BITAND", "BITOR", "BITORAGG", "BITSHIFTRIGHT", "DATEADD", "DATEDIFF", "DATE_PART", "DAY", "LAST_VALUE"),
        *("GREATEST_IGNORE_NULLS", "LEAST_IGNORE_NULLS"),
    },
    "tsql": {"DATEADD", "DATEDIFF", "DATEPART", "GREATEST", "LEAST"},
}
"""The functions of each dialect, read in its manual; GREATEST and LEAST of T-SQL since SQL Server 2022."""


@cache
def printed(dialect: str) -> str:
    """Segments, and all indicators of two periods."""
    contract = contracts.load_contract(CONTRACT)
    periods = tuple(contract.period(contract.years[0]).parts(6))
    queries = sql(contract.definitions, measuring.code_lists_of(contract), periods, dialect)
    return measuring.segments_sql_of(contract, dialect) + queries


def bare(dialect: str) -> str:
    """The same without texts and remarks."""
    return re.sub(r"--.*", "", re.sub(r"'[^']*'", "''", printed(dialect)))


@pytest.mark.parametrize("dialect", KNOWN)
def test_every_function_is_one_of_the_warehouse(dialect: str) -> None:
    found = set(re.findall(r"\b([A-Z_]\w*)\(", bare(dialect)))
    assert found <= EVERYWHERE | KNOWN[dialect]
    assert KNOWN[dialect] <= found, "a list of functions that are not used hides those that are new"


@pytest.mark.parametrize("dialect", KNOWN)
def test_it_is_read_back_without_anything_unknown(dialect: str) -> None:
    read = [statement for statement in parse(printed(dialect), read=dialect) if statement]
    assert len(read) > 10
    unknown = [node for statement in read for node in statement.find_all(exp.Command, exp.Anonymous)]
    assert {node.name.upper() for node in unknown} <= {"LEAST_IGNORE_NULLS", "GREATEST_IGNORE_NULLS", "TO_CHAR"}


def test_transact_sql_has_neither_shifts_nor_intervals_nor_truth_values() -> None:
    text = bare("tsql")
    for lacking in (">>", "INTERVAL", "TRUE", "FALSE", "NULLS LAST", "IS NOT DISTINCT"):
        assert lacking not in text, lacking
    assert "[mask]" in text, "every name is quoted: CHECK and others mean something there"


def test_snowflake_finds_columns_that_are_called_like_its_own_words() -> None:
    assert '"CHECK"' in printed("snowflake") and "check" not in re.findall(r"\bcheck\b", bare("snowflake"))


def test_databricks_is_sent_what_spark_runs() -> None:
    assert printed("databricks") == printed("spark")


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_what_nothing_runs_says_so(dialect: str) -> None:
    shown = obc("measure", CONTRACT, "--sql", "--dialect", dialect)
    assert shown.status == 0
    assert ("not run" in shown.out.splitlines()[0]) == (dialect in ("tsql", "snowflake"))
    assert ("not on Databricks" in shown.out) == (dialect == "databricks")
    assert ("CREATE TABLE memberships" in shown.out) == (dialect != "tsql")


def test_a_dialect_that_we_do_not_write_is_refused() -> None:
    refused = obc("measure", CONTRACT, "--sql", "--dialect", "mysql")
    assert refused.status == 1
    assert "'mysql'" in refused.out and "postgres" in refused.out
