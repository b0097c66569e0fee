"""Commands that act at a gate."""

from enum import StrEnum
from typing import Annotated

import typer

from obc.cli.acting import Acting
from obc.cli.arguments import As, At, By, Format, Programme, Trail, Why, moment_of

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


def open_(
    programme: Programme, gate: GateId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Put a gate to its body; every gate before it must be passed."""
    from obc.cli import gates

    gates.act(Acting(programme, trail, by, why, moment_of(at)), gate, "open", as_ is Format.JSON)


def gather(
    programme: Programme, gate: GateId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Run the checks of a gate and keep what they find."""
    from obc.cli import gates

    gates.act(Acting(programme, trail, by, why, moment_of(at)), gate, "gather", as_ is Format.JSON)


def judge(
    programme: Programme,
    gate: GateId,
    criterion: CriterionId,
    met: Annotated[bool, typer.Option("--met/--not-met", help="whether the evidence shows it")],
    says: Annotated[str, typer.Option("--says", metavar="SENTENCE", help="what was seen, and where it stands")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Judge a criterion that no check can decide."""
    from obc.cli import gates

    gates.judge(Acting(programme, trail, by, why, moment_of(at)), gate, criterion, met, says, as_ is Format.JSON)


def vote(
    programme: Programme,
    gate: GateId,
    says: Annotated[Says, typer.Option("--says", help="how the member votes")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """A member's vote. Who prepared or judged the gate, or has an interest, has none."""
    from obc.cli import gates

    gates.vote(Acting(programme, trail, by, why, moment_of(at)), gate, says.value, as_ is Format.JSON)


def decide(
    programme: Programme,
    gate: GateId,
    says: Annotated[Decides, typer.Option("--says", help="what the votes carry")],
    by: By,
    why: Why,
    condition: Annotated[
        list[str] | None,
        typer.Option(
            "--condition",
            metavar="'CRITERION | OWNER | DAY | WHAT'",
            help="what must be done after; - for one of no criterion",
        ),
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="WAY", help="after a stop: the way that is taken")] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Decide as the body voted, with its quorum; whoever presides says it."""
    from obc.cli import gates

    gates.decide(
        Acting(programme, trail, by, why, moment_of(at)), gate, says.value, condition or [], to, as_ is Format.JSON
    )


def report(
    programme: Programme,
    gate: GateId,
    condition: ConditionId,
    says: Annotated[str, typer.Option("--says", metavar="SENTENCE", help="what was done")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Report that a condition is met; for its owner."""
    from obc.cli import gates

    gates.report(Acting(programme, trail, by, why, moment_of(at)), gate, condition, says, as_ is Format.JSON)


def accept(
    programme: Programme,
    gate: GateId,
    condition: ConditionId,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Accept a condition as met; for a member of the body who does not own it."""
    from obc.cli import gates

    gates.settle(Acting(programme, trail, by, why, moment_of(at)), gate, condition, True, as_ is Format.JSON)


def send_back(
    programme: Programme,
    gate: GateId,
    condition: ConditionId,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Send a condition back to its owner."""
    from obc.cli import gates

    gates.settle(Acting(programme, trail, by, why, moment_of(at)), gate, condition, False, as_ is Format.JSON)


def reopen(
    programme: Programme, gate: GateId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Put a stopped gate anew, without the findings and votes of the last round."""
    from obc.cli import gates

    gates.act(Acting(programme, trail, by, why, moment_of(at)), gate, "reopen", as_ is Format.JSON)


def supersede(
    programme: Programme, gate: GateId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Say that a gate holds no more. It stays in the register."""
    from obc.cli import gates

    gates.act(Acting(programme, trail, by, why, moment_of(at)), gate, "supersede", as_ is Format.JSON)
