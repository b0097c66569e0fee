"""Commands on person-level records."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from obc.cli import output
from obc.cli.arguments import (
    As,
    Contract,
    Files,
    Format,
    KnownOn,
    Mapping,
    day_of,
)


def make(
    contract: Contract,
    out: Annotated[Path, typer.Option("--out", metavar="DIR")],
    people: Annotated[int, typer.Option("--people", metavar="N", min=1)] = 30_000,
    seed: Annotated[int, typer.Option("--seed", metavar="S")] = 1,
    names: Annotated[str, typer.Option("--names", metavar="v5|v6|logical", help="table and column names")] = "v5",
    files: Annotated[Files, typer.Option("--files", help="kind of file")] = Files.PARQUET,
    truth: Annotated[Path | None, typer.Option("--truth", metavar="FILE", help="true rates (default: shipped)")] = None,
    improvement: Annotated[
        float | None, typer.Option(min=0, help="0: nothing changes over the years; 1: as in the truth file")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="last day of records (default: the truth's)"),
    ] = None,
    faults: Annotated[Path | None, typer.Option("--faults", metavar="FILE", help="faults to sow")] = None,
    as_: As = Format.TEXT,
) -> None:
    """Made-up records with known truth, byte for byte the same for the same seed."""
    from obc.cli import records

    records.make(
        contract, out, people, seed, names, files.value, truth, improvement, day_of(until), faults, as_ is Format.JSON
    )


def check(
    contract: Contract,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder of records")],
    mapping: Mapping = None,
    known_on: KnownOn = None,
    set_aside: Annotated[
        Path | None,
        typer.Option("--set-aside", metavar="FILE", help="write file, line and reason of each bad row (CSV)"),
    ] = None,
    as_: As = Format.TEXT,
) -> None:
    """Schema, codes, duplicates, dates, completeness: every problem at once."""
    from obc.cli import records

    problems = records.check(contract, folder, mapping, day_of(known_on), set_aside, as_ is Format.JSON)
    raise typer.Exit(output.status_of(problems))


def pseudonymise(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder of records")],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="at least 32 random bytes, kept elsewhere")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="a folder that is not there yet")],
    mapping: Mapping = None,
    as_: As = Format.TEXT,
) -> None:
    """Put keyed pseudonyms in place of every id, and leave behind what no indicator needs."""
    from obc.cli import records

    records.pseudonymise(folder, key, out, mapping, as_ is Format.JSON)


def clusters(
    contract: Contract,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder of records")],
    grid: Annotated[Path, typer.Option("--grid", metavar="FILE", help="ranges of scores by cluster (none ships)")],
    mapping: Mapping = None,
    as_: As = Format.TEXT,
) -> None:
    """How recorded clusters agree with a score grid of yours."""
    from obc.cli import records

    records.clusters(contract, folder, grid, mapping, as_ is Format.JSON)
