"""Row quality: how good the rows of a table are, by provider and month, and where the bad ones stand."""

from datetime import date
from typing import NamedTuple

from obc.domain.measurement.records.reasons import Reason


class RowQuality(NamedTuple):
    """The current rows of one table, provider and month: those neither superseded nor left out, good and bad alike.

    `month` is the first day of that in which a row happened, or was sent where no day can be read; None where neither
    is known, or the table has no days. `unfilled`: rows with a required column empty. `sent`: rows of which it is
    known when they were first sent; `late` of them. `filled`: how many hold a usable value in each column that need
    not be filled. A row may have several faults.
    """

    table: str
    provider: str
    month: date | None
    rows: int
    unfilled: int
    invalid: int
    inconsistent: int
    sent: int
    late: int
    filled: tuple[tuple[str, int], ...]


class FaultyRows(NamedTuple):
    """Rows of one provider and file with one fault, and where to look for the first of them.

    `columns` are ours, `called` is what the file calls them. `lines` count lines of a CSV file (1 is the header) or
    rows of a Parquet file. Nothing of what the rows say is here. `cure`: what to do about it.
    """

    table: str
    provider: str
    file: str
    reason: Reason
    columns: tuple[str, ...]
    called: tuple[str, ...]
    rows: int
    lines: tuple[int, ...]
    first_month: date | None
    last_month: date | None
    cure: str
