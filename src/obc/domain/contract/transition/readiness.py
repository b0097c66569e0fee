"""Readiness: whether the contract may go live. It may not while one condition precedent is open."""

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.schedules import ConditionPrecedent, Schedules
from obc.domain.contract.transition.standing import ConditionStanding
from obc.domain.contract.transition.transition import Preparation
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import Problem, Problems


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConditionReady(_Row):
    """One condition precedent: how it stands, and which preparations it still waits for."""

    id: str
    title: str
    shown_by: str
    state: str
    evidence: str | None
    holds: bool
    waits_for: tuple[str, ...]


class Readiness(_Row):
    """All conditions, and what of the mobilisation plan is late on a day. `ready`: the contract may go live."""

    on: date
    ready: bool
    holding: int
    conditions: tuple[ConditionReady, ...]
    late: tuple[str, ...]
    live_since: date | None


class GoLive(Written):
    """The contract went live: the record that opens business as usual."""

    id: Slug
    on: date


def standings_of(
    schedules: Schedules | None, moved: Sequence[ConditionStanding]
) -> tuple[tuple[ConditionPrecedent, ConditionStanding], ...]:
    """Each condition with how it stands; one that nobody moved is open."""
    known = {one.id: one for one in moved}
    conditions = schedules.conditions_precedent if schedules else ()
    return tuple((one, known.get(one.id) or ConditionStanding(id=one.id)) for one in conditions)


def readiness(
    schedules: Schedules | None,
    moved: Sequence[ConditionStanding],
    mobilisation: Sequence[Preparation],
    on: date,
    live: GoLive | None = None,
) -> Readiness:
    """How ready a contract is on a day. Without conditions precedent nothing stands in its way."""
    rows = tuple(
        ConditionReady(
            id=terms.id,
            title=terms.title,
            shown_by=terms.shown_by,
            state=stood.state,
            evidence=stood.evidence,
            holds=stood.holds,
            waits_for=tuple(one.id for one in mobilisation if terms.id in one.for_ and one.state != "done"),
        )
        for terms, stood in standings_of(schedules, moved)
    )
    return Readiness(
        on=on,
        ready=all(row.holds for row in rows),
        holding=sum(row.holds for row in rows),
        conditions=rows,
        late=tuple(one.id for one in mobilisation if one.state != "done" and one.due < on),
        live_since=live.on if live else None,
    )


def go_live(contract: str, found: Readiness) -> GoLive:
    """The contract goes live on the day of the readiness. Raises `Problems`: every condition that is open."""
    problems = tuple(_in_the_way(contract, found))
    if problems:
        raise Problems(problems)
    return GoLive(id=contract, on=found.on)


def _in_the_way(contract: str, found: Readiness) -> Iterator[Problem]:
    if found.live_since:
        words = f"a contract that has been live since {found.live_since}"
        yield Problem(file=contract, where="go live", found=words, expected="it goes live once")
    for row in found.conditions:
        if not row.holds:
            waits = f"; it waits for {', '.join(row.waits_for)}" if row.waits_for else ""
            words = f"the condition precedent '{row.id}' is {row.state}{waits}"
            cure = "let the commissioner accept it" if row.state == "shown" else f"{row.shown_by} has to show it"
            yield Problem(file=contract, where="go live", found=words, expected=cure)
