"""Commands that look ahead and at what is paid for chance."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import (
    As,
    Contract,
    Format,
    HandedIn,
    Out,
    Values,
)


def forecast(
    contract: Contract,
    values: Values,
    year: Annotated[int, typer.Option("--year", metavar="N", help="the contract year")],
    runs: Annotated[int, typer.Option(min=100, max=1_000_000, help="how often the year is drawn")] = 20_000,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same draws")] = 1,
    worth: Annotated[bool, typer.Option("--worth", help="what one person more is worth, and to whom")] = False,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", metavar="FILE", help="a difference on the contract or the year")
    ] = None,
    returns: HandedIn = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """Where a contract year may end, from the values so far."""
    from obc.cli import forecasting

    forecasting.forecast(contract, values, year, runs, seed, worth, scenario, returns, out, as_ is Format.JSON)


def power(
    contract: Contract,
    values: Annotated[Path | None, typer.Option("--values", metavar="FILE", help="measured denominators")] = None,
    assume: Annotated[int | None, typer.Option("--assume", metavar="CASES", min=1, help="so many of each")] = None,
    within: Annotated[
        float, typer.Option("--within", metavar="SHARE", min=0.001, max=0.5, help="chance up to which it is sound")
    ] = 0.05,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """What each threshold pays for chance, and what it takes to be sure."""
    from obc.cli import power

    if values is None and assume is None:
        raise typer.BadParameter("give --values FILE, or --assume CASES, or both")
    power.power(contract, values, assume, within, out, as_ is Format.JSON)
