"""NHS numbers where pseudonyms should stand: ten digits whose last checks the others (NHS Data Dictionary, modulus 11).

One in eleven numbers of ten digits checks out by chance. Where more than half do, they are NHS numbers.
"""

import duckdb

from obc.domain.core.kernel.problem import refusal

ENOUGH = 3
"""Fewer may be chance."""
_DIGITS = "regexp_replace(person_id, '[ -]', '', 'g')"


def refuse_nhs_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Raises `Problems` where people are identified by their NHS numbers."""
    refuse_if_many(*connection.execute(counting_nhs_numbers()).fetchall()[0])


def counting_nhs_numbers() -> str:
    """A query: how many ids of people have ten digits, and how many of those check out."""
    weighed = " + ".join(f"{11 - place} * CAST(substr(digits, {place}, 1) AS INTEGER)" for place in range(1, 10))
    return (
        f"SELECT count(*), count(*) FILTER ((11 - ({weighed}) % 11) % 11 = CAST(right(digits, 1) AS INTEGER)) "
        f"FROM (SELECT {_DIGITS} AS digits FROM people WHERE regexp_full_match({_DIGITS}, '[0-9]{{10}}'))"
    )


def refuse_if_many(found: int, valid: int) -> None:
    """Raises `Problems` where `valid` of `found` numbers are too many for chance."""
    if valid >= ENOUGH and 2 * valid > found:
        raise refusal(
            "the records",
            "people.person_id",
            f"{valid:,} valid NHS numbers",
            "hide them with 'obc records pseudonymise', or say --allow-nhs-numbers where they may be used",
        )
