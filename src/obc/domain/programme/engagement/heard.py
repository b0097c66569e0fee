"""Engagement as it stands: numbers, findings with their answers, the way of the outcomes, and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.problem import Problem
from obc.domain.outcomes.framework.framework import Framework, Outcome
from obc.domain.programme.engagement.coverage import TierLevel, coverage, uncovered
from obc.domain.programme.engagement.development import Development, development, untraced
from obc.domain.programme.engagement.engagement_file import EngagementFile
from obc.domain.programme.engagement.events import Event
from obc.domain.programme.engagement.findings import Finding
from obc.domain.programme.engagement.fitness import Fitness, fitness, unfit
from obc.domain.programme.engagement.missing import Missing
from obc.domain.programme.engagement.national import unmapped
from obc.domain.programme.engagement.ranking import AgainstPoints, Priorities, against_points, priorities
from obc.domain.programme.engagement.statements import Statement, unendorsed


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Numbers(_Result):
    """How much engagement there was. People are counted at each event: who came to two counts twice.

    `uncounted`: events that were held and where nobody wrote down how many took part.
    """

    held: int
    planned: int
    cancelled: int
    invited: int
    took_part: int
    uncounted: tuple[str, ...]
    unreached: tuple[str, ...]


class Heard(_Result):
    """The engagement on a day. Records are given as the file and the trail left them."""

    on: date
    contract: str
    numbers: Numbers
    events: tuple[Event, ...]
    findings: tuple[Finding, ...]
    development: Development
    fitness: tuple[Fitness, ...]
    tiers: tuple[TierLevel, ...]
    statements: tuple[Statement, ...]
    unendorsed: tuple[Problem, ...]
    priorities: Priorities | None
    against_points: tuple[AgainstPoints, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Standing:
    """The file, with the records that actions change as they stand now."""

    file: EngagementFile
    events: tuple[Event, ...]
    findings: tuple[Finding, ...]
    statements: tuple[Statement, ...]


def heard(register: Standing, framework: Framework, on: date) -> Heard:
    """What the register comes to against the contract's framework, on a day."""
    file = register.file
    titles = {one.id: one.title for one in framework.outcomes}
    found = fitness(file.criteria, file.judged, titles)
    tiers = coverage(framework.outcomes)
    ranked = priorities(file.preferences, list(titles)) if file.preferences else None
    missing = (
        *untraced(file.first_proposed, file.changes, register.findings, titles),
        *unfit(found),
        *unmapped(titles, file.frameworks, file.references, file.examples),
        *uncovered(tiers),
        *_not_held(register.events, on),
        *_not_reached(file, register.events),
        *_not_ranked(ranked),
    )
    return Heard(
        on=on,
        contract=file.contract,
        numbers=_numbers(file, register.events),
        events=register.events,
        findings=register.findings,
        development=development(file.first_proposed, file.changes, register.findings, titles),
        fitness=found,
        tiers=tiers,
        statements=register.statements,
        unendorsed=unendorsed(file.reference_groups, register.statements, framework.outcomes),
        priorities=ranked,
        against_points=_points(ranked, framework.outcomes),
        missing=missing,
    )


def _numbers(file: EngagementFile, events: Sequence[Event]) -> Numbers:
    held = [one for one in events if one.state == "held"]
    return Numbers(
        held=len(held),
        planned=sum(one.state == "planned" for one in events),
        cancelled=sum(one.state == "cancelled" for one in events),
        invited=sum(one.invited or 0 for one in held),
        took_part=sum(one.took_part or 0 for one in held),
        uncounted=tuple(one.id for one in held if one.took_part is None),
        unreached=_unreached(file, events),
    )


def _unreached(file: EngagementFile, events: Sequence[Event]) -> tuple[str, ...]:
    reached = {name for one in events if one.state == "held" for name in one.groups}
    return tuple(one.id for one in file.groups if one.id not in reached)


def _not_held(events: Sequence[Event], on: date) -> Iterator[Missing]:
    for one in events:
        if one.state == "planned" and one.last_day < on:
            said = f"planned to be over by {one.last_day} and not recorded as held; record it or call it off"
            yield Missing(what="an event", which=one.id, says=said)


def _not_reached(file: EngagementFile, events: Sequence[Event]) -> Iterator[Missing]:
    for name in _unreached(file, events):
        yield Missing(what="a group's voice", which=name, says="no event that was held reached it")


def _not_ranked(ranked: Priorities | None) -> Iterator[Missing]:
    if ranked is None:
        yield Missing(what="preferences", which="all groups", says="nobody was asked which outcomes matter most")
        return
    for name, people in ranked.too_few:
        said = f"{people} gave an order: too few to be shown or weighed; ask more of them"
        yield Missing(what="preferences", which=name, says=said)


def _points(ranked: Priorities | None, outcomes: Sequence[Outcome]) -> tuple[AgainstPoints, ...]:
    if ranked is None or not ranked.orders:
        return ()
    return against_points(ranked.orders[0], {one.id: float(one.points.history[-1].value) for one in outcomes})
