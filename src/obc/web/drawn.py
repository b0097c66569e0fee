"""Tables that a page draws by hand, taken away as they stand there."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from obc.reports.parts import table_book, table_csv
from obc.reports.table import Cell, Column, Kind, Table

_WRITTEN = {".csv": table_csv, ".xlsx": table_book}
_MONEY = re.compile(r"([−-]?)£([\d,]+)(?:\.(\d\d))?")
_COUNT = re.compile(r"[\d,]*\d")
_ACTS = ("details", "form")
"""What is done in a cell is not what it says."""
_UNSEEN = {"nhsuk-u-visually-hidden", "unseen"}


@dataclass
class _Drawn:
    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)


class _Reading(HTMLParser):
    """The tables of a page that have a name, by it."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, _Drawn] = {}
        self._open: _Drawn | None = None
        self._in: str = ""
        self._skipped = ("", 0)
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table" and given.get("id"):
            self._open = self.tables[str(given["id"])] = _Drawn()
        elif self._open is None:
            return
        elif self._skipped[1]:
            self._skipped = (self._skipped[0], self._skipped[1] + (tag == self._skipped[0]))
        elif tag in _ACTS or _UNSEEN & {*str(given.get("class")).split()}:
            self._skipped = (tag, 1)
        elif tag == "tr":
            self._open.rows.append([])
        elif tag in ("td", "th"):
            self._open.rows[-1].append("")
            self._in = "cell"
        elif tag == "caption":
            self._in = "caption"
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped[1]:
            self._skipped = (self._skipped[0], self._skipped[1] - (tag == self._skipped[0]))
        elif tag in ("td", "th", "caption"):
            self._in = ""
        elif tag == "table":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is None or self._skipped[1]:
            return
        if self._in == "cell":
            self._open.rows[-1][-1] += data
        elif self._in == "caption":
            self._open.caption += data


def taken(page: str, file: str) -> bytes | None:
    """A table of a page as a CSV or XLSX file, by its `id`: `what-changes.csv`. None where there is none.

    It holds what the page shows and no more, so that no right has to be asked twice. A column of amounts or counts
    is written as numbers; every other cell as the words of the page.
    """
    name, dot, ending = file.rpartition(".")
    drawn = _Reading(page).tables.get(name) if dot + ending in _WRITTEN else None
    return None if drawn is None else _WRITTEN[dot + ending](_table(drawn))


def _table(drawn: _Drawn) -> Table:
    headings, *rows = ([_one_line(cell) for cell in row] for row in drawn.rows)
    columns, cells = [], []
    for n, heading in enumerate(headings):
        texts = [row[n] for row in rows]
        if any(texts):  # a column of nothing but buttons says nothing
            kind, read = _read(texts)
            columns.append(Column(heading, kind))
            cells.append(read)
    return Table(caption=_one_line(drawn.caption), columns=tuple(columns), rows=tuple(zip(*cells, strict=True)))


def _one_line(text: str) -> str:
    return ", ".join(filter(None, (" ".join(line.split()) for line in text.strip().split("\n"))))


def _read(texts: list[str]) -> tuple[Kind, list[Cell]]:
    if money := [found for text in texts if (found := _MONEY.fullmatch(text))]:
        if len(money) == len(texts):
            return "money", [(-1 if m[1] else 1) * int(m[2].replace(",", "") + (m[3] or "00")) for m in money]
    elif all(map(_COUNT.fullmatch, texts)):
        return "count", [int(text.replace(",", "")) for text in texts]
    return "text", [*texts]
