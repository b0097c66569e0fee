"""The commands. Each does its heavy imports inside, so that `obc --help` starts at once."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from obc.cli import output
from obc.cli.arguments import (
    As,
    AsKnown,
    Contract,
    Files,
    Format,
    KnownOn,
    Mapping,
    Out,
    Records,
    Special,
    Values,
    Year,
    day_of,
)
from obc.cli.exchange import compare, export

app = typer.Typer(
    name="obc",
    help="Outcomes-based commissioning: from person-level records to a settlement that can be proved.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
contract_app = typer.Typer(help="Look after a contract folder.", no_args_is_help=True, rich_markup_mode=None)
records_app = typer.Typer(help="Make and check person-level records.", no_args_is_help=True, rich_markup_mode=None)
report_app = typer.Typer(
    help="Documents for people: page, PDF, DOCX, workbook.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(contract_app, name="contract")
app.add_typer(report_app, name="report")
app.add_typer(records_app, name="records")
app.command()(compare)
app.command()(export)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR")] = Path("demo-output"),
    people: Annotated[int, typer.Option(min=1_000, help="how many made-up people")] = 30_000,
    seed: Annotated[int, typer.Option(help="same seed, same bytes")] = 1,
    as_: As = Format.TEXT,
) -> None:
    """The Oxfordshire contract from records to statement."""
    from obc.cli.demo import show

    show(out, people, seed, as_json=as_ is Format.JSON)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="lower-case words joined by hyphens")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="in which folder")] = Path(),
) -> None:
    """A contract folder to start from."""
    from obc import bootstrap

    folder = bootstrap.new_contract(name, out)
    print(f"Wrote {folder}. Change it, then run: obc contract check {folder}")


@contract_app.command("check")
def contract_check(contract: Contract, as_: As = Format.TEXT) -> None:
    """All problems of a contract, with file and line."""
    from obc import bootstrap

    problems = bootstrap.check_contract(contract)
    if as_ is Format.JSON:
        output.problems_as_json(problems)
    else:
        output.say_problems(problems)
    raise typer.Exit(output.status_of(problems))


@records_app.command("make")
def records_make(
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


@records_app.command("check")
def records_check(
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


@records_app.command("clusters")
def records_clusters(
    contract: Contract,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder of records")],
    grid: Annotated[Path, typer.Option("--grid", metavar="FILE", help="ranges of scores by cluster (none ships)")],
    mapping: Mapping = None,
    as_: As = Format.TEXT,
) -> None:
    """How recorded clusters agree with a score grid of yours."""
    from obc.cli import records

    records.clusters(contract, folder, grid, mapping, as_ is Format.JSON)


@app.command()
def measure(
    contract: Contract,
    records: Annotated[Path | None, typer.Option("--records", metavar="DIR", help="the folder of records")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="values.parquet (or .csv, .json)")] = None,
    mapping: Mapping = None,
    known_on: KnownOn = None,
    sql: Annotated[bool, typer.Option("--sql", help="print the SQL instead of running it")] = False,
    dialect: Annotated[str, typer.Option(help="of the printed SQL: duckdb, spark, postgres, tsql …")] = "duckdb",
    as_: As = Format.TEXT,
) -> None:
    """Measure every indicator by segment, provider, quarter and year."""
    from obc.cli import measuring

    if sql:
        measuring.show_sql(contract, dialect)
    elif records is None:
        raise typer.BadParameter("give the folder of records: --records DIR")
    else:
        measuring.measure(contract, records, out, mapping, day_of(known_on), as_ is Format.JSON)


@app.command()
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


@app.command()
def score(
    contract: Contract,
    values: Values,
    year: Annotated[int, typer.Option("--year", metavar="N", help="the contract year")],
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """Points earned by outcome and indicator."""
    from obc.cli import settling

    settling.score(contract, values, year, out, as_ is Format.JSON)


@app.command()
def settle(
    contract: Contract,
    values: Values,
    year: Year = None,
    as_known: AsKnown = None,
    circumstances: Special = None,
    explain: Annotated[bool, typer.Option("--explain", help="print each number's way through the mechanism")] = False,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """What is due to whom, in every year of the values."""
    from obc.cli import settling

    settling.settle(contract, values, year, day_of(as_known), circumstances, explain, out, as_ is Format.JSON)


@app.command()
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
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """Where a contract year may end, from the values so far."""
    from obc.cli import forecasting

    forecasting.forecast(contract, values, year, runs, seed, worth, scenario, out, as_ is Format.JSON)


@app.command()
def accounts(
    contract: Contract,
    values: Values,
    year: Annotated[int, typer.Option("--year", metavar="N", help="the contract year")],
    known_to: Annotated[
        datetime | None, typer.Option("--to", metavar="DAY", formats=["%Y-%m-%d"], help="the last month ends by it")
    ] = None,
    cost_centres: Annotated[
        Path | None, typer.Option("--cost-centres", metavar="FILE", help="CSV: account, cost_centre")
    ] = None,
    circumstances: Special = None,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same estimates")] = 1,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """Month-end accounts: accruals, the year-end estimate, a journal that reconciles to the statement."""
    from obc.cli import accounting

    accounting.accounts(
        contract, values, year, day_of(known_to), cost_centres, circumstances, seed, out, as_ is Format.JSON
    )


@app.command()
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


@app.command()
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


@report_app.callback()
def _report() -> None:
    """Keeps the kind of report a word of its own, also while there is one kind."""


@report_app.command("business-case")
def report_business_case(
    contract: Contract,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    runs: Annotated[int, typer.Option(min=100, max=1_000_000, help="how often the ranges are drawn")] = 100_000,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same draws")] = 1,
    as_: As = Format.TEXT,
) -> None:
    """The case for change as a document of ten sections, with its charts and its model as a workbook."""
    from obc.cli import case

    case.business_case(contract, out, runs, seed, as_json=as_ is Format.JSON)


@report_app.command("monitoring")
def report_monitoring(
    contract: Contract,
    values: Values,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    rebase: Annotated[
        list[str] | None, typer.Option("--rebase", metavar="'ID DAY REASON'", help="start a chart anew, and why")
    ] = None,
    as_: As = Format.TEXT,
) -> None:
    """Control charts with what has changed, and how many people are missing by the year's end."""
    from obc.cli import monitoring

    monitoring.monitoring(contract, values, rebase or [], out, as_ is Format.JSON)


@app.command()
def restate(
    contract: Contract,
    values: Values,
    against: Annotated[Path, typer.Option("--against", metavar="STATEMENT", help="the statement as it was")],
    circumstances: Special = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """What late data change: a re-run minus the ledger."""
    from obc.cli import settling

    settling.restate(contract, values, against, circumstances, out, as_ is Format.JSON)


@app.command()
def verify(
    statement: Annotated[Path, typer.Argument(metavar="STATEMENT", help="statement.json, signatures beside it")],
    contract: Annotated[
        str | None, typer.Option("--contract", metavar="CONTRACT", help="check the keys it lists")
    ] = None,
    as_: As = Format.TEXT,
) -> None:
    """Check a statement and its signatures, offline."""
    from obc.cli import settling

    raise typer.Exit(settling.verify(statement, contract, as_ is Format.JSON))


@app.command()
def sign(
    statement: Annotated[Path, typer.Argument(metavar="STATEMENT", help="statement.json")],
    party: Annotated[str, typer.Option("--party", metavar="ID", help="the party of the contract that signs")],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="its private key, as 'obc key' wrote it")],
) -> None:
    """Sign a statement for a party: a file beside it."""
    from obc import bootstrap

    print(f"Wrote {bootstrap.sign(statement, party, key)}")


@app.command()
def key(out: Annotated[Path, typer.Argument(metavar="FILE", help="where to keep the private key")]) -> None:
    """A new pair of keys to sign with."""
    from obc import bootstrap

    print(f"Wrote the private key {out}: keep it secret. List the public key in contract.yaml:")
    print(f"    public key: {bootstrap.new_key(out)}")


def run() -> None:
    """The entry point: problems of the input are told all at once and end with status 1."""
    machine = "json" in sys.argv[1:] or "--format=json" in sys.argv[1:]
    try:
        app()
    except Exception as error:  # `Problems` by what it carries: importing its class would slow `obc --help`
        problems = getattr(error, "problems", None)
        if problems is None:
            raise
        if machine:
            output.problems_as_json(problems)
        else:
            output.say_problems(problems)
        sys.exit(output.INPUT_HAS_PROBLEMS)


if __name__ == "__main__":
    run()
