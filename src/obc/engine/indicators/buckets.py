"""Buckets of people: the unit of memory, progress and cancelling. Only sums cross them."""

from collections.abc import Callable
from math import ceil

import duckdb
from sqlglot import exp

from obc.engine.indicators.expressions import Expression, column, compare, whole

Bucket = Callable[[str], Expression | None]
"""The condition that a row of a table belongs to the bucket at hand; None: there is one bucket only."""

MEMORY = 1.5 * 10**9
"""Bytes that the answers of a bucket's people may take at a time: half of what DuckDB may use. Rows take none, and
every bucket reads all of them again, so that there are as few buckets as the answers allow."""

ANSWER = 16
"""Bytes of one aggregate of one person."""


def people_in(connection: duckdb.DuckDBPyConnection) -> int:
    """How many people the database has."""
    found = connection.execute("SELECT estimated_size FROM duckdb_tables() WHERE table_name = 'people'").fetchone()
    return int(found[0]) if found else 0


def buckets_for(people: int, width: int) -> int:
    """How many buckets a query needs that keeps so many answers a person at a time."""
    return max(1, ceil(people * width * ANSWER / MEMORY))


def everybody(_: str) -> Expression | None:
    """The one bucket that holds all people."""
    return None


def bucket(number: int, of: int) -> Bucket:
    """The condition that a person belongs to a bucket, by the hash of the id."""
    if of == 1:
        return everybody

    def condition(table: str) -> Expression:
        hashed = exp.Anonymous(this="hash", expressions=[column("person_id", table)])
        return compare(exp.EQ, exp.Mod(this=hashed, expression=whole(of)), whole(number))

    return condition
