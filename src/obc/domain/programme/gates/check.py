"""Whether the files of a programme fit together: every name that one of them uses stands in another."""

from collections.abc import Iterator

from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.core.kernel.people import People
from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.gates import Gates
from obc.domain.programme.gates.plan import Plan
from obc.domain.programme.gates.process import Process
from obc.domain.programme.gates.programme import Programme

PROGRAMME, GATES, PLAN = "programme.yaml", "gates.yaml", "plan.yaml"


def programme_findings(programme: Programme, people: People) -> Iterator[Finding]:
    """Members and managers who are nobody; a quorum that the members' roles can never make."""
    known = tuple(one.id for one in people.people)
    for place, body in enumerate(programme.bodies):
        for at, member in enumerate(body.members):
            if member not in known:
                yield not_found(PROGRAMME, ("bodies", place, "members", at), member, "person", known)
        held = {role for one in people.people if one.id in body.members for role in one.roles}
        for at, role in enumerate(body.quorum.among_them):
            if role not in held and set(body.members) <= set(known):
                where: At = ("bodies", place, "quorum", "among them", at)
                found = f"the role '{role}', which no member has"
                yield Finding(file=PROGRAMME, at=where, found=found, expected="there would never be a quorum")
    for place, contract in enumerate(programme.contracts):
        if contract.manager not in known:
            yield not_found(PROGRAMME, ("contracts", place, "manager"), contract.manager, "person", known)


def gate_findings(gates: Gates, programme: Programme, process: Process, people: People) -> Iterator[Finding]:
    """Bodies, contracts, phases, people and gates that are nowhere."""
    known = {
        "contract": tuple(one.id for one in programme.contracts),
        "body": tuple(one.id for one in programme.bodies),
        "person": tuple(one.id for one in people.people),
        "phase": tuple(one.id for one in process.phases),
        "gate": tuple(one.id for one in gates.gates),
    }
    for place, gate in enumerate(gates.gates):
        for kind, at, name in _names(gate):
            if name not in known[kind]:
                yield not_found(GATES, ("gates", place, *at), name, kind, known[kind])


def plan_findings(
    plan: Plan, programme: Programme, gates: Gates, process: Process, people: People
) -> Iterator[Finding]:
    """Contracts, steps, owners and gates that are nowhere; a first task without a day; two days for one gate."""
    known = {
        "contract": tuple(one.id for one in programme.contracts),
        "step": tuple(one.id for one in process.steps),
        "person": tuple(one.id for one in people.people),
        "gate": tuple(one.id for one in gates.gates),
    }
    for place, task in enumerate(plan.tasks):
        for kind, key, name in (
            ("contract", "contract", task.contract),
            ("step", "step", task.step),
            ("person", "owner", task.owner),
            ("gate", "gate", task.gate),
        ):
            if name is not None and name not in known[kind]:
                yield not_found(PLAN, ("tasks", place, key), name, kind, known[kind])
        promised = next((one.due for one in gates.gates if one.id == task.gate), None)
        if promised is not None and task.due is not None and promised != task.due:
            found = f"{task.due}, where {GATES} has {promised}"
            yield Finding(file=PLAN, at=("tasks", place, "due"), found=found, expected="write the same day in both")
        if not (task.after or task.not_before or task.begun):
            found = "no day to begin on"
            yield Finding(
                file=PLAN, at=("tasks", place), found=found, expected="say 'not before', or what it waits for"
            )


def _names(gate: Gate) -> Iterator[tuple[str, At, str]]:
    yield "contract", ("contract",), gate.contract
    yield "body", ("body",), gate.body
    yield "person", ("prepared by",), gate.prepared_by
    if gate.leads_to is not None:
        yield "phase", ("leads to",), gate.leads_to
    for at, name in enumerate(gate.after):
        yield "gate", ("after", at), name
    for at, condition in enumerate(gate.conditions):
        yield "person", ("conditions", at, "owner"), condition.owner
