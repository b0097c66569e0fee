"""Commands that manage a contract while it runs: levers, pulled and let go, and savings."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
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


LeverInHand = Annotated[str, typer.Argument(metavar="LEVER", help="the id of a lever that is in hand or proposed")]


@acts()
def pull(
    acting: Acting,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="what is done, as YAML: id, lever, contract, what, owner, lapses …")
    ],
) -> None:
    """Pull a lever until a day; refused while the ladder of escalation does not reach it."""
    from obc.cli import levers

    levers.pull(acting, file, acting.as_json)


@acts()
def renew(
    acting: Acting,
    lever: LeverInHand,
    until: Annotated[
        datetime, typer.Option("--until", metavar="DAY", formats=["%Y-%m-%d"], help="its new last day, as 2016-10-01")
    ],
) -> None:
    """Hold a lever on until a later day."""
    from obc.cli import levers

    who = acting
    levers.renew(who, lever, until.date(), acting.as_json)


@acts()
def let_go(acting: Acting, lever: LeverInHand) -> None:
    """Let go of a lever, or drop one that was only proposed."""
    from obc.cli import levers

    levers.let_go(acting, lever, acting.as_json)
