"""Marks: what a table's rows of any run of days come to as one number, from one reading of the table.

A row is hashed to 64 bits by DuckDB, and a day stands for its number of rows and the sum of their hashes, so that
order, files and compression mean nothing. It is made to notice changes, not to withstand somebody who plans them:
that is what the hash of the records is for.
"""

from bisect import bisect_left, bisect_right
from datetime import date
from itertools import accumulate

import duckdb

from obc.domain.measurement.records.tables import BY_NAME
from obc.engine.keeping.reach import CLOSING, MEMBERS, Reach, Series, closed_by

Mark = tuple[int, int]
"""How many rows, and the sum of their hashes."""


class Marks:
    """The marks of the tables in a connection, with memberships. A series is read when it is first asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self.connection = connection
        self._read: dict[tuple[str, Series], tuple[list[date], list[Mark]]] = {}

    def of(self, reach: Reach) -> Mark:
        """The mark of the rows that are reached."""
        key = reach.table, reach.series
        if key not in self._read:
            self._read[key] = self._days(*key)
        days, sums = self._read[key]
        before = 0 if reach.first is None else bisect_left(days, reach.first)
        upto = len(days) if reach.last is None else bisect_right(days, reach.last)
        if upto <= before:
            return 0, 0
        (rows, hashes), (earlier, earlier_hashes) = sums[upto], sums[before]
        return rows - earlier, hashes - earlier_hashes

    def _days(self, table: str, series: Series) -> tuple[list[date], list[Mark]]:
        found = self.connection.execute(
            f"SELECT coalesce(on_day, DATE '0001-01-01'), count(*), sum(CAST(row_hash AS HUGEINT)) "
            f"FROM ({_rows(table, series)}) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        sums = accumulate(((n, int(h)) for _, n, h in found), lambda a, b: (a[0] + b[0], a[1] + b[1]), initial=(0, 0))
        return [day for day, _, _ in found], list(sums)


def _rows(table: str, series: Series) -> str:
    """A query of every row's day in the series, and its hash."""
    if table == MEMBERS:  # with its day: a rate counts every day of a stay, an event the stay of its own day
        day = "joined" if series == "joined" else "left_on"
        row = f"hash(person_id, segment, provider, {day})"
        return f"SELECT {day} AS on_day, {row} AS row_hash FROM {MEMBERS} WHERE {day} IS NOT NULL"
    columns = [column.name for column in BY_NAME[table].columns]
    if series == "first member":
        return (
            f"SELECT on_day, {_hash(columns, 'p')} AS row_hash FROM people AS p JOIN "
            f"(SELECT person_id, min(joined) AS on_day FROM {MEMBERS} GROUP BY person_id) AS m "
            "ON m.person_id = p.person_id"
        )
    happened = "t.happened" if BY_NAME[table].has("happened") else "CAST(NULL AS DATE)"
    if series == "begun":
        columns = [column for column in columns if column not in CLOSING]
    day = f"t.{closed_by(table)}" if series == "closed" else happened
    where = f" WHERE {day} IS NOT NULL" if series == "closed" else ""
    return f"SELECT {day} AS on_day, {_hash(columns, 't')} AS row_hash FROM {table} AS t{where}"


def _hash(columns: list[str], of: str) -> str:
    named = ", ".join(f'{of}."{column}"' for column in columns)
    return f"hash({named})"
