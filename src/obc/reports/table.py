"""Tables: one set of rows that a page shows, a spreadsheet calculates with and a program reads."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from obc.domain.core.kernel.rate import spelled
from obc.reports import wording

Kind = Literal["text", "count", "number", "points", "percent", "money"]
"""What a column holds. percent: a share of one. money: whole minor units. A word may stand in any column."""

Cell = str | int | Decimal | Fraction

_PLACES = 10
"""Decimals that a program is given."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it holds and, for numbers, how many decimals people are shown."""

    heading: str
    kind: Kind = "text"
    places: int = 0

    def shown(self, cell: Cell, currency: str) -> str:
        """The cell as people read it. A word is shown as it is."""
        if isinstance(cell, str):
            return cell
        match self.kind:
            case "money":
                return wording.money(int(cell), currency)
            case "percent":
                return wording.percent(cell, self.places or 1)
            case "points":
                return wording.shortest(cell)
            case _:
                return wording.number(cell, self.places)

    @property
    def numeric(self) -> bool:
        """Whether numbers stand in it, to be lined up on the right."""
        return self.kind != "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, columns and rows; the first column names the row. `total` is a last row that sums up."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    currency: str = "GBP"

    def __post_init__(self) -> None:
        """Refuse a row that does not fit: a figure under the wrong heading is worse than none."""
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns: {row!r}")

    def shown(self, row: tuple[Cell, ...]) -> tuple[str, ...]:
        """A row as people read it."""
        return tuple(column.shown(cell, self.currency) for column, cell in zip(self.columns, row, strict=True))

    @property
    def shown_rows(self) -> tuple[tuple[str, ...], ...]:
        """All rows as people read them, without the total."""
        return tuple(self.shown(row) for row in self.rows)

    @property
    def shown_total(self) -> tuple[str, ...] | None:
        """The last row as people read it."""
        return self.shown(self.total) if self.total else None


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run: a leading = + - @ (or tab, line break) gets an apostrophe before it.

    OWASP, CSV injection.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Comma-separated, UTF-8, one heading row, lines ended by CR LF (RFC 4180).

    Numbers are decimals of at most ten places; text is made harmless.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(harmless, headings))
    for row in rows:
        writer.writerow(_plain(cell) for cell in row)
    return out.getvalue().encode()


def _plain(cell: Cell) -> str:
    return harmless(cell) if isinstance(cell, str) else spelled(Fraction(wording.rounded(cell, _PLACES)))
