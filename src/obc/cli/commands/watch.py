"""Commands that look ahead, at what is paid for chance, and at different people."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import (
    As,
    Contract,
    Format,
    HandedIn,
    Mapping,
    Out,
    Profile,
    Published,
    Records,
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


def equality(
    contract: Contract,
    records: Records,
    mapping: Mapping = None,
    deprivation: Annotated[
        Path | None, typer.Option("--deprivation", metavar="FILE", help="a CSV of small areas, with their tenth")
    ] = None,
    column: Annotated[
        str, typer.Option("--column", metavar="NAME", help="the column of the tenth, 1 the most deprived")
    ] = "IMD_decile",
    year: Annotated[int | None, typer.Option("--year", metavar="N", help="a contract year (default: the last)")] = None,
    profile: Published = Profile.NONE,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """Each indicator by deprivation, sex, age and ethnic group, and what differs by more than chance."""
    from obc.cli import equality

    equality.divide(contract, records, mapping, deprivation, column, year, profile.value, out, as_ is Format.JSON)
