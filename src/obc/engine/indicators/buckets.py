"""Buckets of people: the unit of memory, progress and cancelling. Only sums cross them."""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from obc.engine.indicators.expressions import Expression, column, compare, whole

Bucket = Callable[[str], Expression | None]
"""The condition that a row of a table belongs to the bucket at hand; None: there is one bucket only."""

ROWS = 25_000_000
"""Rows of the largest table that are taken at a time."""

MEMORY = 10**9
"""Bytes that the answers of a bucket's people may take at a time."""

_ANSWER = 16
"""Bytes of one aggregate of one person."""


@dataclass(frozen=True)
class Sizes:
    """How many people there are, and how many rows the largest table has."""

    people: int
    rows: int

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection) -> "Sizes":
        """As the database has them."""
        sizes = dict(connection.execute("SELECT table_name, estimated_size FROM duckdb_tables()").fetchall())
        return cls(sizes.get("people", 0), max(sizes.values(), default=0))

    def buckets(self, width: int) -> int:
        """How many buckets a query needs that keeps so many answers a person at a time."""
        return max(1, -(-self.rows // ROWS), -(-self.people * width * _ANSWER // MEMORY))


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
