"""Monitoring: what it prints and what it leaves behind."""

from pathlib import Path

from obc.bootstrap import contracts, watching
from obc.cli import output


def monitoring(name: str, values: Path, rebased: list[str], out: Path, profile: str, as_json: bool) -> None:
    """Write the control charts of a contract's indicators and say what has changed."""
    from obc.reports.monitoring import headline

    contract = contracts.load_contract(name)
    found, written = watching.write_monitoring(contract, values, rebased, out, profile)
    if as_json:
        output.as_json(
            {
                "contract": contract.id,
                "year": found.year,
                "profile": profile,
                "indicators": [one.model_dump(mode="json") for one in found.found],
                "written": [str(path) for path in written],
            }
        )
        return
    print(headline(found.found))
    print(f"Wrote {written[0]} and {len(written) - 1} files of charts beside it.")
