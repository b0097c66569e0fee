"""Anchors: one row a unit, with its day, what its own row says, and the periods in which it falls."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import KEYS, EventAnchor, Unit
from obc.domain.measurement.records.tables import BY_NAME
from obc.engine.indicators.clocks import EventClock
from obc.engine.indicators.expressions import (
    Expression,
    between,
    column,
    compare,
    day,
    is_there,
    least,
    named,
    own,
    whole,
)
from obc.engine.indicators.filters import CodeLists, passes
from obc.engine.indicators.masks import where
from obc.engine.indicators.queries import Join, columns, part, renamed, select, table

Bucket = Callable[[str], Expression | None]
"""The condition that a row of a table belongs to the bucket at hand; None: there is one bucket only."""

MEMBERS = "memberships"

MARKS = ("mask", "period_start", "period_end")
"""What an anchor has that is one of a unit and a period."""


@dataclass(frozen=True)
class EventAnchors:
    """How the rows of an event table become anchors. `expanded`: one a unit and period, else one a unit."""

    event: EventAnchor
    unit: Unit
    periods: tuple[Period, ...]
    expanded: bool
    own: tuple[str, ...]
    timed: bool
    with_provider: bool
    lists: CodeLists

    @property
    def _extras(self) -> dict[str, str]:
        """The columns of the anchor's own row that are needed, by what they are called here."""
        moment = {"moment": "happened_at"} if self.timed else {}
        provider = {"row_provider": "provider"} if self.with_provider else {}
        return {**moment, **provider, **{f"own_{name}": name for name in self.own}}

    def query(self, bucket: Bucket, clock: EventClock) -> exp.Select:
        """`person_id, unit, mask, day`, what is needed of the own row, and the points of the clock."""
        by_period = self.expanded and self.event.take == "each"
        rows = self._rows(bucket, by_period)
        if not self.event.rows_are(self.unit):
            rows = self._first(rows, by_period)
        kept = ["person_id", "unit", "day", *self._extras]
        values, joins = columns(kept, "r"), []
        if by_period:
            values += columns(MARKS, "r")
        elif self.expanded:
            values += columns(MARKS, "p")
            joins.append(Join(self._periods(), _falls(column("day", "r"))))
        else:
            values.append(named(self._mask(column("day", "r")), "mask"))
        placed = part(select(values, part(rows, "r"), joins=joins), "r")
        points = [named(value, name) for name, value in clock.columns("r")]
        falls = compare(exp.NEQ, column("mask", "r"), whole(0))
        return select([*columns([*kept, "mask"], "r"), *points], placed, where=[falls])

    def _rows(self, bucket: Bucket, by_period: bool) -> exp.Select:
        """The rows of members that pass the filters; once for every period in which they fall, where that matters."""
        name, falls_on = self.event.event, column(self.event.column, "t")
        names = {"person_id": "person_id", "unit": KEYS[self.unit], "day": self.event.column, **self._extras}
        if not self.event.rows_are(self.unit):
            names |= {f"key_{key}": key for key in BY_NAME[name].key}
            names |= {"moment": "happened_at"} if self.event.timed else {}
        member = exp.In(this=column("person_id", "t"), query=select([column("person_id")], table(MEMBERS)).subquery())
        there = [is_there(falls_on), is_there(column(KEYS[self.unit], "t"))]
        kept = [*passes(self.event.where, "t", self.lists), *there, bucket("t"), member]
        values, joins = renamed(names.items(), "t"), []
        if by_period:
            values += columns(MARKS, "p")
            joins.append(Join(self._periods(), _falls(falls_on)))
        elif self.event.take == "each":
            spans = [self.event.days(period) for period in self.periods]
            first, last = min(first for first, _ in spans), max(last for _, last in spans)
            kept.append(between(falls_on, day(first), day(last)))
        return select(values, table(name, "t"), joins=joins, where=kept)

    def _first(self, rows: exp.Select, by_period: bool) -> exp.Select:
        """The first row of each unit (and period): earliest day, then time of day, then smallest key."""
        keys = columns(["person_id", "unit", *(MARKS if by_period else [])], "r")
        if not self._extras:
            return select([*keys, named(least(column("day", "r")), "day")], part(rows, "r"), by=keys)
        order = columns(["day", *(["moment"] if self.event.timed else [])], "r")
        order += columns((f"key_{name}" for name in BY_NAME[self.event.event].key), "r")
        place = exp.Window(
            this=exp.RowNumber(),
            partition_by=[own(key) for key in keys],
            order=exp.Order(expressions=[exp.Ordered(this=value, nulls_first=False) for value in order]),
        )
        kept = [*keys, *columns(["day", *self._extras], "r")]
        ranked = select([*kept, named(place, "place")], part(rows, "r"))
        return select(kept, part(ranked, "r"), where=[compare(exp.EQ, column("place", "r"), whole(1))])

    def _mask(self, falls_on: Expression) -> Expression:
        spans = [self.event.days(period) for period in self.periods]
        return where((between(falls_on, day(first), day(last)), whole(2**k)) for k, (first, last) in enumerate(spans))

    def _periods(self) -> Expression:
        rows = []
        for k, period in enumerate(self.periods):
            first, last = self.event.days(period)
            rows.append((2**k, period.start, period.end, first, last))
        return exp.values(rows, alias="p", columns=["mask", "period_start", "period_end", "first_day", "last_day"])


def _falls(falls_on: Expression) -> Expression:
    return between(falls_on, column("first_day", "p"), column("last_day", "p"))
