"""Commands that act at a gate."""

from enum import StrEnum
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Format, Programme, Trail

GateId = Annotated[str, typer.Argument(metavar="GATE", help="the id of a gate")]
CriterionId = Annotated[str, typer.Argument(metavar="CRITERION", help="the id of one of its criteria")]
ConditionId = Annotated[str, typer.Argument(metavar="CONDITION", help="the id of one of its conditions")]


class Says(StrEnum):
    """How a member votes, or what is decided."""

    GO = "go"
    CONDITIONS = "go-with-conditions"
    STOP = "stop"
    ABSTAIN = "abstain"


class Decides(StrEnum):
    """What a body decides."""

    GO = "go"
    CONDITIONS = "go-with-conditions"
    STOP = "stop"


def show(programme: Programme, gate: GateId, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """A gate: questions, criteria with their evidence, votes, decision, conditions."""
    from obc.cli import gates

    gates.show(programme, gate, trail, as_ is Format.JSON)


@acts()
def open_(acting: Acting, gate: GateId) -> None:
    """Put a gate to its body; every gate before it must be passed."""
    from obc.cli import gates

    gates.act(acting, gate, "open", acting.as_json)


@acts()
def gather(acting: Acting, gate: GateId) -> None:
    """Run the checks of a gate and keep what they find."""
    from obc.cli import gates

    gates.act(acting, gate, "gather", acting.as_json)


@acts()
def judge(
    acting: Acting,
    gate: GateId,
    criterion: CriterionId,
    met: Annotated[bool, typer.Option("--met/--not-met", help="whether the evidence shows it")],
    says: Annotated[str, typer.Option("--says", metavar="SENTENCE", help="what was seen, and where it stands")],
) -> None:
    """Judge a criterion that no check can decide."""
    from obc.cli import gates

    gates.judge(acting, gate, criterion, met, says, acting.as_json)


@acts()
def vote(
    acting: Acting, gate: GateId, says: Annotated[Says, typer.Option("--says", help="how the member votes")]
) -> None:
    """A member's vote. Who prepared or judged the gate, or has an interest, has none."""
    from obc.cli import gates

    gates.vote(acting, gate, says.value, acting.as_json)


@acts()
def decide(
    acting: Acting,
    gate: GateId,
    says: Annotated[Decides, typer.Option("--says", help="what the votes carry")],
    condition: Annotated[
        list[str] | None,
        typer.Option(
            "--condition",
            metavar="'CRITERION | OWNER | DAY | WHAT'",
            help="what must be done after; - for one of no criterion",
        ),
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="WAY", help="after a stop: the way that is taken")] = None,
) -> None:
    """Decide as the body voted, with its quorum; whoever presides says it."""
    from obc.cli import gates

    gates.decide(acting, gate, says.value, condition or [], to, acting.as_json)


@acts()
def report(
    acting: Acting,
    gate: GateId,
    condition: ConditionId,
    says: Annotated[str, typer.Option("--says", metavar="SENTENCE", help="what was done")],
) -> None:
    """Report that a condition is met; for its owner."""
    from obc.cli import gates

    gates.report(acting, gate, condition, says, acting.as_json)


@acts()
def accept(acting: Acting, gate: GateId, condition: ConditionId) -> None:
    """Accept a condition as met; for a member of the body who does not own it."""
    from obc.cli import gates

    gates.settle(acting, gate, condition, True, acting.as_json)


@acts()
def send_back(acting: Acting, gate: GateId, condition: ConditionId) -> None:
    """Send a condition back to its owner."""
    from obc.cli import gates

    gates.settle(acting, gate, condition, False, acting.as_json)


@acts()
def reopen(acting: Acting, gate: GateId) -> None:
    """Put a stopped gate anew, without the findings and votes of the last round."""
    from obc.cli import gates

    gates.act(acting, gate, "reopen", acting.as_json)


@acts()
def supersede(acting: Acting, gate: GateId) -> None:
    """Say that a gate holds no more. It stays in the register."""
    from obc.cli import gates

    gates.act(acting, gate, "supersede", acting.as_json)
