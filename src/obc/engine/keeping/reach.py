"""Reach: which rows a definition can see in a period, so that all others may change without changing its sums.

A row is placed in time by a series of its table. `begun`: by the day on which it happened, without what is only
known when it closes. `closed`: by the day on which it closed, with all that it says. `whole`: by the day on which it
happened, with all that it says. An open referral that is discharged next year is then the same row until next year.
People are placed by the day on which they first become members, memberships by the days they begin and end. What is
seen is never less than what the definition reads; where in doubt it is more, and costs time only.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.conditions import Age, Alive, Change, Count, Latest, Leaf, OpenOn, Own, leaves
from obc.domain.measurement.indicators.definition import (
    CohortAnchor,
    EventAnchor,
    IndicatorDefinition,
    RowsAnchor,
    Score,
)
from obc.domain.measurement.indicators.windows import Point, Window
from obc.domain.measurement.records.tables import BY_NAME

Series = Literal["begun", "closed", "whole", "first member", "joined", "left"]

CLOSING = ("discharged", "ended", "closure_reason", "discharge_method")
"""The columns that are filled when a row closes: the day, and what is said of it."""

MEMBERS = "memberships"
A_DAY = timedelta(days=1)


class Reach(NamedTuple):
    """The rows of one series from one day to another, both included; None is from or for ever."""

    table: str
    series: Series
    first: date | None = None
    last: date | None = None


def closed_by(table: str) -> str | None:
    """The column with the day on which a row closes, where the table has one."""
    return next((name for name in CLOSING[:2] if BY_NAME[table].has(name)), None)


def reaches(definition: IndicatorDefinition, period: Period) -> frozenset[Reach]:
    """All that the definition can see in the period; `rows of` definitions are not measured here."""
    return frozenset(_Seen(definition, period).all())


class _Seen:
    def __init__(self, definition: IndicatorDefinition, period: Period):
        self.definition, self.period = definition, period
        self.anchor = definition.denominator
        match self.anchor:
            case EventAnchor():
                self.first, self.last = self.anchor.days(period)
            case CohortAnchor(cohort="period start"):
                self.first = self.last = period.start
            case CohortAnchor():
                self.first = self.last = period.end
            case _:
                self.first, self.last = period.start, period.end

    def all(self) -> Iterator[Reach]:
        definition = self.definition
        assert not isinstance(self.anchor, RowsAnchor), "rows are measured where they are checked"
        member_by = definition.member_on.day(self.last, self.period) if definition.member_on else self.period.end
        yield Reach(MEMBERS, "joined", None, member_by)
        yield Reach(MEMBERS, "left", None, member_by - A_DAY)
        found = [leaf for condition in definition.conditions for leaf in leaves(condition)]
        aged = any(isinstance(leaf, Age) for leaf in found)
        if aged or definition.adjusted_by or definition.compared_with:
            yield Reach("people", "first member", None, member_by)
        if definition.compared_with:
            yield from (Reach("population", "whole"), Reach("population_deaths", "whole"))
        yield from self._of_anchor([leaf.own for leaf in found if isinstance(leaf, Own)])
        for leaf in found:
            yield from self._of_leaf(leaf)
        if isinstance(definition.value, Score):
            yield self._within(definition.value.table, definition.value.between)
        if events := definition.events:
            yield Reach("deaths", "whole", None, self.period.end)
            kind = _series(events.events, [item.column for item in events.where])
            yield Reach(events.events, kind, self.period.start, self.period.end)

    def _of_anchor(self, own: list[str]) -> Iterator[Reach]:
        if not isinstance(self.anchor, EventAnchor):
            if self.definition.counts == "carer":
                yield Reach("carers", "whole")
            return
        table, column = self.anchor.event, self.anchor.column
        first = None if self.anchor.take == "first" else self.first
        if column == "happened":
            read = [*own, *(item.column for item in self.anchor.where)]
            yield Reach(table, _series(table, read), first, self.last)
        elif column == closed_by(table):
            yield Reach(table, "closed", first, self.last)
        else:
            yield Reach(table, "whole")

    def _of_leaf(self, leaf: Leaf) -> Iterator[Reach]:
        match leaf:
            case Latest():
                yield self._within(leaf.table, leaf.between, [leaf.column, *(item.column for item in leaf.where)])
            case Count():
                yield self._within(leaf.table, leaf.between, [item.column for item in leaf.where])
            case Change():
                yield self._within(leaf.table, leaf.first)
                yield self._within(leaf.table, leaf.last)
            case Alive():
                yield Reach("deaths", "whole", None, self._latest(leaf.alive))
            case OpenOn():
                by = self._latest(leaf.on)
                kind = _series(leaf.table, [item.column for item in leaf.where])
                yield Reach(leaf.table, kind, None, by)
                if kind == "begun":
                    yield Reach(leaf.table, "closed", None, by)

    def _within(self, table: str, window: Window, read: list[str] | None = None) -> Reach:
        early, late = self._hours(window.first), self._hours(window.last)
        return Reach(
            table,
            _series(table, read or []),
            window.first.day(self.first, self.period) - early,
            self._latest(window.last) + late,
        )

    def _latest(self, point: Point) -> date:
        return point.day(self.last, self.period)

    @staticmethod
    def _hours(point: Point) -> timedelta:
        """Days by which hours may move a point either way, and one for rows without a time of day."""
        return timedelta(days=abs(point.offset.hours) // 24 + 2) if point.offset.hours else timedelta()


def _series(table: str, read: list[str]) -> Series:
    """How rows that are looked for by the day on which they happened are placed, when these columns are read."""
    return "whole" if closed_by(table) is None or {*read} & {*CLOSING} else "begun"
