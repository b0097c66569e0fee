"""The journal as rows for a finance system."""

from collections.abc import Iterable
from pathlib import Path

from obc.domain.money.settlement.accrual import JournalLine
from obc.reports.filing import file_all
from obc.reports.table import Cell, as_csv

FIELDS = ("posted", "cost_centre", "account", "debit_minor", "credit_minor", "currency", "text")


def write_journal(lines: Iterable[JournalLine], currency: str, year: int, folder: Path) -> Path:
    """Write `journal-year-N.csv`: one row a posting, debits and credits in whole minor units. Returns its path."""
    rows: list[tuple[Cell, ...]] = [
        (
            line.posted.isoformat(),
            line.cost_centre,
            line.account,
            line.debit_minor,
            line.credit_minor,
            currency,
            line.text,
        )
        for line in lines
    ]
    return file_all(folder, {f"journal-year-{year}.csv": as_csv(FIELDS, rows)})[0]
