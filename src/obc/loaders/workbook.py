"""Reading a workbook: the text of its cells, after it was looked through. Formulas, macros and bombs are refused."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.loaders.sent_package import parts_of

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 60, 400_000
"""What a sheet of figures may have. Readers make room for every cell up to the last one, filled or not."""
MOST_NAMED = 10
"""Formulas that are named one by one."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_UTF_8 = re.compile(rb"""(\xef\xbb\xbf)?\s*<(?!\?xml[^>]*encoding\s*=\s*["'](?!(utf-8|us-ascii)["']))""", re.IGNORECASE)
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows as text, as people would read the cells; what is empty is an empty text."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx file. Raises `Problems`: everything that must not be in it, with its cell."""
    parts = parts_of(name, content)
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise refusal(name, "the file", "a packed file that is no workbook", "save the figures as .xlsx")
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        raise refusal(name, "the file", "a workbook with macros", "save it as .xlsx without macros")
    for part, text in parts.items():
        written = part.endswith((".xml", ".rels")) or text[:100].lstrip().startswith(b"<") or b"sheetData" in text
        if written and (_DECLARED.search(text) or b"\x00" in text or not _UTF_8.match(text)):
            raise refusal(name, "the file", "declarations that no workbook has", "save it again as .xlsx")
    problems = list(_wrong_cells(name, parts))
    if problems:
        raise Problems(tuple(problems))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return tuple(
                Sheet(one, tuple(tuple(_text(cell) for cell in row) for row in _rows(book, one)))
                for one in book.sheet_names
            )
    except (CalamineError, ValueError, OSError) as error:
        raise refusal(name, "the file", "a workbook that cannot be read", "save it again as .xlsx") from error


def column_letters(number: int) -> str:
    """What a spreadsheet calls its column; the first one is 0."""
    letters = ""
    number += 1
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def _rows(book: CalamineWorkbook, sheet: str) -> list[list[object]]:
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _wrong_cells(name: str, parts: dict[str, bytes]) -> Iterator[Problem]:
    sheets = _sheets(name, parts)
    for part in sorted(parts):
        if b"sheetData" not in parts[part]:
            continue
        title = sheets.get(part, part)
        rows, columns, cells, formulas = _looked_through(name, parts[part])
        if rows > MOST_ROWS or columns > MOST_COLUMNS or cells > MOST_CELLS:
            found = f"cells as far as row {rows:,}, column {columns:,}"
            expected = f"keep to {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            yield Problem(file=name, where=f"sheet {title}", found=found, expected=expected)
        for row, reference in formulas[:MOST_NAMED]:
            yield Problem(
                file=f"{name}, sheet {title}",
                line=row,
                where=f"cell {reference}",
                found="a formula",
                expected="write the number itself: copy, then paste as values",
            )
        if len(formulas) > MOST_NAMED:
            found = f"{len(formulas) - MOST_NAMED} formulas more"
            yield Problem(file=name, where=f"sheet {title}", found=found, expected="paste them as values, too")


def _looked_through(name: str, sheet: bytes) -> tuple[int, int, int, list[tuple[int, str]]]:
    """The last row and column with a cell, how many cells there are, and the cells with a formula."""
    rows = columns = cells = row = column = 0
    formulas: list[tuple[int, str]] = []
    reference = ""
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(sheet), events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag == "row":
                given = element.get("r") or ""
                row, column = int(given) if given.isdecimal() and len(given) < 9 else row + 1, 0
            elif event == "start" and tag == "c":
                found = _REFERENCE.fullmatch(element.get("r") or "")
                if found:
                    row, column = int(found[2]), _number(found[1])
                else:
                    column += 1
                cells += 1
                reference = f"{column_letters(column - 1)}{row}"
                rows, columns = max(rows, row), max(columns, column)
            elif event == "start" and tag == "f":
                formulas.append((row, reference))
            elif event == "end" and tag == "row":
                element.clear()
    except ElementTree.ParseError as error:
        raise refusal(name, "the file", "a sheet that cannot be read", "save it again as .xlsx") from error
    return rows, columns, cells, formulas


def _sheets(name: str, parts: dict[str, bytes]) -> dict[str, str]:
    """What each sheet is called, by the part that holds it."""
    try:
        links = ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
        targets = {one.get("Id"): (one.get("Target") or "").lstrip("/").removeprefix("xl/") for one in links}
        found = {}
        for element in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
            if element.tag.endswith("}sheet"):
                link = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
                found[f"xl/{targets.get(link, '')}"] = (element.get("name") or "")[:40]
        return found
    except ElementTree.ParseError as error:
        raise refusal(name, "the file", "a workbook that cannot be read", "save it again as .xlsx") from error


def _number(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - ord("A") + 1
    return total


def _text(cell: object) -> str:
    match cell:
        case bool():
            return str(cell).lower()
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()
