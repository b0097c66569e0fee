"""Parts: the tables and pictures of a document, each by its name and as the files that people take away."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from obc.reports.charts.chart import Chart
from obc.reports.document import Document, Grid, Picture, blocks_of
from obc.reports.pdf import pdf
from obc.reports.spreadsheet import workbook
from obc.reports.table import Cell, Table, as_csv
from obc.reports.word import word

WHOLE = "document"
"""The name of the document itself among its parts."""

_LONGEST = 60
"""Letters of a part's name."""
_SHEET = 31
"""Letters of a sheet's name, by the rules of Excel."""


class Parts:
    """The parts of one document. A name is a slug; an ending says which file: `control-home.csv`."""

    def __init__(self, document: Document):
        self._document = document
        self._named: dict[str, Table | Chart] = {}
        self._names: dict[int, str] = {}
        for block in blocks_of(document):
            if isinstance(block, Grid | Picture):
                part = block.table if isinstance(block, Grid) else block.chart
                if id(part) not in self._names:
                    name = self._free(part.caption if isinstance(part, Table) else part.name)
                    self._named[name], self._names[id(part)] = part, name

    def _free(self, words: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", words.lower())[:_LONGEST].strip("-") or "part"
        name, n = slug, 1
        while name in self._named or name == WHOLE:
            n += 1
            name = f"{slug}-{n}"
        return name

    def offered(self, part: Table | Chart) -> tuple[tuple[str, str], ...]:
        """What a part can be taken away as: the kind of file, and its name."""
        name = self._names[id(part)]
        endings = _OF_CHART if isinstance(part, Chart) else _OF_TABLE
        return tuple((ending.upper(), f"{name}.{ending}") for ending in endings)

    @property
    def each(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """What every part can be taken away as, in their order."""
        return tuple(self.offered(part) for part in self._named.values())

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files there are, the document's own first."""
        own = tuple(f"{WHOLE}.{ending}" for ending in _OF_DOCUMENT)
        return own + tuple(file for offered in self.each for _, file in offered)

    def file(self, file: str) -> bytes | None:
        """The bytes of a file by its name; None where there is none."""
        name, _, ending = file.rpartition(".")
        if name == WHOLE and ending in _OF_DOCUMENT:
            return _OF_DOCUMENT[ending](self._document, [*self._named.values()])
        part = self._named.get(name)
        if isinstance(part, Table) and ending in _OF_TABLE:
            return _OF_TABLE[ending](part)
        if isinstance(part, Chart) and ending in _OF_CHART:
            return _OF_CHART[ending](part)
        return None


def table_csv(table: Table) -> bytes:
    """The rows without their sum. Amounts are in the major unit, as on the page, and the heading says which."""
    money = [column.kind == "money" for column in table.columns]
    headings = [
        f"{column.heading} ({table.currency})" if is_money else column.heading
        for column, is_money in zip(table.columns, money, strict=True)
    ]
    rows = (
        [_major(cell) if is_money else cell for cell, is_money in zip(row, money, strict=True)] for row in table.rows
    )
    return as_csv(headings, rows)


def table_book(table: Table) -> bytes:
    """A workbook of one table."""
    return _book(table.caption, (), [table])


def _major(cell: Cell) -> Cell:
    return cell if isinstance(cell, str) else Decimal(int(cell)) / 100


def _book(title: str, notes: Sequence[str], tables: Sequence[Table]) -> bytes:
    names: dict[str, Table] = {}
    for table in tables:
        bare = re.sub(r"[\[\]:*?/\\']+", " ", table.caption)[:_SHEET].strip() or "Table"
        name, n = bare, 1
        while name.lower() in {*map(str.lower, names), "notes", "history"}:
            n += 1
            name = f"{bare[: _SHEET - 4].strip()} {n}"
        names[name] = table
    return workbook(title, notes, [*names.items()])


def _tables(parts: Sequence[Table | Chart]) -> list[Table]:
    return [part.table if isinstance(part, Chart) else part for part in parts]


_OF_TABLE: dict[str, Callable[[Table], bytes]] = {
    "csv": table_csv,
    "xlsx": table_book,
}
_OF_CHART: dict[str, Callable[[Chart], bytes]] = {
    "csv": lambda chart: table_csv(chart.table),
    "xlsx": lambda chart: _book(chart.title, (chart.sentence,), [chart.table]),
    "png": lambda chart: chart.png,
    "svg": lambda chart: chart.svg.encode(),
}
_OF_DOCUMENT: dict[str, Callable[[Document, Sequence[Table | Chart]], bytes]] = {
    "pdf": lambda document, parts: pdf(document),
    "docx": lambda document, parts: word(document),
    "xlsx": lambda document, parts: _book(document.title, (document.subtitle, document.foot), _tables(parts)),
}
