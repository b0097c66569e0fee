"""Scans: every table is read once, and answers all that is asked of it in conditional aggregates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from obc.domain.measurement.indicators.definition import KEYS, Unit
from obc.domain.measurement.indicators.windows import Point, Window
from obc.domain.measurement.records.tables import BY_NAME
from obc.engine.indicators.clocks import Clock, EventClock, outermost
from obc.engine.indicators.columns import Columns
from obc.engine.indicators.expressions import (
    Expression,
    all_of,
    any_of,
    as_decimal,
    between,
    case,
    column,
    compare,
    day,
    greatest,
    least,
    named,
    plus,
    text,
)
from obc.engine.indicators.queries import Join, columns, equal, everything, part, renamed, select, table

ROW = "t"
"""What a row of the scanned table is called in an aggregate."""


@dataclass(frozen=True)
class Source:
    """What is scanned: a table by a unit's own key or by the person; `assessed` by days with totals of items."""

    table: str
    by_unit: bool
    assessed: bool = False

    @property
    def name(self) -> str:
        """The name of the scan's result."""
        return f"{'assessed' if self.assessed else 'read'}_{self.table}{'' if self.by_unit else '_of_person'}"


@dataclass
class Scan:
    """One reading of a source: aggregates by unit, each asked for once however many definitions need it."""

    source: Source
    unit: Unit
    aggregates: dict[str, tuple[str, Expression]] = field(default_factory=dict)
    concluded: Columns = field(default_factory=lambda: Columns("so_"))
    asked_of: list[Expression | None] = field(default_factory=list)
    totals: dict[str, tuple[str, Expression]] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)
    earliest: date | None = None
    latest: date | None = None
    windows: list[tuple[Window, EventClock]] = field(default_factory=list)
    ever: bool = False
    unbounded: bool = False

    def ask(self, aggregate: Expression, of: Iterable[Expression] = ()) -> Expression:
        """The column that answers the aggregate. `of`: conditions without which a row does not matter to it."""
        self.asked_of.append(all_of(kept) if (kept := [*of]) else None)
        name, _ = self.aggregates.setdefault(aggregate.sql(), (f"c{len(self.aggregates)}", aggregate))
        return column(name, self.source.name)

    def conclude(self, value: Expression) -> Expression:
        """The column that holds what follows from answers alone, so that the answers need not be carried further."""
        return self.concluded.ask(value, self.source.name)

    def within(self, window: Window, clock: Clock) -> None:
        """Note that rows of the window are enough for what was asked, so that others need not be looked at."""
        if isinstance(clock, EventClock):
            self.windows.append((window, clock))
        self.earliest = min([*clock.days(window.first), *([self.earliest] if self.earliest else [])])
        self._until(clock.days(window.last))

    def up_to(self, point: Point, clock: Clock) -> None:
        """Note that rows of all days up to a point are needed."""
        self.ever = True
        self._until(clock.days(point))

    def _until(self, days: list[date]) -> None:
        self.latest = max([*days, *([self.latest] if self.latest else [])])

    def of_any_day(self) -> None:
        """Note that rows of all days are needed."""
        self.unbounded = True

    def _bounds(self) -> list[Expression]:
        """The conditions that a row is of a day that matters. The outermost days of all stand there as they are, so
        that whoever reads the table can leave out whole parts of it.
        """
        happened = column("happened", ROW)
        if self.unbounded or not self.latest:
            return []
        if self.ever or not self.earliest:
            return [compare(exp.LTE, happened, day(self.latest))]
        plain = between(happened, day(self.earliest), day(self.latest))
        if not self.windows:
            return [plain]
        clock = self.windows[0][1]
        earliest = outermost((window.first for window, _ in self.windows), last=False)
        latest = outermost((window.last for window, _ in self.windows), last=True)
        first, *firsts = [clock.column_of(point) for point in earliest]
        last, *lasts = [clock.column_of(point) for point in latest]
        around_anchor = between(
            happened,
            exp.Least(this=first, expressions=firsts, ignore_nulls=True) if firsts else first,
            exp.Greatest(this=last, expressions=lasts, ignore_nulls=True) if lasts else last,
        )
        return [plain, around_anchor]

    def _kept(self) -> list[Expression]:
        """The conditions that a row matters to anything that is asked."""
        if None in self.asked_of:
            return self._bounds()
        kept = {condition.sql(): condition for condition in self.asked_of if condition is not None}
        return [*self._bounds(), any_of(kept.values())]

    def total_of(self, score: str, items: tuple[str, ...], higher: bool) -> Expression:
        """The column that holds a day's total of the items, empty where one is missing."""
        self.items |= set(items)
        pick = greatest if higher else least
        of_item = column("item", ROW)
        parts = [pick(case(compare(exp.EQ, of_item, text(item)), as_decimal(column(score, ROW)))) for item in items]
        sum_of_items = plus(parts)
        name, _ = self.totals.setdefault(sum_of_items.sql(), (f"total_{len(self.totals)}", sum_of_items))
        return column(name, ROW)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The columns of the rows, and of the units, that must be equal."""
        person = ("person_id", "person_id")
        key = KEYS[self.unit]
        if not self.source.by_unit or key == "person_id":
            return (person,)
        return person, (key, "unit")

    def query(self, bucket: Expression | None, anchored: bool, expanded: bool) -> exp.Select:
        """The scan: by unit (and, where anchors are one a period, by anchor)."""
        answers = [named(aggregate, name) for name, aggregate in self.aggregates.values()]
        if anchored:
            by = columns(self.joined_by(expanded), "a")
            same = equal(self.keys, ROW, "a")
            joins = [Join(self._rows(bucket), same)]
            return select([*by, *answers], table("anchors", "a"), joins=joins, where=self._kept(), by=by)
        by = columns((row for row, _ in self.keys), ROW)
        keys = renamed(((unit, row) for row, unit in self.keys), ROW)
        found = select([*keys, *answers], self._rows(bucket), where=self._kept(), by=by)
        if not self.concluded.names:
            return found
        name = self.source.name
        return select([everything(name), *self.concluded.selected], part(found, name))

    def joined_by(self, expanded: bool) -> list[str]:
        """The columns by which the answers join the anchors."""
        own_key = [] if KEYS[self.unit] == "person_id" else ["unit"]
        return ["person_id", *own_key, *(["mask"] if expanded else [])]

    def _rows(self, bucket: Expression | None) -> Expression:
        rows = table(self.source.table, ROW)
        if not self.source.assessed:
            return rows if bucket is None else part(select([everything(ROW)], rows, where=[bucket]), ROW)
        by = columns([*(row for row, _ in self.keys), "happened"], ROW)
        one_of = exp.In(this=column("item", ROW), expressions=[text(item) for item in sorted(self.items)])
        totals = [named(value, name) for name, value in self.totals.values()]
        return part(select([*by, *totals], rows, where=[one_of, bucket], by=by), ROW)


def has_key(table: str, unit: Unit) -> bool:
    """Whether the table has the unit's own key."""
    return BY_NAME[table].has(KEYS[unit])
