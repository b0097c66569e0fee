"""Clocks: where the points of a definition lie, for every unit and period at once.

Of a cohort the anchor is the same day for everybody: every point of every period is a constant. Of events every
row has its own anchor: a point is a column of the anchors' table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import CohortAnchor
from obc.domain.measurement.indicators.windows import Point
from obc.engine.indicators.expressions import Expression, column, day, shifted, whole


@dataclass(frozen=True)
class Turn:
    """One reading of the clock: the bits it answers for, and where a point lies then."""

    bits: Expression
    place: Callable[[Point], Expression]


@dataclass(frozen=True)
class CohortClock:
    """The first or last days of the periods, one turn for each."""

    periods: tuple[Period, ...]
    at: str

    @property
    def full(self) -> Expression:
        """All bits that a unit may have."""
        return whole(2 ** len(self.periods) - 1)

    @property
    def turns(self) -> Sequence[Turn]:
        """One reading a period."""
        return [Turn(whole(2**k), self._placer(period)) for k, period in enumerate(self.periods)]

    def days(self, point: Point) -> list[date]:
        """Where the point lies in each period."""
        return [point.day(self._anchor(period), period) for period in self.periods]

    def _anchor(self, period: Period) -> date:
        return period.start if self.at == "period start" else period.end

    def _placer(self, period: Period) -> Callable[[Point], Expression]:
        return lambda point: day(point.day(self._anchor(period), period))

    @classmethod
    def of(cls, cohort: CohortAnchor, periods: tuple[Period, ...]) -> "CohortClock":
        """The clock of a cohort."""
        return cls(periods, cohort.cohort)


@dataclass
class EventClock:
    """The anchors' own days: one turn, whose points become columns of the anchors' table `a`.

    `spans`: the periods, each with the first and the last day on which an anchor falls that counts in it.
    """

    spans: tuple[tuple[Period, date, date], ...]
    points: dict[Point, str] = field(default_factory=dict)

    @property
    def full(self) -> Expression:
        """The periods in which the anchor falls."""
        return column("mask", "a")

    @property
    def turns(self) -> Sequence[Turn]:
        """One reading for all periods of the row."""
        return [Turn(self.full, self.column_of)]

    def days(self, point: Point) -> list[date]:
        """The earliest and the latest day on which the point may lie, in each period."""
        return [point.day(anchor, period) for period, *ends in self.spans for anchor in ends]

    def column_of(self, point: Point) -> Expression:
        """The column that holds the point; it is added to the anchors when first asked for."""
        if point == Point():
            return column("day", "a")
        return column(self.points.setdefault(point, f"point_{len(self.points)}"), "a")

    def columns(self, table: str) -> list[tuple[str, Expression]]:
        """The columns of all points asked for, from the anchors' `day`, `period_start` and `period_end`."""
        marks = {"anchor": "day", "period start": "period_start", "period end": "period_end"}
        return [(name, shifted(column(marks[point.mark], table), point.offset)) for point, name in self.points.items()]


def outermost(points: Iterable[Point], last: bool) -> list[Point]:
    """Those of the points that may be the first (or last) of all: one of each mark and unit of time."""
    pick = max if last else min
    kinds: dict[tuple[str, bool], list[Point]] = {}
    for point in points:
        kinds.setdefault((point.mark, bool(point.offset.months)), []).append(point)
    return [pick(alike, key=lambda point: (point.offset.months, point.offset.days)) for alike in kinds.values()]


Clock = CohortClock | EventClock
"""Either."""
