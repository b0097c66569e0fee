"""Gaming: what it prints and what it leaves behind."""

from pathlib import Path

from obc.bootstrap import contracts, guarding
from obc.cli import output


def gaming(name: str, values: Path, records: Path | None, mapping: str | None, out: Path | None, as_json: bool) -> None:
    """Say what moved beside the figures of a contract; write the page and its charts where `out` says."""
    from obc.reports.gaming import headline, sentences, summary

    contract = contracts.load_contract(name)
    if records:
        output.say(f"Counting {records} …")
    found = guarding.guard(contract, values, records, mapping)
    written = guarding.write_guarded(found, contract, out) if out else ()
    if as_json:
        output.as_json(
            {
                "contract": contract.id,
                **found.model_dump(mode="json", exclude={"counts"}),
                "raised": len(found.raised),
                "written": [str(path) for path in written],
            }
        )
        return
    print(f"{headline(found)}\n")
    table = summary(found)
    output.table([column.heading for column in table.columns], table.shown_rows, "lrrr")
    if not found.counted:
        print("\nNo records were given: only what values show was looked at. Give --records DIR for the rest.")
    print()
    for line in sentences(found, contract):
        print(f"- {line}")
    if written:
        print(f"\nWrote {written[0]} and {len(written) - 1} files beside it.")
