"""Cells: one query a group of definitions, giving sums by segment, provider and stratum for all periods."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from sqlglot import exp

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import EventAnchor
from obc.domain.measurement.indicators.factors import Levels
from obc.domain.measurement.indicators.tally import Cell, Tally
from obc.domain.measurement.indicators.windows import Point
from obc.engine.indicators.anchors import MEMBERS, EventAnchors
from obc.engine.indicators.buckets import Bucket
from obc.engine.indicators.columns import Columns
from obc.engine.indicators.expressions import (
    Expression,
    all_of,
    any_of,
    case,
    column,
    compare,
    named,
    own,
    plus,
    times,
    total,
    whole,
)
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.groups import Group
from obc.engine.indicators.judging import Judged, Judging
from obc.engine.indicators.masks import bit, both
from obc.engine.indicators.queries import Join, columns, equal, everything, part, select, table, with_parts
from obc.engine.indicators.scans import Scan
from obc.engine.indicators.strata import Strata

Place = tuple[int, int]
"""The place of a definition and of a period in what was asked."""


class Cells:
    """The query of one group, and how its rows are read."""

    def __init__(self, group: Group, periods: Sequence[Period], lists: CodeLists, first: int = 0):
        """`first`: the place of the first of these periods in what was asked."""
        self.group, self.periods, self.lists = group, tuple(periods), lists
        self.strata = Strata(group.first.adjusted_by or (), lists)
        self.judging = Judging(group, periods, lists)
        self.sums = Columns("sum_")
        self._places = {
            (judged.place, first + k): self._sums_of(judged, k)
            for judged in self.judging.judged
            for k in range(len(self.periods))
        }

    @property
    def _anchored(self) -> bool:
        return isinstance(self.group.first.denominator, EventAnchor)

    @property
    def name(self) -> str:
        """What is measured here, for progress."""
        return ", ".join(definition.id for _, definition in self.group.members)

    @property
    def width(self) -> int:
        """How many answers of a unit are kept at a time."""
        return max((len(scan.aggregates) for scan in self.judging.questions.scans.values()), default=0)

    def query(self, bucket: Bucket) -> exp.Select:
        """The whole query: anchors, units, one scan a table, answers, masks, sums."""
        event = self.group.first.denominator
        parts = [("units", self._units(bucket))]
        if isinstance(event, EventAnchor):
            parts = [*self._anchors(event, bucket), *parts]
        for scan in self.judging.questions.scans.values():
            parts.append((scan.source.name, scan.query(bucket("t"), self._anchored, self.group.expanded)))
        return with_parts(self._cells(), parts)

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Levels, Tally]]:
        """The tallies of one row of the result."""
        segment, provider, *rest = row
        width = len(self.strata.names)
        levels, sums = self.strata.levels(segment, rest[:width]), rest[width:]
        for place, (definition, positions) in self._places.items():
            numerator, counted, unknown, squares = (
                Decimal(sums[p] or 0) if p is not None else Decimal() for p in positions
            )
            leaves = definition.measure == "mean" or definition.unknown == "leaves the denominator"
            if counted:
                tally = Tally(numerator, counted - unknown if leaves else counted, int(unknown), squares)
                yield place, (segment, provider), levels, tally

    def _sums_of(self, judged: Judged, k: int) -> tuple[Any, tuple[int | None, ...]]:
        """Where the sums of the numerator, of those counted, of the unknown and of the squares stand."""
        counted = bit(judged.counted, k)
        place = self.sums.place
        if judged.yes is not None and judged.unknown is not None:
            positions = (
                place(total(bit(judged.yes, k))),
                place(total(counted)),
                place(total(bit(judged.unknown, k))),
                None,
            )
            return judged.definition, positions
        if judged.scores:
            value = judged.scores[k if len(judged.scores) > 1 else 0]
        else:
            value = plus(bit(mask, k) for mask in judged.held)
        is_counted = compare(exp.EQ, counted, whole(1))
        unknown = case(all_of([is_counted, exp.Is(this=own(value), expression=exp.Null())]), whole(1), whole(0))
        return judged.definition, (
            place(total(case(is_counted, value))),
            place(total(counted)),
            place(total(unknown)),
            place(total(case(is_counted, times(value, value)))),
        )

    def _anchors(self, event: EventAnchor, bucket: Bucket) -> list[tuple[str, exp.Select]]:
        anchors = EventAnchors(
            event,
            self.group.first.counts,
            self.periods,
            self.group.expanded,
            tuple(sorted(self.judging.questions.own)),
            self.group.timed,
            self.group.first.provider == "of the row",
            self.lists,
        )
        return anchors.parts(bucket, self.judging.event_clock)

    def _units(self, bucket: Bucket) -> exp.Select:
        """Every unit with the memberships that may count for it."""
        masks = self.judging.memberships
        memberships = table(MEMBERS, "m")
        of_member = [column("segment", "m"), named(self._provider(), "provider"), *masks.selected]
        if self._anchored:
            of, values = table("anchors", "a"), [everything("a")]
            joins = [Join(memberships, equal(["person_id"], "m", "a"))]
        elif self.group.first.counts == "carer":
            of, values = table("carers", "c"), [column("person_id", "c"), named(column("carer_id", "c"), "unit")]
            joins = [Join(memberships, equal(["person_id"], "m", "c"))]
        else:
            of, values, joins = memberships, [column("person_id", "m")], []
        levels, joins = self.strata.columns(self._day()), [*joins, *self.strata.joins("m")]
        units = select([*values, *of_member, *levels], of, joins=joins, where=[bucket("m")])
        found = any_of(compare(exp.NEQ, mask, whole(0)) for mask in columns(masks.names, "u"))
        return select([everything("u")], part(units, "u"), where=[found])

    def _day(self) -> Expression:
        """The anchor's day. That of a cohort is of one period: where it matters, each has a query of its own."""
        clock = self.judging.clock(self.group.first)
        return next(iter(clock.turns)).place(Point())

    def _provider(self) -> Expression:
        return column("row_provider", "a") if self.group.first.provider == "of the row" else column("provider", "m")

    def _cells(self) -> exp.Select:
        """Answers joined to units, judged, and summed. What all definitions ask of who is counted comes first."""
        judging = self.judging
        by = columns(["segment", "provider", *self.strata.names], "a")
        kept = [*by, *columns(judging.memberships.names, "a"), *columns(["mask"] if self._anchored else [], "a")]
        values = [*self._answers(range(len(judging.questions.answers))), *judging.scored.selected]
        shared = self._answers(judging.shared)
        first = [value for value in values if _spoken_of(value) <= _spoken_of(*shared)]
        if shared and len(first) < len(values):
            found = self._narrowed(first, [value.alias for value in shared if value.alias.startswith("yes")])
            kept += columns((value.alias for value in first), "a")
            values = [value for value in values if value.alias not in {before.alias for before in first}]
        else:
            found = table("units", "a")
        answered = select([*kept, *values], found, joins=self._joins(values))
        scores = columns(judging.scored.names, "a")
        judged = select([*by, *judging.masks.selected, *scores], part(answered, "a"))
        return select([*by, *self.sums.selected], part(judged, "a"), by=by)

    def _answers(self, places: Iterable[int]) -> list[Expression]:
        """The masks of answers, by their places, under their names."""
        answers = list(self.judging.questions.answers.values())
        return [
            named(mask, f"{kind}_{n}")
            for n in places
            for kind, mask in (("yes", answers[n].yes), ("no", answers[n].no))
        ]

    def _joins(self, values: Sequence[Expression]) -> list[Join]:
        """The scans and facts that the values speak of."""
        spoken_of = _spoken_of(*values)
        scans = [scan for scan in self.judging.questions.scans.values() if scan.source.name in spoken_of]
        joins = [
            Join(table(scan.source.name), equal(self._keys_of(scan), scan.source.name, "a"), "left") for scan in scans
        ]
        facts = sorted(fact for fact in self.judging.questions.facts if fact in spoken_of)
        return [*joins, *(Join(table(fact), equal(["person_id"], fact, "a"), "left") for fact in facts)]

    def _narrowed(self, values: Sequence[Expression], asked: Sequence[str]) -> Expression:
        """The units with these values for which all the masks that are asked have a period in common."""
        answered = select([everything("a"), *values], table("units", "a"), joins=self._joins(values))
        memberships = columns(self.judging.memberships.names, "a")
        in_scope = (reduce(both, columns(asked, "a"), member) for member in memberships)
        found = any_of(compare(exp.NEQ, mask, whole(0)) for mask in in_scope)
        return part(select([everything("a")], part(answered, "a"), where=[found]), "a")

    def _keys_of(self, scan: Scan) -> list[str]:
        return scan.joined_by(self.group.expanded) if self._anchored else [unit for _, unit in scan.keys]


def _spoken_of(*values: Expression) -> set[str]:
    """The scans and facts in values."""
    return {found.table for value in values for found in value.find_all(exp.Column)} - {"a", ""}
