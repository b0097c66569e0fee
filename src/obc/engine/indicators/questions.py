"""Questions: every condition as a conditional aggregate of a scan, and the masks of its answers.

Each of these says in SQL what `obc.domain.measurement.indicators.asking` says for one person.
"""

from dataclasses import dataclass, field
from typing import Literal

from sqlglot import exp

from obc.domain.measurement.indicators.conditions import (
    Age,
    Alive,
    AllOf,
    AnyOf,
    Change,
    Condition,
    Count,
    Latest,
    Leaf,
    Not,
    OpenOn,
    Own,
)
from obc.domain.measurement.indicators.definition import Unit
from obc.domain.measurement.indicators.windows import Window
from obc.engine.indicators.clocks import Clock, CohortClock, Turn
from obc.engine.indicators.expressions import (
    Expression,
    all_of,
    any_of,
    between,
    case,
    column,
    compare,
    day_number,
    either,
    greatest,
    in_short,
    is_empty,
    is_there,
    minus,
    negated,
    own,
    plus,
    times,
    total,
    whole,
    year_month_day,
)
from obc.engine.indicators.filters import CodeLists, holds, passes
from obc.engine.indicators.hours import counted_in_hours
from obc.engine.indicators.masks import Truth, certain, every, gathered, some, where
from obc.engine.indicators.scans import ROW, Scan, Source, has_key
from obc.engine.indicators.scored import changed

HAPPENED = column("happened", ROW)


@dataclass
class Questions:
    """What is asked of one group of units: the scans, and the answers as columns of masks."""

    unit: Unit
    lists: CodeLists
    scans: dict[Source, Scan] = field(default_factory=dict)
    answers: dict[tuple[Leaf, CohortClock | None], Truth] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    facts: set[Literal["people", "deaths"]] = field(default_factory=set)

    def scan(self, table: str, of_the: Literal["unit", "person"], assessed: bool = False) -> Scan:
        """The scan of a table for the units, or for their people."""
        source = Source(table, of_the == "unit" and has_key(table, self.unit), assessed)
        return self.scans.setdefault(source, Scan(source, self.unit))

    def truth(self, condition: Condition, clock: Clock) -> Truth:
        """The masks of a condition's answers."""
        match condition:
            case AllOf():
                return every([self.truth(part, clock) for part in condition.all], clock.full)
            case AnyOf():
                return some([self.truth(part, clock) for part in condition.any])
            case Not():
                return self.truth(condition.not_, clock).opposite
            case _:
                return self._answer(condition, clock)

    def _answer(self, leaf: Leaf, clock: Clock) -> Truth:
        key = leaf, clock if isinstance(clock, CohortClock) else None
        if key not in self.answers:
            self.answers[key] = self._ask(leaf, clock)
        n = list(self.answers).index(key)
        return Truth(column(f"yes_{n}"), column(f"no_{n}"))

    def _ask(self, leaf: Leaf, clock: Clock) -> Truth:
        match leaf:
            case Latest():
                return self._latest(leaf, clock)
            case Count() if leaf.between.in_hours:
                return counted_in_hours(leaf, clock, self.scan(leaf.table, leaf.of_the), self.lists)
            case Count():
                return self._count(leaf, clock)
            case Change():
                return changed(leaf, clock, self.scan(leaf.table, leaf.of_the, assessed=True), self.lists)
            case OpenOn():
                return self._open(leaf, clock)
            case Own():
                self.own.add(leaf.own)
                value = column(f"own_{leaf.own}", "a")
                return _decided(clock, holds(value, leaf.has, self.lists), is_empty(value))
            case Alive():
                self.facts.add("deaths")
                died = column("happened", "deaths")
                alive = [
                    (any_of([is_empty(died), compare(exp.GT, died, turn.place(leaf.alive))]), turn.bits)
                    for turn in clock.turns
                ]
                return certain(where(alive), clock.full)
            case Age():
                return self._age(leaf, clock)

    def _latest(self, leaf: Latest, clock: Clock) -> Truth:
        """The maximum of (day, tie rank): on the latest day the code that wins the tie ranks higher."""
        scan = self.scan(leaf.table, leaf.of_the)
        value = column(leaf.column, ROW)
        held = holds(value, leaf.has, self.lists)
        yes_wins = leaf.ties == "yes wins"
        rank = case(held, whole(int(yes_wins)), whole(int(not yes_wins)))
        packed = in_short(plus([times(day_number(HAPPENED), whole(2)), rank]))
        kept = [is_there(value), *passes(leaf.where, ROW, self.lists)]
        yes, no = [], []
        for turn in clock.turns:
            inside = all_of([*kept, _inside(leaf.between, turn)])
            latest = scan.ask(greatest(case(inside, packed)), of=kept)
            won = exp.Mod(this=own(latest), expression=whole(2))
            yes.append((compare(exp.EQ, won, whole(int(yes_wins))), turn.bits))
            no.append((compare(exp.EQ, won, whole(int(not yes_wins))), turn.bits))
        scan.within(leaf.between, clock)
        if isinstance(clock, CohortClock):
            return Truth(*(either(scan.conclude(where(masks)), whole(0)) for masks in (yes, no)))
        return Truth(where(yes), where(no))

    def _count(self, leaf: Count, clock: Clock) -> Truth:
        scan = self.scan(leaf.table, leaf.of_the)
        kept = passes(leaf.where, ROW, self.lists)
        least, most = leaf.bounds
        scan.within(leaf.between, clock)
        if (least, most) == (1, None) or most == 0:
            seen = where((_inside(leaf.between, turn), turn.bits) for turn in clock.turns)
            truth = certain(scan.ask(gathered(case(all_of(kept), seen, whole(0))), of=kept), clock.full)
            return truth.opposite if most == 0 else truth
        met = []
        for turn in clock.turns:
            rows = case(all_of([*kept, _inside(leaf.between, turn)]), whole(1), whole(0))
            number = either(scan.ask(total(rows), of=kept), whole(0))
            bounds = [compare(exp.GTE, number, whole(least))]
            bounds += [compare(exp.LTE, number, whole(most))] if most is not None else []
            met.append((all_of(bounds), turn.bits))
        return certain(where(met), clock.full)

    def _open(self, leaf: OpenOn, clock: Clock) -> Truth:
        scan = self.scan(leaf.table, leaf.of_the)
        scan.up_to(leaf.on, clock)
        ended = column(leaf.ends, ROW)
        kept = passes(leaf.where, ROW, self.lists)
        seen = []
        for turn in clock.turns:
            on = turn.place(leaf.on)
            begun = [compare(exp.LTE, HAPPENED, on)]
            begun += [compare(exp.LTE, HAPPENED, turn.place(leaf.since))] if leaf.since else []
            seen.append((all_of([*begun, any_of([is_empty(ended), compare(exp.GT, ended, on)])]), turn.bits))
        open_in = gathered(case(all_of(kept), where(seen), whole(0)))
        return certain(scan.ask(open_in, of=kept), clock.full)

    def _age(self, leaf: Age, clock: Clock) -> Truth:
        self.facts.add("people")
        born = column("birth_date", "people")
        youngest, oldest = leaf.age
        yes, no = [], []
        for turn in clock.turns:
            lived = minus(year_month_day(turn.place(leaf.at)), year_month_day(born))
            aged = between(lived, whole(youngest * 10_000), whole(oldest * 10_000 + 9_999))
            yes.append((aged, turn.bits))
            no.append((negated(aged), turn.bits))
        return Truth(where(yes), where(no))


def _decided(clock: Clock, yes: Expression, unknown: Expression) -> Truth:
    """A truth that is the same in all periods of the row."""
    return Truth(case(yes, clock.full, whole(0)), case(all_of([negated(yes), negated(unknown)]), clock.full, whole(0)))


def _inside(window: Window, turn: Turn) -> Expression:
    return between(HAPPENED, turn.place(window.first), turn.place(window.last))
