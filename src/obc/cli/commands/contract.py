"""Commands on a contract beside its money: schedules, transition, readiness, reviews, going live."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Contract, Format, Trail, day_or_today
from obc.cli.commands.govern import On

Of = Annotated[
    str | None,
    typer.Option("--programme", metavar="PROGRAMME", help="whose trail says how it stands (default: as the files say)"),
]
In = Annotated[str, typer.Option("--programme", metavar="PROGRAMME", help="whose people act, and whose trail keeps it")]
Shown = Annotated[str | None, typer.Option("--evidence", metavar="TEXT", help="what shows it, and where it is")]


class Part(StrEnum):
    """What an act on a contract is about."""

    CONDITION = "condition"
    EXPECTATION = "expectation"
    AMENDMENT = "amendment"
    PREPARATION = "preparation"


def schedules(
    contract: Contract, programme: Of = None, on: On = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Vision, quality expectations with their reviews, what is passed on, guarantees, information, disputes."""
    from obc.cli import contracting

    contracting.schedules(contract, programme, trail, day_or_today(on), as_ is Format.JSON)


def transition(
    contract: Contract, programme: Of = None, on: On = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Today's contracts on their way: ends, notice, staff, and which carry the staged amendment."""
    from obc.cli import contracting

    contracting.transition(contract, programme, trail, day_or_today(on), as_ is Format.JSON)


def readiness(
    contract: Contract, programme: Of = None, on: On = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Conditions precedent and mobilisation: whether the contract may go live."""
    from obc.cli import contracting

    contracting.readiness(contract, programme, trail, day_or_today(on), as_ is Format.JSON)


@acts(In)
def act(
    acting: Acting,
    contract: Contract,
    part: Annotated[Part, typer.Argument(metavar="PART", help="condition, expectation, amendment or preparation")],
    record: Annotated[str, typer.Argument(metavar="ID", help="which one")],
    verb: Annotated[str, typer.Argument(metavar="VERB", help="what to do; an unknown one lists what can be done")],
    evidence: Shown = None,
) -> None:
    """Show or accept a condition, review an expectation, sign an amendment, move a preparation on."""
    from obc.cli import contracting

    who = acting
    contracting.act(who, contract, part.value, record, verb, evidence, acting.as_json)


@acts(In)
def go_live(acting: Acting, contract: Contract) -> None:
    """Begin business as usual; refused while one condition precedent is open."""
    from obc.cli import contracting

    contracting.go_live(acting, contract, acting.as_json)


def contract(
    contract: Contract,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    programme: Of = None,
    on: On = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """The contract as a document: particulars and schedules as page, PDF and DOCX."""
    from obc.cli import contracting

    contracting.document(contract, programme, trail, day_or_today(on), out, as_ is Format.JSON)
