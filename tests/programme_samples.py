"""A small programme: a board of five, two gates, a risk, an appetite."""

from datetime import UTC, date, datetime

from obc.domain.core.kernel.people import Interest, People, Person
from obc.domain.programme.gates.body import Body, Quorum
from obc.domain.programme.gates.gate import Criterion, Finding, Gate
from obc.domain.programme.gates.plan import Plan, Task
from obc.domain.programme.risks.appetite import Appetite, Limit
from obc.domain.programme.risks.risk import Control, Risk
from obc.domain.programme.risks.scale import Rating

DAY = date(2014, 1, 31)
NOON = datetime(2014, 1, 31, 12, tzinfo=UTC)


def person(name: str, *roles: str, organisation: str = "commissioner", interest: str | None = None) -> Person:
    """Somebody with roles, perhaps with an interest."""
    interests = (Interest(in_=interest, what="sits on its board", declared=date(2013, 1, 1)),) if interest else ()
    return Person(id=name, name=name.capitalize(), organisation=organisation, roles=roles, interests=interests)


DIRECTOR = person("director", "programme director", "risk owner")
ASSESSOR = person("assessor", "assessor")
CHAIR = person("chair", "chair", "governing body member", "clinical member")
DEPUTY = person("deputy", "governing body member", "lay member")
MEMBERS = tuple(person(name, "governing body member") for name in ("ann", "ben"))
CONFLICTED = person("carl", "governing body member", interest="bidder")
PEOPLE = People(people=(DIRECTOR, ASSESSOR, CHAIR, DEPUTY, *MEMBERS, CONFLICTED))

BOARD = Body(
    id="board",
    title="board",
    remit="decides",
    members=("chair", "deputy", "ann", "ben", "carl", "director", "assessor"),
    chair="chair",
    deputy="deputy",
    quorum=Quorum(members=3, among_them=("lay member",)),
    source="test",
)

CRITERIA = (
    Criterion(id="money", asks="Is the money known?", evidence=("the business case",)),
    Criterion(id="endorsed", asks="Are outcomes endorsed?", check="outcomes-endorsed", never_waived=True),
)
MET = tuple(
    Finding(criterion=one.id, met=True, says="seen", by="assessor" if one.evidence else None, on=DAY)
    for one in CRITERIA
)


def gate(**given: object) -> Gate:
    """A stop–go gate with two criteria, about one bidder."""
    content: dict[str, object] = {
        "id": "second",
        "title": "Go on?",
        "kind": "stop-go",
        "contract": "care",
        "body": "board",
        "prepared_by": "director",
        "leads_to": "phase-2",
        "about": ("bidder",),
        "questions": ("Is it worth it?",),
        "criteria": CRITERIA,
        "source": "test",
    }
    return Gate.model_validate(content | given)


def risk(**given: object) -> Risk:
    """A risk of 4 × 4 that two controls bring to 2 × 3."""
    content: dict[str, object] = {
        "id": "delay",
        "title": "It is late",
        "what": "The work takes longer than planned.",
        "register_": "implementation",
        "category": "time",
        "before": Rating(severity=4, likelihood=4),
        "controls": (Control(id="plan", what="Plan."), Control(id="watch", what="Watch.")),
        "after": Rating(severity=2, likelihood=3),
        "owner": "director",
        "raised": date(2013, 11, 1),
        "review_by": date(2014, 2, 28),
        "source": "test",
    }
    return Risk.model_validate(content | given)


APPETITE = Appetite(
    score=12, but=(Limit(category="quality", score=6),), held_by="board", to="governing-body", source="test"
)


def task(name: str, days: int, *after: str, **given: object) -> Task:
    """A task of so many days; without one before it, from 1 January 2014."""
    content: dict[str, object] = {
        "id": name,
        "title": name.capitalize(),
        "step": "governance",
        "owner": "director",
        "days": days,
        "after": after,
        "not_before": None if after else date(2014, 1, 1),
        "source": "test",
    }
    return Task.model_validate(content | given)


def plan(*tasks: Task) -> Plan:
    """A plan of tasks."""
    return Plan(tasks=tasks)
