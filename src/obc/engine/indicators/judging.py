"""Judging: who is counted and who is in the numerator, as masks over the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import CohortAnchor, EventAnchor, HowMany, IndicatorDefinition, Score
from obc.engine.indicators.clocks import Clock, CohortClock, EventClock
from obc.engine.indicators.columns import Columns
from obc.engine.indicators.expressions import FAR, Expression, between, column, day, either, minus
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.groups import Group
from obc.engine.indicators.masks import both, every, in_any, where
from obc.engine.indicators.questions import Questions
from obc.engine.indicators.scored import scores

JOINED, LEFT_ON = column("joined", "m"), either(column("left_on", "m"), day(FAR))


@dataclass(frozen=True)
class Judged:
    """One definition: the masks of the periods in which a unit is counted, and what it counts for.

    A proportion has `yes` and `unknown`; a mean has `scores`, one a turn of the clock, or `held`, the masks of
    the conditions that are counted.
    """

    place: int
    definition: IndicatorDefinition
    counted: Expression
    yes: Expression | None = None
    unknown: Expression | None = None
    scores: tuple[Expression, ...] = ()
    held: tuple[Expression, ...] = ()


class Judging:
    """What is asked of a group's units, level by level: memberships, answers, masks."""

    def __init__(self, group: Group, periods: Sequence[Period], lists: CodeLists):
        self.group, self.periods, self.lists = group, tuple(periods), lists
        self.questions = Questions(group.first.counts, lists)
        event = group.first.denominator
        spans = [(p, *event.days(p)) for p in self.periods] if isinstance(event, EventAnchor) else []
        self.event_clock = EventClock(tuple(spans))
        self.memberships = Columns("member_")
        self.scored = Columns("score_")
        self.masks = Columns("mask_")
        self.judged = [self._judge(place, definition) for place, definition in group.members]

    def clock(self, definition: IndicatorDefinition) -> Clock:
        """The clock by which the definition's windows are placed."""
        if isinstance(definition.denominator, CohortAnchor):
            return CohortClock.of(definition.denominator, self.periods)
        return self.event_clock

    @property
    def shared(self) -> list[int]:
        """The places of the answers to what every definition asks, by the same clock, of who is counted."""
        asked = [
            {(leaf, clock if isinstance(clock, CohortClock) else None) for leaf in definition.who}
            for _, definition in self.group.members
            for clock in [self.clock(definition)]
        ]
        return [n for n, key in enumerate(self.questions.answers) if all(key in of_one for of_one in asked)]

    def _judge(self, place: int, definition: IndicatorDefinition) -> Judged:
        clock, questions = self.clock(definition), self.questions
        who = [questions.truth(condition, clock) for condition in definition.who]
        member = self._member(definition, clock)
        in_scope = both(member, every(who, clock.full).yes) if who else member
        counted = self.masks.ask(in_scope)
        match definition.value:
            case Score() as score:
                scan = questions.scan(score.table, score.of_the, assessed=True)
                values = [self.scored.ask(value) for value in scores(score, clock, scan, self.lists)]
                return Judged(place, definition, counted, scores=tuple(values))
            case HowMany() as many:
                held = [self.masks.ask(questions.truth(condition, clock).yes) for condition in many.how_many]
                return Judged(place, definition, counted, held=tuple(held))
        found = every([questions.truth(condition, clock) for condition in definition.numerator], clock.full)
        yes, no = both(in_scope, found.yes), both(in_scope, found.no)
        unknown = minus(in_scope, in_any([yes, no]))
        return Judged(place, definition, counted, yes=self.masks.ask(yes), unknown=self.masks.ask(unknown))

    def _member(self, definition: IndicatorDefinition, clock: Clock) -> Expression:
        """The periods on whose membership day the unit is a member as this row of memberships says."""
        point = definition.member_on
        assert point is not None, "only a rate has no membership day"
        mask = where((between(turn.place(point), JOINED, LEFT_ON), turn.bits) for turn in clock.turns)
        return self.memberships.ask(mask)
