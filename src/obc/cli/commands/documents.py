"""The case for change, and documents for people."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import (
    As,
    Contract,
    Format,
    KnownOn,
    Mapping,
    Out,
    Profile,
    Published,
    Records,
    Trail,
    Values,
    day_of,
    moment_of,
)


def case(
    contract: Contract,
    against: Annotated[
        str | None, typer.Option("--against", metavar="CONTRACT", help="an earlier case: show what moved and why")
    ] = None,
    runs: Annotated[int, typer.Option(min=100, max=1_000_000, help="how often the ranges are drawn")] = 100_000,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same draws")] = 1,
    as_: As = Format.TEXT,
) -> None:
    """The case for change: each option against the best alternative, year by year."""
    from obc.cli import case

    if against is None:
        case.case(contract, runs, seed, as_json=as_ is Format.JSON)
    else:
        case.difference(against, contract, as_json=as_ is Format.JSON)


def business_case(
    contract: Contract,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    runs: Annotated[int, typer.Option(min=100, max=1_000_000, help="how often the ranges are drawn")] = 100_000,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same draws")] = 1,
    programme: Annotated[
        str | None, typer.Option("--programme", metavar="PROGRAMME", help="print who of it endorses the outcomes")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="as it stands on a day (default: today)"),
    ] = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """The case for change as a document of ten sections, with its charts and its model as a workbook."""
    from obc.cli import case

    day = moment_of(on).date()
    case.business_case(contract, out, runs, seed, programme, trail, day, as_json=as_ is Format.JSON)


def data_quality(
    contract: Contract,
    records: Records,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    provider: Annotated[
        list[str] | None, typer.Option("--provider", metavar="CODE", help="this provider only (may be repeated)")
    ] = None,
    months: Annotated[int, typer.Option("--months", metavar="N", min=1, max=120, help="the last N months")] = 12,
    mapping: Mapping = None,
    known_on: KnownOn = None,
    as_: As = Format.TEXT,
) -> None:
    """What is missing, late, invalid or inconsistent, what it costs in evidence, and which rows to look for."""
    from obc.cli import reviewing

    as_json = as_ is Format.JSON
    reviewing.data_quality(contract, records, out, mapping, day_of(known_on), months, provider or [], as_json)


def monitoring(
    contract: Contract,
    values: Values,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    rebase: Annotated[
        list[str] | None, typer.Option("--rebase", metavar="'ID DAY REASON'", help="start a chart anew, and why")
    ] = None,
    profile: Published = Profile.NONE,
    as_: As = Format.TEXT,
) -> None:
    """Control charts with what has changed, and how many people are missing by the year's end."""
    from obc.cli import monitoring

    monitoring.monitoring(contract, values, rebase or [], out, profile.value, as_ is Format.JSON)


def gaming(
    contract: Contract,
    values: Values,
    records: Annotated[
        Path | None, typer.Option("--records", metavar="DIR", help="the records too: clusters, spend, raters, times")
    ] = None,
    mapping: Mapping = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """What moved beside the figures: who is left out, recording, clusters, raters, heaping, flat zones."""
    from obc.cli import gaming

    gaming.gaming(contract, values, records, mapping, out, as_ is Format.JSON)
