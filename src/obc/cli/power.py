"""Power: what is paid for chance, on the terminal and as files."""

from pathlib import Path

from obc.bootstrap import contracts, watching
from obc.cli import output


def power(name: str, values: Path | None, assumed: int | None, within: float, out: Path | None, as_json: bool) -> None:
    """Print what each threshold pays for chance; write the page and its charts where `out` says."""
    from obc.reports.power import headline, sentences, years_table

    contract = contracts.load_contract(name)
    price = watching.power(contract, values, assumed, within)
    written = watching.write_power(price, contract, out) if out else ()
    if as_json:
        output.as_json(
            {
                **price.model_dump(mode="json"),
                "to_be_had_minor": price.to_be_had_minor,
                "for_chance_minor": price.for_chance_minor,
                "written": [str(path) for path in written],
            }
        )
        return
    print(f"{headline(price)}\n")
    table = years_table(price)
    output.table([column.heading for column in table.columns], table.shown_rows, "l" + "r" * (len(table.columns) - 1))
    year = price.dearest
    if year is not None:
        print(f"\nThe thresholds of year {year.chance.year}, if nothing changed at all:")
        for line in sentences(year, contract):
            print(f"- {line}")
    if written:
        print(f"\nWrote {written[0]} and {len(written) - 1} files of charts beside it.")
