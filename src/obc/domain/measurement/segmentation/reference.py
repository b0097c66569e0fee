"""The slow and obvious meaning of a segmentation: one person, one day, one answer.

The engine must agree with this on every person and day. It also answers why somebody is in or out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from obc.domain.core.kernel.period import Duration
from obc.domain.measurement.indicators.case import CodeLists, passes
from obc.domain.measurement.indicators.conditions import Filter
from obc.domain.measurement.indicators.person import Membership, Row
from obc.domain.measurement.records.codes import Codes
from obc.domain.measurement.segmentation.facts import (
    Aged,
    AllFacts,
    AnyFact,
    Fact,
    LatestIs,
    NoFact,
    Open,
    Recorded,
)
from obc.domain.measurement.segmentation.membership import EVERYBODY, DatedDecision, Decision
from obc.domain.measurement.segmentation.segmentation import ScopeRule, Segmentation, SegmentRule, Status

R = TypeVar("R", ScopeRule, SegmentRule)

Records = Mapping[str, Sequence[Row]]
"""The rows of one person, by logical table. A table that is not there has no rows."""


def decide(segmentation: Segmentation, records: Records, lists: CodeLists, day: date) -> Decision | None:
    """What holds for the person on `day`; None before birth and after the day of death."""
    if not _alive(records, day):
        return None
    scope = _first(segmentation.scope, records, lists, day)
    status: Status = scope.status if scope else "in"
    segment = _first(segmentation.segments, records, lists, day) if status == "in" else None
    return Decision(
        status=status,
        rule=scope.id if scope else EVERYBODY,
        segment=segment.id if segment else None,
        provider=provider_on(records, day),
    )


def dated_decisions(
    segmentation: Segmentation, records: Records, lists: CodeLists, first: date, until: date
) -> list[DatedDecision]:
    """The decisions of all days from `first` to `until`, equal ones in a row joined."""
    found: list[DatedDecision] = []
    for number in range((until - first).days + 1):
        day = first + timedelta(days=number)
        decision = decide(segmentation, records, lists, day)
        if decision is None:
            continue
        last = found[-1] if found else None
        if last and last.decision == decision and last.left_on == day - timedelta(days=1):
            found[-1] = last.model_copy(update={"left_on": day})
        else:
            found.append(DatedDecision(decision=decision, joined=day, left_on=day))
    return found


def memberships(
    segmentation: Segmentation, records: Records, lists: CodeLists, first: date, until: date
) -> tuple[Membership, ...]:
    """The runs of days in scope with one segment and provider: what an indicator asks of a segmentation."""
    found: list[Membership] = []
    for dated in dated_decisions(segmentation, records, lists, first, until):
        segment, provider = dated.decision.segment, dated.decision.provider
        if segment is None:
            continue
        last, joined = (found[-1] if found else None), dated.joined
        same = last is not None and (last.segment, last.provider) == (segment, provider)
        if last is not None and same and last.left_on == joined - timedelta(days=1):
            found.pop()
            joined = last.joined
        found.append(Membership(segment, provider, joined, dated.left_on))
    return tuple(found)


def holds(fact: Fact, records: Records, lists: CodeLists, day: date) -> bool:
    """Whether the fact holds for the person on the day."""
    match fact:
        case AllFacts():
            return all(holds(part, records, lists, day) for part in fact.all)
        case AnyFact():
            return any(holds(part, records, lists, day) for part in fact.any)
        case NoFact():
            return not holds(fact.not_, records, lists, day)
        case Aged():
            youngest, oldest = fact.age
            return any(youngest <= _age(row["birth_date"], day) <= oldest for row in records["people"])
        case LatestIs():
            return _latest(fact, records, lists, day)
        case Recorded():
            return any(
                _fresh(row, fact.within, day) and _reaches(row, fact.score_at_least)
                for row in _rows(fact.table, fact.where, records, lists)
            )
    return any(_open(fact, row, day) for row in _rows(fact.table, fact.where, records, lists))


def _first(rules: tuple[R, ...], records: Records, lists: CodeLists, day: date) -> R | None:
    """The first rule that holds on the day; None where there are no rules."""
    for rule in rules:
        if rule.in_force(day) and all(holds(fact, records, lists, day) for fact in rule.when):
            return rule
    return None


def provider_on(records: Records, day: date) -> str | None:
    """The provider of the latest referral received by the day; of several on that day the lowest code."""
    received = [row for row in records.get("referrals", ()) if row["happened"] <= day]
    latest = max((row["happened"] for row in received), default=None)
    return min((row["provider"] for row in received if row["happened"] == latest), default=None)


def _alive(records: Records, day: date) -> bool:
    born = all(row["birth_date"] <= day for row in records["people"])
    return born and all(day <= row["happened"] for row in records.get("deaths", ()))


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _rows(table: str, where: tuple[Filter, ...], records: Records, lists: CodeLists) -> Iterator[Row]:
    return (row for row in records.get(table, ()) if passes(row, where, lists))


def _latest(fact: LatestIs, records: Records, lists: CodeLists, day: date) -> bool:
    rows = [
        row
        for row in _rows(fact.table, fact.where, records, lists)
        if row[fact.column] is not None and row["happened"] <= day
    ]
    if not rows:
        return False
    row = max(rows, key=lambda row: (row["happened"], row[fact.column]))
    return _fresh(row, fact.within, day) and row[fact.column] in Codes.of(fact.has, lists)


def _fresh(row: Row, within: Duration | None, day: date) -> bool:
    happened: date = row["happened"]
    return happened <= day and (within is None or day <= within.after(happened))


def _reaches(row: Row, least: Decimal | None) -> bool:
    return least is None or (row["score"] is not None and row["score"] >= least)


def _open(fact: Open, row: Row, day: date) -> bool:
    if not _fresh(row, fact.within, day):
        return False
    ended: date | None = row[fact.ends]
    if ended is None or day < ended:
        return True
    return fact.or_ended_within is not None and day <= fact.or_ended_within.after(ended)
