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
    all_of,
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

Bucket = Callable[[str], Expression | None]
"""The condition that a row of a table belongs to the bucket at hand; None: there is one bucket only."""

MEMBERS = "memberships"


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
        marks = ["mask", "period_start", "period_end"]
        query = exp.select(*[column(name, "r") for name in kept]).from_(rows.subquery("r"))
        if by_period:
            query = query.select(*[column(name, "r") for name in marks])
        elif self.expanded:
            query = query.select(*[column(name, "p") for name in marks])
            query = query.join(self._periods(), on=_falls(column("day", "r")))
        else:
            query = query.select(named(self._mask(column("day", "r")), "mask"))
        query = exp.select(*[column(name, "r") for name in [*kept, "mask"]]).from_(query.subquery("r"))
        points = [named(value, name) for name, value in clock.columns("r")]
        return query.select(*points).where(compare(exp.NEQ, column("mask", "r"), whole(0)))

    def _rows(self, bucket: Bucket, by_period: bool) -> exp.Select:
        table = self.event.event
        names = {"person_id": "person_id", "unit": KEYS[self.unit], "day": self.event.column, **self._extras}
        if not self.event.rows_are(self.unit):
            names |= {f"key_{name}": name for name in BY_NAME[table].key}
            names |= {"moment": "happened_at"} if self.event.timed else {}
        kept = passes(self.event.where, "t", self.lists)
        kept += [is_there(column(self.event.column, "t")), is_there(column(KEYS[self.unit], "t"))]
        inside = bucket("t")
        members = exp.select("person_id").from_(MEMBERS)
        kept += [inside] if inside is not None else []
        kept.append(exp.In(this=column("person_id", "t"), query=members.subquery()))
        query = exp.select(*[named(column(of, "t"), name) for name, of in names.items()]).from_(_table(table, "t"))
        if by_period:
            query = query.select(*[column(name, "p") for name in ("mask", "period_start", "period_end")])
            query = query.join(self._periods(), on=_falls(column(self.event.column, "t")))
        elif self.event.take == "each":
            first, last = zip(*(self.event.days(period) for period in self.periods), strict=True)
            kept.append(between(column(self.event.column, "t"), day(min(first)), day(max(last))))
        return query.where(all_of(kept))

    def _first(self, rows: exp.Select, by_period: bool) -> exp.Select:
        """The first row of each unit (and period): earliest day, then time of day, then smallest key."""
        marks = ["mask", "period_start", "period_end"] if by_period else []
        keys = [column(name, "r") for name in ["person_id", "unit", *marks]]
        if not self._extras:
            first = exp.select(*keys, named(least(column("day", "r")), "day")).from_(rows.subquery("r"))
            return first.group_by(*[key.copy() for key in keys])
        order = [column("day", "r"), *([column("moment", "r")] if self.event.timed else [])]
        order += [column(f"key_{name}", "r") for name in BY_NAME[self.event.event].key]
        place = exp.Window(
            this=exp.RowNumber(),
            partition_by=[key.copy() for key in keys],
            order=exp.Order(expressions=[exp.Ordered(this=value, nulls_first=False) for value in order]),
        )
        kept = [*keys, column("day", "r"), *[column(name, "r") for name in self._extras]]
        ranked = exp.select(*[value.copy() for value in kept], named(place, "place")).from_(rows.subquery("r"))
        names = [value.name for value in kept]
        first = exp.select(*[column(name, "r") for name in names]).from_(ranked.subquery("r"))
        return first.where(compare(exp.EQ, column("place", "r"), whole(1)))

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


def _table(name: str, alias: str) -> Expression:
    return exp.to_table(name, alias=alias)
