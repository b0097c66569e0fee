"""Commands from records to indicator values."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import (
    As,
    Contract,
    Engine,
    Format,
    KnownOn,
    Mapping,
    Records,
    day_of,
)


def measure(
    contract: Contract,
    records: Annotated[Path | None, typer.Option("--records", metavar="DIR", help="the folder of records")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="values.parquet (or .csv, .json)")] = None,
    mapping: Mapping = None,
    known_on: KnownOn = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="duckdb: this machine; spark: logical tables as Parquet, on Apache Spark")
    ] = Engine.DUCKDB,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="keep sums here; measure only what changed since"),
    ] = None,
    nhs_numbers: Annotated[
        bool, typer.Option("--allow-nhs-numbers", help="measure although people are identified by NHS numbers")
    ] = False,
    sql: Annotated[bool, typer.Option("--sql", help="print the SQL instead of running it")] = False,
    dialect: Annotated[
        str, typer.Option(help="of the printed SQL: duckdb, spark, databricks, postgres, snowflake, tsql")
    ] = "duckdb",
    as_: As = Format.TEXT,
) -> None:
    """Measure every indicator by segment, provider, quarter and year."""
    from obc.cli import measuring

    if sql:
        measuring.show_sql(contract, dialect)
    elif records is None:
        raise typer.BadParameter("give the folder of records: --records DIR")
    elif keep and engine is not Engine.DUCKDB:
        raise typer.BadParameter("--keep is for --engine duckdb: a cluster keeps no sums")
    else:
        measuring.measure(
            contract, records, out, mapping, day_of(known_on), as_ is Format.JSON, engine.value, keep, nhs_numbers
        )


def adjust(
    contract: Contract,
    records: Records,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    fit: Annotated[
        bool, typer.Option("--fit", help="fit the models anew and write case_mix.yaml, to be agreed")
    ] = False,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="N", help="the contract year; 0: the one before (default: 0 to fit, else last)"),
    ] = None,
    mapping: Mapping = None,
    as_: As = Format.TEXT,
) -> None:
    """Compare providers as if each looked after the same mix of people."""
    from obc.cli import adjusting

    adjusting.adjust(contract, records, out, fit, year, mapping, as_ is Format.JSON)


def explain(
    contract: Contract,
    records: Records,
    indicator: Annotated[str, typer.Option("--indicator", metavar="ID")],
    person: Annotated[str, typer.Option("--person", metavar="ID")],
    mapping: Mapping = None,
    as_: As = Format.TEXT,
) -> None:
    """Why a person is in or out of an indicator. Shows that person's records: run it where they may be seen."""
    from obc.cli import measuring

    measuring.explain(contract, records, indicator, person, mapping, as_ is Format.JSON)
