"""The portfolio: where each contract of a programme stands, and what is due next."""

from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.handover import Agreement
from obc.domain.programme.gates.plan import Plan
from obc.domain.programme.gates.process import Process
from obc.domain.programme.gates.programme import PlannedContract
from obc.domain.programme.gates.schedule import Scheduled, schedule

SOON = 42
"""Days ahead that an overview looks: six weeks, about two meetings of a board."""


class Due(BaseModel):
    """Something with a day: a gate to decide, a condition to meet, a task to finish, a risk to review."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    what: str
    kind: str
    id: str
    owner: str
    overdue: bool


class Stands(BaseModel):
    """Where a contract stands. Amounts are minor units a year; None: not known, which is not nothing.

    `risks`: how many there are of each colour, as they stand.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    contract: PlannedContract
    phase: str
    next_gate: Gate | None
    currency: str
    in_scope_minor: int | None
    later_minor: int | None
    given_minor: int | None
    taken_minor: int | None
    risks: tuple[tuple[str, int], ...]
    waiting: tuple[str, ...]


class Portfolio(BaseModel):
    """The programme on a day. `path`: the critical path; `waiting`: risks beyond the appetite, not escalated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    contracts: tuple[Stands, ...]
    handovers: tuple[Agreement, ...]
    due: tuple[Due, ...]
    path: tuple[Scheduled, ...]


def phase_of(contract: str, gates: Sequence[Gate], process: Process) -> str:
    """The phase a contract is in: the furthest that a passed gate of its opened, else the first."""
    opened = [one.leads_to for one in gates if one.contract == contract and one.passed and one.leads_to]
    return max(opened, key=process.place, default=process.phases[0].id)


def next_gate(contract: str, gates: Sequence[Gate]) -> Gate | None:
    """The gate that a contract comes to next: the first, by its day, that is neither passed nor superseded."""
    coming = [one for one in gates if one.contract == contract and one.state in ("planned", "open", "stopped")]
    return min(coming, key=lambda one: (one.due or date.max, one.id), default=None)


def due(gates: Sequence[Gate], plan: Plan | None, on: date, within: int = SOON) -> tuple[Due, ...]:
    """What is overdue or falls due within so many days, the earliest first."""
    found = [
        due_on(one.due, f"Decide: {one.title}", "gate", one.id, one.prepared_by, on)
        for one in gates
        if one.due and one.state in ("planned", "open")
    ]
    found += [
        due_on(condition.due, condition.what, "condition", f"{one.id}/{condition.id}", condition.owner, on)
        for one in gates
        for condition in one.open_conditions
    ]
    for one in schedule(plan, on) if plan else ():
        if one.task.done is None and one.task.gate is None:
            promised = one.task.due or one.last_day
            found.append(due_on(promised, one.task.title, "task", one.task.id, one.task.owner, on))
    until = on + timedelta(days=within)
    return tuple(sorted((one for one in found if one.day <= until), key=lambda one: (one.day, one.kind, one.id)))


def due_on(day: date, what: str, kind: str, name: str, owner: str, on: date) -> Due:
    """Something that falls due on a day, as seen `on` another."""
    return Due(day=day, what=what, kind=kind, id=name, owner=owner, overdue=day < on)
