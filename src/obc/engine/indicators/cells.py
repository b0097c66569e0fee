"""Cells: one query a group of definitions, giving sums by segment and provider for all periods."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlglot import exp

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import EventAnchor
from obc.domain.measurement.indicators.tally import Cell, Tally
from obc.engine.indicators.anchors import MEMBERS, Bucket, EventAnchors
from obc.engine.indicators.columns import Columns
from obc.engine.indicators.expressions import (
    Expression,
    all_of,
    any_of,
    case,
    column,
    compare,
    named,
    plus,
    times,
    total,
    whole,
)
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.groups import Group
from obc.engine.indicators.judging import Judged, Judging
from obc.engine.indicators.masks import bit

Place = tuple[int, int]
"""The place of a definition and of a period in what was asked."""


class Cells:
    """The query of one group, and how its rows are read."""

    def __init__(self, group: Group, periods: Sequence[Period], lists: CodeLists):
        self.group, self.periods, self.lists = group, tuple(periods), lists
        self.judging = Judging(group, periods, lists)
        self.sums = Columns("sum_")
        self._places = {
            (judged.place, k): self._sums_of(judged, k)
            for judged in self.judging.judged
            for k in range(len(self.periods))
        }

    @property
    def name(self) -> str:
        """What is measured here, for progress."""
        return ", ".join(definition.id for _, definition in self.group.members)

    def query(self, bucket: Bucket) -> exp.Select:
        """The whole query: anchors, units, one scan a table, answers, masks, sums."""
        event = self.group.first.denominator
        query = self._cells()
        if isinstance(event, EventAnchor):
            query = query.with_("anchors", as_=self._anchors(event, bucket))
        query = query.with_("units", as_=self._units(bucket))
        for scan in self.judging.questions.scans.values():
            anchored = isinstance(event, EventAnchor)
            query = query.with_(scan.source.name, as_=scan.query(bucket("t"), anchored, self.group.expanded))
        return query

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Tally]]:
        """The tallies of one row of the result."""
        segment, provider, *sums = row
        for place, (definition, positions) in self._places.items():
            numerator, counted, unknown, squares = (
                Decimal(sums[p] or 0) if p is not None else Decimal() for p in positions
            )
            leaves = definition.measure == "mean" or definition.unknown == "leaves the denominator"
            if counted:
                tally = Tally(numerator, counted - unknown if leaves else counted, int(unknown), squares)
                yield place, (segment, provider), tally

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
        unknown = case(all_of([is_counted, exp.Is(this=value.copy(), expression=exp.Null())]), whole(1), whole(0))
        return judged.definition, (
            place(total(case(is_counted, value))),
            place(total(counted)),
            place(total(unknown)),
            place(total(case(is_counted, times(value, value)))),
        )

    def _anchors(self, event: EventAnchor, bucket: Bucket) -> exp.Select:
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
        return anchors.query(bucket, self.judging.event_clock)

    def _units(self, bucket: Bucket) -> exp.Select:
        """Every unit with the memberships that may count for it."""
        inside = bucket("m")
        memberships = exp.to_table(MEMBERS, alias="m")
        masks = self.judging.memberships
        of_member = [column("segment", "m"), named(self._provider(), "provider"), *masks.selected]
        if isinstance(self.group.first.denominator, EventAnchor):
            same = compare(exp.EQ, column("person_id", "m"), column("person_id", "a"))
            query = exp.select("a.*", *of_member).from_(exp.to_table("anchors", alias="a"))
            query = query.join(memberships, on=same)
        elif self.group.first.counts == "carer":
            carers = exp.to_table("carers", alias="c")
            same = compare(exp.EQ, column("person_id", "m"), column("person_id", "c"))
            keys = [column("person_id", "m"), named(column("carer_id", "c"), "unit")]
            query = exp.select(*keys, *of_member).from_(carers).join(memberships, on=same)
        else:
            query = exp.select(column("person_id", "m"), *of_member).from_(memberships)
        if inside is not None:
            query = query.where(inside)
        found = [compare(exp.NEQ, column(f"{masks.prefix}{n}", "u"), whole(0)) for n in range(len(masks.values))]
        return exp.select("u.*").from_(query.subquery("u")).where(any_of(found))

    def _provider(self) -> Expression:
        return column("row_provider", "a") if self.group.first.provider == "of the row" else column("provider", "m")

    def _cells(self) -> exp.Select:
        judging = self.judging
        by = [column("segment", "a"), column("provider", "a")]
        answers = [
            named(mask, f"{kind}_{n}")
            for n, truth in enumerate(judging.questions.answers.values())
            for kind, mask in (("yes", truth.yes), ("no", truth.no))
        ]
        members = [column(f"{judging.memberships.prefix}{n}", "a") for n in range(len(judging.memberships.values))]
        anchored = isinstance(self.group.first.denominator, EventAnchor)
        kept = [*by, *members, *([column("mask", "a")] if anchored else [])]
        answered = exp.select(*kept, *answers, *judging.scored.selected).from_(exp.to_table("units", alias="a"))
        for scan in judging.questions.scans.values():
            names = scan.joined_by(self.group.expanded) if anchored else [unit for _, unit in scan.keys]
            answered = _left(answered, exp.to_table(scan.source.name), names, scan.source.name)
        for fact in sorted(judging.questions.facts):
            answered = _left(answered, exp.to_table(fact), ["person_id"], fact)
        scores = [column(f"{judging.scored.prefix}{n}", "a") for n in range(len(judging.scored.values))]
        judged = exp.select(*by, *judging.masks.selected, *scores).from_(answered.subquery("a"))
        query = exp.select(*by, *self.sums.selected).from_(judged.subquery("a"))
        return query.group_by(*[name.copy() for name in by])


def _left(query: exp.Select, table: Expression, names: Sequence[str], alias: str) -> exp.Select:
    same = [compare(exp.EQ, column(name, alias), column(name, "a")) for name in names]
    return query.join(table, on=all_of(same), join_type="left")
