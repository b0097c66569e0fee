"""NHS numbers where pseudonyms should stand: ten digits whose last checks the others (NHS Data Dictionary, modulus 11).

One in eleven numbers of ten digits checks out by chance. Where more than half do, they are NHS numbers.
"""

from collections.abc import Callable, Collection
from typing import Any

from obc.domain.core.kernel.problem import Problem, Problems

ENOUGH = 3
"""Fewer may be chance."""
IDENTIFYING = (("people", "person_id"), ("carers", "carer_id"))
"""Where ids of people begin: other tables point at these."""


def refuse_nhs_numbers(ask: Callable[[str], tuple[Any, ...]], absent: Collection[str]) -> None:
    """Raises `Problems` where people or carers are identified by their NHS numbers.

    `ask`: the one row that answers a query in DuckDB's SQL. `absent`: the tables that the records do not have.
    """
    problems = []
    for table, column in IDENTIFYING:
        if table in absent:
            continue
        found, valid = ask(_counting(table, column))
        if valid >= ENOUGH and 2 * valid > found:
            problems.append(
                Problem(
                    file="the records",
                    where=f"{table}.{column}",
                    found=f"{valid:,} valid NHS numbers",
                    expected="hide them with 'obc records pseudonymise', or say --allow-nhs-numbers where allowed",
                )
            )
    if problems:
        raise Problems(tuple(problems))


def _counting(table: str, column: str) -> str:
    """A query: how many ids have ten digits, and how many of those check out."""
    digits = f"regexp_replace({column}, '[ -]', '', 'g')"
    weighed = " + ".join(f"{11 - place} * CAST(substr(digits, {place}, 1) AS INTEGER)" for place in range(1, 10))
    return (
        f"SELECT count(*), count(*) FILTER ((11 - ({weighed}) % 11) % 11 = CAST(right(digits, 1) AS INTEGER)) "
        f"FROM (SELECT {digits} AS digits FROM {table} WHERE regexp_full_match({digits}, '[0-9]{{10}}'))"
    )
