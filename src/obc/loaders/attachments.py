"""Papers that somebody attaches as evidence: what kind they really are, and that they hold nothing they must not."""

from pathlib import Path
from typing import Literal

from obc.domain.core.kernel.problem import refusal
from obc.loaders.personal import ENOUGH, nhs_numbers, personal_columns
from obc.loaders.return_file import rows_of_csv
from obc.loaders.workbook import read_workbook

LARGEST = 2_000_000
"""Bytes of a paper."""
Kind = Literal["PDF", "CSV", "XLSX", "PNG"]
_KINDS: dict[str, Kind] = {".pdf": "PDF", ".csv": "CSV", ".xlsx": "XLSX", ".png": "PNG"}
_BEGINS = {"PDF": b"%PDF-", "PNG": b"\x89PNG\r\n\x1a\n", "XLSX": b"PK\x03\x04"}


def checked_attachment(name: str, content: bytes) -> Kind:
    """The kind of a paper. Raises `Problems` where it is too large, another kind than its name says, or holds people.

    Tables are read: headings under which details of people stand, and numbers that check out as NHS numbers, are
    refused. Nobody reads a PDF or a picture for its sender: who attaches one answers for what it shows.
    """
    kind = _KINDS.get(Path(name).suffix.lower())
    if kind is None:
        raise refusal(name, "the file", f"the ending '{Path(name).suffix[:10]}'", "attach a .pdf, .csv, .xlsx or .png")
    if len(content) > LARGEST:
        raise refusal(name, "the file", f"{len(content):,} bytes", f"attach up to {LARGEST:,} bytes")
    if not content.startswith(_BEGINS.get(kind, b"")) or not content:
        raise refusal(name, "the file", f"no {kind}, whatever its ending says", "attach the file that it should be")
    if kind in ("CSV", "XLSX"):
        sheets = [rows_of_csv(name, content)] if kind == "CSV" else [one.rows for one in read_workbook(name, content)]
        rows = [row for sheet in sheets for row in sheet]
        found = [heading for row in rows[:20] for heading in personal_columns(row)]
        if found or nhs_numbers(rows) >= ENOUGH:
            what = f"a column '{found[0][:40]}'" if found else "numbers that look like NHS numbers"
            raise refusal(name, "the file", what, "attach counts only: no record of a person may be sent here")
    return kind
