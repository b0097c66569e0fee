"""Data quality: what the command prints and leaves behind."""

from datetime import date
from pathlib import Path
from typing import Any

from obc.bootstrap import contracts, reviewing
from obc.cli import output
from obc.domain.measurement.data_quality.evidence import Shortfall
from obc.domain.measurement.data_quality.review import Review, TableQuality


def data_quality(
    name: str,
    folder: Path,
    out: Path,
    mapping: str | None,
    known_on: date | None,
    months: int,
    providers: list[str],
    as_json: bool,
) -> None:
    """Write the data-quality page of a folder of records and say what falls short."""
    from obc.reports.data_quality import headline

    contract = contracts.load_contract(name)
    output.say(f"Reading {folder} …")
    found, written = reviewing.write_data_quality(contract, folder, mapping, known_on, months, providers, out)
    if as_json:
        output.as_json(_content(contract.id, found, written))
        return
    print(headline(found))
    short = [one for one in found.tables if one.short]
    if short:
        print()
        rows = [(one.provider, one.table, _told(one), str(one.state)) for one in short]
        output.table(("Provider", "Table", "Falls short", "Good for"), rows)
    if known_on is None:
        print(
            "\nGive --known-on, the day the records were taken: without it a table that stopped for all is not noticed."
        )
    print(f"\nWrote {', '.join(path.name for path in written[:3])} and charts to {out}")


def _told(one: TableQuality) -> str:
    return "; ".join(f"{s.measure} {_percent(s)} (asked: {100 * float(s.mark):g} %)" for s in one.short)


def _percent(one: Shortfall) -> str:
    """Rounded down, so that what falls short never reads as if it did not."""
    tenths = int((one.held.share or 0) * 1000)
    return f"{tenths / 10:.1f} %"


def _content(contract: str, found: Review, written: tuple[Path, ...]) -> dict[str, Any]:
    return {
        "contract": contract,
        "period_start": found.period.start,
        "period_end": found.period.end,
        "judged": found.judged,
        "tables": [_table(one) for one in found.tables],
        "months": [{"month": one.first, **_table(one)} for one in found.months],
        "costs": [
            {
                "provider": cost.provider,
                "indicator": cost.indicator,
                "period_start": cost.period.start,
                "period_end": cost.period.end,
                "evidence": cost.state,
                "because": [_short(one) for one in cost.short],
            }
            for cost in found.costs
        ],
        "rows_to_look_for": [one._asdict() for one in found.faulty],
        "malformed": [one.model_dump(mode="json") for one in found.malformed],
        "silences": [one.model_dump(mode="json") for one in found.silences],
        "late": [one.model_dump(mode="json") for one in found.late],
        "written": [str(path) for path in written],
    }


def _table(one: TableQuality) -> dict[str, Any]:
    held = {measure: {"good": held.good, "of": held.of, "silent": held.silent} for measure, held in one.held}
    return {"provider": one.provider, "table": one.table, "evidence": one.state, **held}


def _short(one: Shortfall) -> dict[str, Any]:
    held = {"good": one.held.good, "of": one.held.of, "silent": one.held.silent}
    return {"table": one.table, "measure": one.measure, **held, "asked": float(one.mark), "evidence": one.state}
