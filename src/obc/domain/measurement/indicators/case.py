"""The case: one unit in one period, with its anchor and the records that may be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.conditions import Choice, Filter
from obc.domain.measurement.indicators.definition import Unit
from obc.domain.measurement.indicators.person import PersonRecords, Row
from obc.domain.measurement.indicators.windows import Point, Window
from obc.domain.measurement.records.codes import CodeList, Codes

CodeLists = Mapping[str, CodeList]
"""Code lists by id."""


@dataclass(frozen=True, slots=True)
class Case:
    """One unit in one period: the anchor's day, its moment and row where it has them, and the records."""

    unit: Unit
    key: str
    anchor: date
    period: Period
    records: PersonRecords
    lists: CodeLists
    moment: datetime | None = None
    row: Row | None = None
    anchor_name: str = "the anchor"

    def day(self, point: Point) -> date:
        """The day of a point in time."""
        return point.day(self.anchor, self.period)

    def within(self, day: date, window: Window) -> bool:
        """Whether the day is in the window, both ends included."""
        return self.day(window.first) <= day <= self.day(window.last)

    def rows(self, table: str, of_the: Literal["unit", "person"], where: tuple[Filter, ...]) -> list[Row]:
        """The unit's (or person's) rows that pass the filters, in the order of their days."""
        rows = self.records.rows_of(table, self.unit, self.key, of_the)
        return sorted((row for row in rows if passes(row, where, self.lists)), key=lambda row: row["happened"])

    def holds(self, row: Row, column: str, choice: Choice) -> bool:
        """Whether the column holds one of the codes."""
        return row.get(column) in Codes.of(choice, self.lists)


def passes(row: Row, where: tuple[Filter, ...], lists: CodeLists) -> bool:
    """Whether the row holds the codes of every filter."""
    return all(row.get(item.column) in Codes.of(item.among, lists) for item in where)
