"""What can be done at a gate. Each function gives the gate as it then stands, or refuses with the reason."""

from collections.abc import Iterable, Sequence
from datetime import date

from obc.domain.core.kernel.people import People, Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.programme.gates.body import Body
from obc.domain.programme.gates.gate import (
    CONDITION,
    GATE,
    Ballot,
    Condition,
    Decision,
    Finding,
    Gate,
    Outcome,
    Vote,
)
from obc.domain.programme.gates.voting import may_not_vote, the_decision


def opened(gate: Gate, gates: Sequence[Gate], by: Person, on: date) -> Gate:
    """The gate put to its body: every gate before it must be passed, and none of their conditions overdue."""
    state = GATE.after(gate.state, "open", by.roles, _where(gate))
    _refuse(_before(gate, gates, on))
    return gate.model_copy(update={"state": state})


def reopened(gate: Gate, by: Person) -> Gate:
    """A stopped gate put anew. Votes and findings of the last round stay in the trail only."""
    state = GATE.after(gate.state, "reopen", by.roles, _where(gate))
    return gate.model_copy(update={"state": state, "findings": (), "votes": (), "decision": None, "conditions": ()})


def superseded(gate: Gate, by: Person) -> Gate:
    """A gate that holds no more."""
    return gate.model_copy(
        update={"state": GATE.after(gate.state, "supersede", by.roles, _where(gate)), "decision": None}
    )


def with_checks(gate: Gate, found: Iterable[Finding], by: Person) -> Gate:
    """The gate with what its checks have found."""
    GATE.after(gate.state, "gather", by.roles, _where(gate))
    return with_findings(gate, found)


def judged(gate: Gate, finding: Finding, by: Person) -> Gate:
    """The gate with an assessor's finding on a criterion that no check can decide."""
    GATE.after(gate.state, "judge", by.roles, _where(gate))
    criterion = next((one for one in gate.criteria if one.id == finding.criterion), None)
    if criterion is None:
        known = ", ".join(one.id for one in gate.criteria)
        raise refusal(_where(gate), "the criterion", f"'{finding.criterion}', which is nowhere", f"there is {known}")
    if criterion.check is not None:
        found = f"'{criterion.id}', which the check '{criterion.check}' decides"
        raise refusal(_where(gate), "the criterion", found, "mend what the check finds, then gather again")
    conflict = by.conflict_with(*gate.about)
    if conflict is not None:
        raise refusal(_where(gate), "judge", conflict, "let somebody without an interest judge")
    if by.id in {one.by for one in gate.votes}:
        raise refusal(_where(gate), "judge", f"{by.id}, who has voted", "let somebody judge who has no vote")
    return with_findings(gate, (finding,))


def voted(gate: Gate, body: Body, by: Person, says: Ballot, because: str, on: date) -> Gate:
    """The gate with a member's vote; an earlier one of the same member counts no more."""
    GATE.after(gate.state, "vote", by.roles, _where(gate))
    why_not = may_not_vote(gate, body, by)
    if why_not is not None:
        raise refusal(_where(gate), "vote", why_not, "leave the vote to the other members")
    others = tuple(one for one in gate.votes if one.by != by.id)
    return gate.model_copy(update={"votes": (*others, Vote(by=by.id, says=says, because=because, on=on))})


def decided(
    gate: Gate,
    body: Body,
    people: People,
    gates: Sequence[Gate],
    by: Person,
    decision: Decision,
    conditions: tuple[Condition, ...] = (),
) -> Gate:
    """The gate passed or stopped, as its body voted. Raises `Problems` with every reason against.

    Whoever presides says what the votes carry and nothing else. To go, every criterion must be met; to go with
    conditions, each that is not needs a condition of its own, unless it is never waived.
    """
    state = GATE.after(gate.state, decision.says, by.roles, _where(gate))
    problems = [*_presides(gate, body, by), *_before(gate, gates, decision.on)]
    carried = the_decision(gate, body, people)
    if carried != decision.says:
        problems.append(_problem(gate, "the votes", f"votes that carry '{carried}'", f"decide '{carried}'"))
    problems += _fits(gate, people, decision, conditions)
    _refuse(problems)
    return gate.model_copy(update={"state": state, "decision": decision, "conditions": conditions})


def reported(gate: Gate, condition: str, says: str, by: Person) -> Gate:
    """What the owner of a condition has done about it."""
    GATE.after(gate.state, "report", by.roles, _where(gate))
    held = _condition(gate, condition)
    state = CONDITION.after(held.state, "report", by.roles, f"{_where(gate)}, condition '{condition}'")
    if by.id != held.owner:
        raise refusal(_where(gate), "report", f"{by.id}, who does not own it", f"it is for {held.owner} to report")
    return _exchanged(gate, held.model_copy(update={"state": state, "report": says}))


def settled(gate: Gate, body: Body, condition: str, accept: bool, by: Person) -> Gate:
    """A condition accepted as met, or sent back. With the last one accepted the gate is passed without conditions."""
    verb = "accept" if accept else "send back"
    state = GATE.after(gate.state, verb, by.roles, _where(gate))
    held = _condition(gate, condition)
    turned = CONDITION.after(held.state, verb, by.roles, f"{_where(gate)}, condition '{condition}'")
    if by.id == held.owner:
        raise refusal(_where(gate), verb, f"{by.id}, who owns it", "nobody accepts their own work")
    if by.id not in body.members:
        raise refusal(_where(gate), verb, f"{by.id}, who is no member", f"it is for the {body.title} to accept")
    conflict = by.conflict_with(*gate.about)
    if conflict is not None:
        raise refusal(_where(gate), verb, conflict, "leave it to the other members")
    after = _exchanged(gate, held.model_copy(update={"state": turned}))
    if not after.open_conditions:
        state = GATE.after(gate.state, "accept the last", by.roles, _where(gate))
    return after.model_copy(update={"state": state})


def _before(gate: Gate, gates: Sequence[Gate], on: date) -> list[Problem]:
    """What stands in the way: gates not passed, conditions overdue; at a go-live gate, any condition that is open."""
    problems = []
    for earlier in _all_before(gate, gates):
        if not earlier.passed:
            found = f"the gate '{earlier.id}' {earlier.state}"
            problems.append(_problem(gate, "the way here", found, "pass it first: no gate is gone round"))
        for condition in earlier.open_conditions:
            if gate.kind == "go-live" or condition.due < on:
                found = f"the condition '{condition.id}' of '{earlier.id}' {condition.state}, due {condition.due}"
                problems.append(_problem(gate, "the way here", found, "meet it first, and have it accepted"))
    return problems


def _all_before(gate: Gate, gates: Sequence[Gate]) -> list[Gate]:
    """The gates before a gate, and those before them, each once, the nearest first. Superseded ones stand aside."""
    known = {one.id: one for one in gates}
    waiting, met = list(gate.after), dict.fromkeys(gate.after)
    while waiting:
        for name in known[waiting.pop(0)].after:
            if name not in met:
                met[name] = None
                waiting.append(name)
    return [known[name] for name in met if known[name].state != "superseded"]


def _presides(gate: Gate, body: Body, by: Person) -> list[Problem]:
    if not body.presiding(by.id):
        chairs = " or ".join(filter(None, (body.chair, body.deputy)))
        return [_problem(gate, "the chair", f"{by.id}, who does not preside", f"it is for {chairs} to decide")]
    why_not = may_not_vote(gate, body, by)
    return [_problem(gate, "the chair", why_not, "let the other presiding member decide")] if why_not else []


def _fits(gate: Gate, people: People, decision: Decision, conditions: tuple[Condition, ...]) -> list[Problem]:
    says: Outcome = decision.says
    problems = []
    if says == "stop":
        if gate.if_stopped and decision.to not in gate.if_stopped:
            ways = ", ".join(f"'{one}'" for one in gate.if_stopped)
            problems.append(_problem(gate, "the way on", f"'{decision.to or ''}'", f"say which way is taken: {ways}"))
    elif decision.to is not None:
        problems.append(_problem(gate, "the way on", f"'{decision.to}'", "only a stop takes another way"))
    if says != "go with conditions":
        if conditions:
            problems.append(_problem(gate, "conditions", f"conditions to '{says}'", "decide 'go with conditions'"))
    elif not conditions:
        problems.append(_problem(gate, "conditions", "none", "say what must be done, by whom and until when"))
    covered = {one.criterion for one in conditions}
    for criterion in gate.unmet if says != "stop" else ():
        finding = gate.finding(criterion.id)
        found = f"not met: {finding.says}" if finding else "not looked at yet"
        if criterion.never_waived:
            problems.append(_problem(gate, f"'{criterion.id}'", found, "it is never waived: meet it, or stop"))
        elif criterion.id not in covered:
            problems.append(_problem(gate, f"'{criterion.id}'", found, "meet it, or make it a condition"))
    named = [one.id for one in gate.criteria]
    for place, condition in enumerate(conditions):
        people.named(condition.owner)
        if condition.id in [one.id for one in conditions[:place]]:
            expected = "give each condition an id of its own"
            problems.append(_problem(gate, "conditions", f"'{condition.id}' twice", expected))
        if condition.criterion is not None and condition.criterion not in named:
            found = f"'{condition.criterion}', which is no criterion of the gate"
            problems.append(_problem(gate, "conditions", found, f"write - or one of {', '.join(named)}"))
        if condition.due < decision.on:
            found = f"'{condition.id}' due {condition.due}, before the decision"
            problems.append(_problem(gate, "conditions", found, "give it a day that is to come"))
    return problems


def with_findings(gate: Gate, findings: Iterable[Finding]) -> Gate:
    """The gate with findings; of two on a criterion the later one counts."""
    held = {one.criterion: one for one in gate.findings} | {one.criterion: one for one in findings}
    return gate.model_copy(update={"findings": tuple(held.values())})


def _condition(gate: Gate, name: str) -> Condition:
    found = next((one for one in gate.conditions if one.id == name), None)
    if found is None:
        known = ", ".join(one.id for one in gate.conditions) or "none"
        raise refusal(_where(gate), "the condition", f"'{name}', which is nowhere", f"there is {known}")
    return found


def _exchanged(gate: Gate, condition: Condition) -> Gate:
    held = tuple(condition if one.id == condition.id else one for one in gate.conditions)
    return gate.model_copy(update={"conditions": held})


def _where(gate: Gate) -> str:
    return f"gate '{gate.id}'"


def _problem(gate: Gate, where: str, found: str, expected: str) -> Problem:
    return Problem(file=_where(gate), where=where, found=found, expected=expected)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Problems(tuple(problems))
