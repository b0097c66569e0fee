"""Reviewing records: how good they are, and what that costs."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from obc.bootstrap.measuring import records_of
from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.data_quality.review import Review
from obc.services.data_quality import review_records


def write_data_quality(
    contract: Contract,
    folder: Path,
    mapping: str | None,
    known_on: date | None,
    months: int,
    providers: Sequence[str],
    out: Path,
) -> tuple[Review, tuple[Path, ...]]:
    """Review a folder of records and write the page, the PDF and the workbook."""
    from obc.reports.data_quality import write_data_quality as write

    with records_of(contract, folder, mapping, known_on) as records:
        found = review_records(contract, records, months, providers, known_on)
    return found, write(found, contract, out)
