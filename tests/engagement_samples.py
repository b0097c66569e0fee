"""Small engagements for tests: three outcomes, two groups, one reference group."""

from datetime import UTC, date, datetime

from obc.domain.core.kernel.people import Person
from obc.domain.outcomes.framework.framework import Outcome
from obc.domain.programme.engagement.development import OutcomeChange, Proposed
from obc.domain.programme.engagement.findings import Answer, Finding
from obc.domain.programme.engagement.statements import AsWorded, ReferenceGroup, Statement

DAY = date(2027, 4, 1)
NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)
CHAIR = Person(id="chair", name="A Chair", organisation="panel", roles=("reference group chair",))
LEAD = Person(id="lead", name="A Lead", organisation="us", roles=("engagement lead",))
PATIENT = Person(id="patient", name="A Representative", organisation="panel", roles=("patient representative",))


def outcome(name: str, title: str | None = None, goal: str = "people gain", tier: str = "survival") -> Outcome:
    """An outcome that is worth ten points and measured by one indicator that nothing hangs on."""
    use = {"id": f"{name}-measured", "incentivised": False}
    given = {"id": name, "title": title or name, "tier": tier, "goal": goal, "points": 10, "indicators": [use]}
    return Outcome.model_validate(given)


def panel(name: str = "panel", must: bool = True) -> ReferenceGroup:
    """A reference group."""
    return ReferenceGroup(
        id=name,
        title=name,
        remit="judges",
        made_up_of=("patients",),
        since="2026",
        chair="chair",
        must_endorse=must,
        source="a",
    )


def statement(says: str = "endorsed", on: date = DAY, group: str = "panel", **titles: str) -> Statement:
    """What a group said of outcomes: `home="A home"` for each."""
    return Statement.model_validate(
        {
            "id": f"{group}-{on}-{says.split()[0]}",
            "group": group,
            "on": on,
            "says": says,
            "of": [AsWorded(outcome=name, title=title) for name, title in titles.items()],
            "reservations": None if says == "endorsed" else "because",
            "recorded by": "chair",
            "source": "minutes",
        }
    )


def finding(name: str, did: str | None = None, basis: str = "heard", where: str | None = None) -> Finding:
    """Something that was heard at `day-one`; answered if `did` says what became of it."""
    answer = Answer(did=did, says="so", on=DAY, where=where, source="minutes") if did else None
    return Finding(
        id=name,
        says=f"they said {name}",
        basis=basis,
        heard_at=("day-one",),
        said_by=("patients",) if basis == "heard" else (),
        state="answered" if did else "open",
        answer=answer,
        source="report of the day",
    )


def change(name: str, from_: str | None, to: str | None, *because: str) -> OutcomeChange:
    """One outcome on its way."""
    return OutcomeChange(id=name, from_=from_, to=to, because=because, why="so", on=DAY, source="minutes")


def proposed(*names: str) -> tuple[Proposed, ...]:
    """Outcomes as first proposed, called as their ids."""
    return tuple(Proposed(id=name, title=name, source="first paper") for name in names)
