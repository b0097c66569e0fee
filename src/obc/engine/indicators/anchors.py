"""Anchors: one row a unit, with its day, what its own row says, and the periods in which it falls."""

from dataclasses import dataclass

from sqlglot import exp

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import KEYS, EventAnchor, Unit
from obc.domain.measurement.records.tables import BY_NAME
from obc.engine.indicators.buckets import Bucket
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
    whole,
)
from obc.engine.indicators.filters import CodeLists, passes
from obc.engine.indicators.masks import where
from obc.engine.indicators.queries import Join, columns, equal, everything, part, renamed, select, table

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

    def parts(self, bucket: Bucket, clock: EventClock) -> list[tuple[str, exp.Select]]:
        """The named queries that end in `anchors`: `person_id, unit, mask, day`, the own row, the clock's points."""
        by_period = self.expanded and self.event.take == "each"
        before: list[tuple[str, exp.Select]] = []
        rows = self._rows(bucket, by_period)
        if not self.event.rows_are(self.unit):
            keys = ["person_id", "unit", *(MARKS if by_period else [])]
            first_days = select(
                [*columns(keys, "r"), named(least(column("day", "r")), "day")],
                table("events", "r"),
                by=columns(keys, "r"),
            )
            before = [("events", rows), ("first_days", first_days)]
            rows = self._first(keys) if self._extras else select([everything("f")], table("first_days", "f"))
        return [*before, ("anchors", self._placed(rows, by_period, clock))]

    def _placed(self, rows: exp.Select, by_period: bool, clock: EventClock) -> exp.Select:
        """The rows with the periods in which they fall, and the days of the clock's points."""
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
        spans = [self.event.days(period) for period in self.periods]
        last = max(last for _, last in spans)
        if self.event.take == "each":
            kept.append(between(falls_on, day(min(first for first, _ in spans)), day(last)))
        else:
            kept.append(compare(exp.LTE, falls_on, day(last)))
        return select(values, table(name, "t"), joins=joins, where=kept)

    def _first(self, keys: list[str]) -> exp.Select:
        """The first row of each unit (and period): of those on its first day the earliest, then the smallest key."""
        order = columns(["moment"] if self.event.timed else [], "r")
        order += columns((f"key_{name}" for name in BY_NAME[self.event.event].key), "r")
        place = exp.Window(
            this=exp.RowNumber(),
            partition_by=columns(keys, "r"),
            order=exp.Order(expressions=[exp.Ordered(this=value, nulls_first=False) for value in order]),
        )
        kept = [*keys, "day", *self._extras]
        that_day = [Join(table("first_days", "f"), equal([*keys, "day"], "f", "r"))]
        ranked = select([*columns(kept, "r"), named(place, "place")], table("events", "r"), joins=that_day)
        return select(columns(kept, "r"), part(ranked, "r"), where=[compare(exp.EQ, column("place", "r"), whole(1))])

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
