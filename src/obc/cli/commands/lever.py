"""Commands that manage a contract while it runs: levers and savings."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import As, Format, Out, Programme, Trail, day_or_today
from obc.cli.commands.govern import On

For = Annotated[
    str | None,
    typer.Option("--contract", metavar="CONTRACT", help="which contract (default: the only one with a folder)"),
]
ForOne = Annotated[str, typer.Option("--contract", metavar="CONTRACT", help="which contract of the programme")]
Shown = Annotated[str | None, typer.Option("--evidence", metavar="TEXT", help="what shows it, and where it is")]


def levers(
    programme: Programme,
    contract: For = None,
    values: Annotated[
        Path | None, typer.Option("--values", metavar="FILE", help="indicator values: recommend the next step for each")
    ] = None,
    on: On = None,
    trail: Trail = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """The levers, supportive before punitive; what is in hand; with values, the next step for each indicator."""
    from obc.cli import levers

    levers.show(programme, trail, contract, values, day_or_today(on), out, as_ is Format.JSON)


def savings(programme: Programme, contract: ForOne, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Savings delivered through a contract against plan, year by year."""
    from obc.cli import levers

    levers.savings(programme, trail, contract, as_ is Format.JSON)
