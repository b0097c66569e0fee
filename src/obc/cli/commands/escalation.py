"""Commands of the escalation policy: open, move, causes, withhold."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Format, Programme, Trail, day_or_today
from obc.cli.commands.govern import On
from obc.cli.commands.lever import ForOne, Shown

EscalationId = Annotated[str, typer.Argument(metavar="ESCALATION", help="the id of an escalation")]


def show(programme: Programme, on: On = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Every escalation: its stage, its clock, its causes, what may be done next and by whom."""
    from obc.cli import escalating

    escalating.show(programme, trail, day_or_today(on), as_ is Format.JSON)


@acts()
def open_(
    acting: Acting,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the breach as YAML: id, contract, party, indicator …")],
    contract: ForOne,
) -> None:
    """Open an escalation over a breach; it begins informally."""
    from obc.cli import escalating

    escalating.open_(acting, contract, file, acting.as_json)


@acts()
def move(
    acting: Acting,
    escalation: EscalationId,
    verb: Annotated[str, typer.Argument(metavar="VERB", help="what to do; an unknown one lists what can be done")],
    evidence: Shown = None,
) -> None:
    """Take an escalation to its next stage, or end it."""
    from obc.cli import escalating

    who = acting
    escalating.move(who, escalation, verb, evidence, acting.as_json)


@acts()
def analyse(
    acting: Acting,
    escalation: EscalationId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the causes as YAML: what, lies with, part, evidence")],
) -> None:
    """Put the joint analysis of causes on file; both sides then agree to it."""
    from obc.cli import escalating

    escalating.analyse(acting, escalation, file, acting.as_json)


@acts()
def agree(acting: Acting, escalation: EscalationId, contract: ForOne) -> None:
    """Agree to the causes for one's own side."""
    from obc.cli import escalating

    escalating.agree(acting, escalation, contract, acting.as_json)


@acts()
def withhold(
    acting: Acting,
    escalation: EscalationId,
    contract: ForOne,
    share: Annotated[str, typer.Option("--share", metavar="SHARE", help="of what is due for the year, as '2 %'")],
    evidence: Shown = None,
) -> None:
    """Withhold a share of what is due; refused unless both sides have agreed on the causes."""
    from obc.cli import escalating

    who = acting
    escalating.withhold(who, escalation, contract, share, evidence, acting.as_json)


def circumstances(
    programme: Programme,
    contract: ForOne,
    also: Annotated[
        Path | None, typer.Option("--also", metavar="FILE", help="disputes and reliefs that go with them")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="where to write (default: print)")] = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """What a settlement must know: sanctions and reviews of quality, as 'obc settle --circumstances' takes them."""
    from obc.cli import escalating

    escalating.circumstances(programme, trail, contract, also, out, as_ is Format.JSON)
