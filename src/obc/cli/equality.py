"""Equality: what it prints and what it leaves behind."""

from pathlib import Path

from obc.bootstrap import contracts, equality
from obc.cli import output


def divide(
    name: str,
    records: Path,
    mapping: str | None,
    deprivation: Path | None,
    column: str,
    year: int | None,
    profile: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Say which people's figures differ by more than chance; write the page where `out` says."""
    from obc.reports.equality import beyond_table, headline

    contract = contracts.load_contract(name)
    output.say(f"Reading {records} …")
    progress = output.Progress("Measuring")
    found = equality.divide(contract, records, mapping, deprivation, column, year, profile, progress)
    written = equality.write_divided(found, contract, out) if out else ()
    if as_json:
        output.as_json(
            {
                "contract": contract.id,
                "year": found.year,
                "profile": found.profile,
                "splits": [one.model_dump(mode="json") for one in found.splits],
                "written": [str(path) for path in written],
            }
        )
        return
    print(f"Year {found.year}: {headline(found.splits)}\n")
    table = beyond_table(found.splits, {one.id: one.title for one in contract.definitions})
    output.table([column.heading for column in table.columns], table.shown_rows, "lllrl")
    if deprivation is None:
        print("\nBy deprivation: give --deprivation FILE, a CSV of small areas with their tenth.")
    if written:
        print(f"\nWrote {written[0]} and {len(written) - 1} files beside it.")
