"""Bring a programme through a gate: open it, gather its evidence, vote, decide, follow up."""

from datetime import date

from obc.domain.core.kernel.people import Text
from obc.domain.programme.gates import decide
from obc.domain.programme.gates.body import Body
from obc.domain.programme.gates.gate import Ballot, Condition, Decision, Finding, Gate, Outcome
from obc.services.evidence import gathered
from obc.services.governance import Governance
from obc.services.register import Doing


def open_gate(governed: Governance, gate: str, doing: Doing) -> Gate:
    """Put a gate to its body. Raises `Problems`."""
    gates = governed.gates.records
    return governed.gates.change(
        gate, "open", doing, lambda held: decide.opened(held, gates, doing.by, doing.at.date())
    )


def gather(governed: Governance, gate: str, doing: Doing) -> Gate:
    """Run every check of a gate and keep what they find. Raises `Problems`."""
    return governed.gates.change(
        gate,
        "gather",
        doing,
        lambda held: decide.with_checks(held, looked_up(governed, held, doing.at.date()), doing.by),
    )


def judge(governed: Governance, gate: str, criterion: str, met: bool, says: Text, doing: Doing) -> Gate:
    """Keep an assessor's finding on a criterion. Raises `Problems`."""
    finding = Finding(criterion=criterion, met=met, says=says, by=doing.by.id, on=doing.at.date())
    return governed.gates.change(gate, "judge", doing, lambda held: decide.judged(held, finding, doing.by))


def vote(governed: Governance, gate: str, says: Ballot, doing: Doing) -> Gate:
    """Keep a member's vote; the reason of the action is the reason of the vote. Raises `Problems`."""
    return governed.gates.change(
        gate,
        "vote",
        doing,
        lambda held: decide.voted(held, _body(governed, held), doing.by, says, doing.why, doing.at.date()),
    )


def decide_gate(
    governed: Governance, gate: str, says: Outcome, doing: Doing, conditions: tuple[Condition, ...], to: str | None
) -> Gate:
    """Decide at a gate as its body voted, on what its checks find at that moment. Raises `Problems`."""
    gates = governed.gates.records
    on = doing.at.date()
    decision = Decision(says=says, by=doing.by.id, on=on, because=doing.why, to=to)

    def turn(held: Gate) -> Gate:
        seen = decide.with_findings(held, looked_up(governed, held, on)) if held.state == "open" else held
        return decide.decided(seen, _body(governed, held), governed.people, gates, doing.by, decision, conditions)

    return governed.gates.change(gate, says, doing, turn)


def report(governed: Governance, gate: str, condition: str, says: Text, doing: Doing) -> Gate:
    """Keep what the owner of a condition has done. Raises `Problems`."""
    return governed.gates.change(gate, "report", doing, lambda held: decide.reported(held, condition, says, doing.by))


def settle(governed: Governance, gate: str, condition: str, accept: bool, doing: Doing) -> Gate:
    """Accept a condition as met, or send it back. Raises `Problems`."""
    return governed.gates.change(
        gate,
        "accept" if accept else "send back",
        doing,
        lambda held: decide.settled(held, _body(governed, held), condition, accept, doing.by),
    )


def reopen(governed: Governance, gate: str, doing: Doing) -> Gate:
    """Put a stopped gate anew. Raises `Problems`."""
    return governed.gates.change(gate, "reopen", doing, lambda held: decide.reopened(held, doing.by))


def supersede(governed: Governance, gate: str, doing: Doing) -> Gate:
    """Say that a gate holds no more. Raises `Problems`."""
    return governed.gates.change(gate, "supersede", doing, lambda held: decide.superseded(held, doing.by))


def looked_up(governed: Governance, gate: Gate, on: date) -> tuple[Finding, ...]:
    """What the checks of a gate find on a day, without keeping it. Raises `Problems` where nobody offers one."""
    contract = governed.contracts[gate.contract]
    found = []
    for criterion in gate.criteria:
        if criterion.check is not None:
            holds, says = gathered(governed.checks, criterion.check, contract, on)
            found.append(Finding(criterion=criterion.id, met=holds, says=says, on=on))
    return tuple(found)


def _body(governed: Governance, gate: Gate) -> Body:
    return governed.programme.body(gate.body)
