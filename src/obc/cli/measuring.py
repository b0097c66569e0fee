"""Measure and explain: what the commands print."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from obc.bootstrap import contracts, measuring, measuring_on_spark
from obc.cli import output
from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.explain import explanation
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.measurement.segmentation.membership import SegmentCounts
from obc.engine.dialects.rendering import DIALECTS
from obc.engine.values_file import json_row, write_values
from obc.services.measure import Measured, Records, measure_contract


def measure(
    name: str,
    folder: Path,
    out: Path | None,
    mapping: str | None,
    known_on: date | None,
    as_json: bool,
    engine: str = "duckdb",
    keep: Path | None = None,
    nhs_numbers: bool = False,
) -> None:
    """Measure the records of a folder, write the values, say what came out."""
    contract = contracts.load_contract(name)
    measured = measure_folder(contract, folder, mapping, known_on, engine, keep, nhs_numbers)
    if out:
        write_values(measured.values, out)
    if as_json:
        values = sorted(measured.values.values, key=lambda value: value.key)
        output.as_json(
            {
                "contract_hash": contract.hash,
                "records_hash": measured.values.records_hash,
                "values_hash": measured.values.hash,
                "people": measured.people.model_dump(mode="json"),
                "values": [json_row(value) for value in values],
            }
        )
        return
    show_people(measured.people, contract)
    print()
    _show_values(contract, measured.values.values)
    if out:
        print(f"\nWrote {len(measured.values.values):,} values to {out} ({measured.values.hash})")


def measure_folder(
    contract: Contract,
    folder: Path,
    mapping: str | None,
    known_on: date | None,
    engine: str = "duckdb",
    keep: Path | None = None,
    nhs_numbers: bool = False,
) -> Measured:
    """Read, check and measure a folder of records, with progress; rows set aside are counted aloud."""
    output.say(f"Reading {folder} …")
    with _records(contract, folder, mapping, known_on, engine, keep, nhs_numbers) as records:
        aside = sum(count.set_aside for count in records.report.counts)
        if aside:
            output.say(f"{aside:,} rows are set aside: see 'obc records check'")
        lacking = sorted(contract.segmentation.tables & {*records.report.absent}) if contract.segmentation else []
        if lacking:
            output.say(f"The records have no {', '.join(lacking)}: segment rules that ask for them hold for nobody")
        measured = measure_contract(contract, records, known_on, output.Progress("Measuring"))
        if reuse := getattr(records, "reuse", None):
            output.say(f"{reuse.kept:,} of {reuse.kept + reuse.measured:,} sums were kept, {reuse.measured:,} measured")
        return measured


def _records(
    contract: Contract,
    folder: Path,
    mapping: str | None,
    known_on: date | None,
    engine: str,
    keep: Path | None,
    nhs_numbers: bool,
) -> AbstractContextManager[Records]:
    if engine == "duckdb":
        return measuring.records_of(contract, folder, mapping, known_on, keep, nhs_numbers)
    return measuring_on_spark.records_in(contract, folder, mapping, known_on, nhs_numbers)


def show_people(people: SegmentCounts, contract: Contract) -> None:
    """Where everybody is on the last day, and what decided it."""
    rows = [(rule.status, rule.rule, f"{rule.people:,}") for rule in people.rules]
    print(f"{people.people:,} people in the records on {people.day:%-d %B %Y}; {people.not_alive:,} not alive then")
    output.table(("Scope", "Decided by", "People"), rows, "llr")
    print("In scope: " + ", ".join(f"{count.segment} {count.people:,}" for count in people.segments))


def _show_values(contract: Contract, values: Iterable[IndicatorValue]) -> None:
    whole = [v for v in values if v.segment == ALL and v.provider == ALL]
    years = {(contract.period(year).start, contract.period(year).end): year for year in contract.years}
    rows = []
    for value in sorted(whole, key=lambda v: (v.indicator, v.period_start)):
        year = years.get((value.period_start, value.period_end))
        if year is not None:
            rows.append((value.indicator, f"year {year}", *_cells(value)))
    output.table(
        ("Indicator", "Year", "Numerator", "Denominator", "Unknown", "Value", "95 % interval"), rows, "llrrrrr"
    )


def _cells(value: IndicatorValue) -> tuple[str, ...]:
    if value.value is None or value.lower_95 is None or value.upper_95 is None:
        return "–", "–", "–", value.evidence.value, ""
    scale, sign = (100, " %") if value.measure == "proportion" else (1, "")
    interval = f"{float(value.lower_95) * scale:.1f} to {float(value.upper_95) * scale:.1f}{sign}"
    counts = (f"{float(value.numerator or 0):,.0f}", f"{float(value.denominator or 0):,.0f}", f"{value.unknown or 0:,}")
    return *counts, f"{float(value.value) * scale:.1f}{sign}", interval


def show_sql(name: str, dialect: str) -> None:
    """Print the queries that measure the first contract year."""
    contract = contracts.load_contract(name)
    queries = measuring.sql_of(contract, dialect)
    if not DIALECTS[dialect].run:
        print(f"-- {dialect}: not run. No test runs this text: try it against obc on made-up records first.")
    elif dialect == "databricks":
        print("-- databricks: the tests run this text on Apache Spark, not on Databricks.")
    print("-- It asks the logical tables: see docs/how-to/measure-in-your-own-warehouse.md\n")
    print(measuring.segments_sql_of(contract, dialect))
    print(queries, end="")


def explain(name: str, folder: Path, indicator: str, person: str, mapping: str | None, as_json: bool) -> None:
    """Say why a person is in or out of an indicator, period by period."""
    contract = contracts.load_contract(name)
    output.say(f"Reading {folder} …")
    with measuring.records_of(contract, folder, mapping) as records:
        explained = measuring.explain(contract, records, indicator, person)
    if as_json:
        periods = [
            {
                "period_start": one.period.start,
                "period_end": one.period.end,
                "units": [unit.model_dump(mode="json") for unit in one.units],
            }
            for one in explained
        ]
        output.as_json({"indicator": indicator, "periods": periods})
        return
    definition = contract.definition(indicator)
    print(f"{definition.title}\n{measuring.sentence_of(contract, indicator)}")
    if not explained:
        print("\nThis person has nothing to be counted by in any period.")
    for one in explained:
        print(f"\n{one.period}\n{explanation(definition, one.units)}")
