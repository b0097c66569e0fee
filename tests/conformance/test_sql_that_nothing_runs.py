"""What is printed for warehouses that no test has: every shipped indicator, read back, without the traps we know."""

import re
from datetime import date
from functools import cache

import pytest
from sqlglot import ErrorLevel, exp, parse, parse_one

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.records.tables import TABLES
from obc.engine.dialects.rendering import rendered
from obc.engine.indicators.measure import sql
from shipped import code_lists, indicators

NOT_RUN = ("databricks", "snowflake", "tsql")
QUARTERS = tuple(Period(start=date(2015, 4, 1), end=date(2024, 3, 31)).parts(3))
"""Thirty-six: more than an `int` has bits."""
FEW = QUARTERS[:2]
OURS = {table.name for table in TABLES} | {one.name for table in TABLES for one in table.columns}
MOST_CASES = 10
"""How many CASE may stand in one another in Transact-SQL: error 125."""
RESERVED_IN_SNOWFLAKE = {
    *("account", "all", "alter", "and", "any", "as", "between", "by", "case", "cast", "check", "column", "connect"),
    *("connection", "constraint", "create", "cross", "current", "database", "delete", "distinct", "drop", "else"),
    *("exists", "false", "following", "for", "from", "full", "grant", "group", "gscluster", "having", "ilike", "in"),
    *("increment", "inner", "insert", "intersect", "into", "is", "issue", "join", "lateral", "left", "like", "minus"),
    *("natural", "not", "null", "of", "on", "or", "order", "organization", "qualify", "regexp", "revoke", "right"),
    *("rlike", "row", "rows", "sample", "schema", "select", "set", "some", "start", "table", "tablesample", "then"),
    *("to", "trigger", "true", "try_cast", "union", "unique", "update", "using", "values", "view", "when", "where"),
}
"""Snowflake's manual, "Reserved & limited keywords": what may not be the name of a column or table as it is."""


@cache
def printed(dialect: str, indicator: str, periods: tuple[Period, ...] = FEW) -> tuple[exp.Expression, ...]:
    """The statements of one indicator, as the dialect itself reads them; raises what it cannot read."""
    text = sql([indicators()[indicator]], code_lists(), periods, dialect)
    return tuple(one for one in parse(text, read=dialect, error_level=ErrorLevel.RAISE) if one)


@pytest.mark.parametrize("indicator", indicators())
def test_every_shipped_indicator_is_read_back(indicator: str) -> None:
    asked = sql([indicators()[indicator]], code_lists(), FEW)
    for dialect in NOT_RUN:
        found = printed(dialect, indicator)
        assert len(found) == asked.count(";\n")
        for one in found:
            assert not list(one.find_all(exp.Command)), "passed on without being understood"
            keys = [key for group in one.find_all(exp.Group) for key in group.expressions]
            assert keys and not any(key.is_number for key in keys), "grouped by a number, which is a constant there"
            assert [part.parent for part in one.find_all(exp.With)] == [one], "parts within parts"


@pytest.mark.parametrize("indicator", indicators())
def test_no_sum_of_transact_sql_overflows(indicator: str) -> None:
    """Sums of whole numbers are BIGINT; the others are of decimals, whose sums are as wide as can be."""
    for statement in printed("tsql", indicator):
        for one in statement.find_all(exp.Sum):
            scored = any(column.name.startswith("score_") for column in one.find_all(exp.Column))
            assert one.this.is_type("bigint") or scored, one.sql("tsql")
        assert not list(statement.find_all(exp.Avg)), "an average of whole numbers is cut off there"
        assert not list(statement.find_all(exp.Count)), "counts beyond an int need COUNT_BIG"
        nested = [len([up for up in _above(one) if isinstance(up, exp.Case)]) for one in statement.find_all(exp.Case)]
        assert max(nested, default=0) < MOST_CASES


def _above(node: exp.Expression) -> list[exp.Expression]:
    """All that a node stands in, as far as its query."""
    found = []
    while node.parent and not isinstance(node.parent, exp.Select):
        node = node.parent
        found.append(node)
    return found


def test_masks_of_transact_sql_are_wide_enough() -> None:
    """Bits beyond the 31st are no `int`; literals that large are decimals there, to which & does not apply."""
    asked = [one for one in indicators() if one.startswith("st")]
    large = []
    for statement in [one for name in asked for one in printed("tsql", name, QUARTERS)]:
        literals = [one for one in statement.find_all(exp.Literal) if not one.is_string and one.name.isdigit()]
        large += [one for one in literals if int(one.name) > 2**31 - 1]
        assert not re.search(r"\bFLOAT\b", statement.sql("tsql")), "a FLOAT has 53 bits"
    assert len(large) > 10 and all(one.parent.is_type("bigint") for one in large)


def test_codes_of_transact_sql_are_not_the_same_in_capitals() -> None:
    asked = parse_one("SELECT sum(CASE WHEN source IN ('A1', 'b2') AND status = 'x' THEN 1 ELSE 0 END) FROM referrals")
    assert rendered(asked, "tsql") == (
        "SELECT SUM(CAST(CASE WHEN [source] COLLATE Latin1_General_BIN2 IN ('A1', 'b2') "
        "AND [status] COLLATE Latin1_General_BIN2 = 'x' THEN 1 ELSE 0 END AS BIGINT)) FROM [referrals]"
    )


def test_snowflake_reserves_no_name_of_ours_that_is_not_quoted() -> None:
    taken = sorted(OURS & RESERVED_IN_SNOWFLAKE)
    assert taken == ["check"]
    for name in taken:
        assert rendered(exp.select(exp.column(name)).from_("t"), "snowflake") == f'SELECT "{name.upper()}" FROM t'


@pytest.mark.parametrize("dialect", NOT_RUN)
def test_days_are_moved_and_counted_as_the_dialect_says(dialect: str) -> None:
    day = exp.cast(exp.column("happened"), "DATE")
    moved = exp.DateAdd(this=day, expression=exp.Literal.number(9), unit=exp.var("MONTH"))
    apart = exp.DateDiff(this=exp.column("a"), expression=exp.column("b"), unit=exp.var("DAY"))
    expected = {
        "databricks": ("ADD_MONTHS(CAST(happened AS DATE), 9)", "DATEDIFF(DAY, b, a)"),
        "snowflake": ("DATEADD(MONTH, 9, CAST(happened AS DATE))", "DATEDIFF(DAY, b, a)"),
        "tsql": ("DATEADD(MONTH, 9, CAST([happened] AS DATE))", "DATEDIFF(DAY, [b], [a])"),
    }
    assert (rendered(moved, dialect), rendered(apart, dialect)) == expected[dialect]
