"""Reading a return: a table of counts from a CSV file or a workbook, each line with the place it stood in."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from obc.domain.contract.workflow.place import Place
from obc.domain.contract.workflow.return_lines import COLUMNS, COUNTS, ReturnLine
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.loaders.personal import personal_columns
from obc.loaders.workbook import MOST_COLUMNS, MOST_ROWS, column_letters, read_workbook

FIGURES = "Figures"
"""The sheet that holds the counts; a workbook with one sheet may call it as it likes."""

_OTHER_NAMES = {"period start": "from", "period end": "to"}
_PASSED_OVER = ("what is counted", "measure", "")
"""Columns that are there for people, or that the contract says itself."""


def return_in(name: str, content: bytes) -> tuple[ReturnLine, ...]:
    """The lines of a return, by the ending of its name: .csv or .xlsx. Raises `Problems`."""
    if name.lower().endswith(".xlsx"):
        sheets = read_workbook(name, content)
        sheet = next((one for one in sheets if one.name.casefold() == FIGURES.casefold()), None)
        if sheet is None and len(sheets) == 1:
            sheet = sheets[0]
        if sheet is None:
            found = f"the sheets {', '.join(one.name[:40] for one in sheets)}"
            raise refusal(name, "the file", found, f"call the sheet with the counts '{FIGURES}'")
        return tuple(_lines(f"{name}, sheet {sheet.name[:40]}", sheet.rows, cells=True))
    return tuple(_lines(name, rows_of_csv(name, content), cells=False))


def rows_of_csv(name: str, content: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows of a CSV file in UTF-8. Raises `Problems` for anything else, and for more than a return can be."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(name, "the file", "text that is not UTF-8", "save it as 'CSV UTF-8'") from None
    if "\x00" in text:
        raise refusal(name, "the file", "bytes that are no text", "save the table as 'CSV UTF-8'")
    rows = []
    try:
        for n, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if n > MOST_ROWS or len(row) > MOST_COLUMNS:
                found = f"a line of {len(row):,} cells" if len(row) > MOST_COLUMNS else f"more than {MOST_ROWS:,} lines"
                raise refusal(name, f"line {n}", found, f"keep to {MOST_ROWS:,} lines and {MOST_COLUMNS} columns")
            rows.append(tuple(cell.strip() for cell in row))
    except csv.Error as error:
        raise refusal(name, "the file", f"no CSV ({error})", "save the table as 'CSV UTF-8'") from None
    return tuple(rows)


def _lines(file: str, rows: Sequence[Sequence[str]], *, cells: bool) -> Iterator[ReturnLine]:
    first = next((n for n, row in enumerate(rows) if "indicator" in (_heading(cell) for cell in row)), None)
    if first is None:
        raise refusal(file, "the headings", "no column 'indicator'", f"the columns {', '.join(COLUMNS)}")
    headings = [_heading(cell) for cell in rows[first]]
    _check(file, first + 1, headings, rows[first])
    for n, row in enumerate(rows[first + 1 :], start=first + 2):
        texts = {name: text for name, text in zip(headings, row, strict=False) if name in COLUMNS}
        if any(texts.values()):
            named = {
                name: f"cell {column_letters(x)}{n}, {name}" if cells else f"column {x + 1}, {name}"
                for x, name in enumerate(headings)
                if name in COLUMNS
            }
            about = f"{texts.get('indicator', '')[:60]}, {texts.get('segment', '')[:60] or 'all'}"
            yield ReturnLine(texts, Place(file, n, about, named))


def _heading(cell: str) -> str:
    plain = re.sub(r"[\s_]+", " ", cell).strip().casefold()
    return _OTHER_NAMES.get(plain, plain)


def _check(file: str, line: int, headings: Sequence[str], written: Sequence[str]) -> None:
    problems = [
        Problem(file=file, line=line, where=f"the heading '{one[:40]}'", found="details of people", expected=_NEVER)
        for one in personal_columns(written)
    ]
    known = {*COLUMNS, *_PASSED_OVER}
    strange = [one for one, name in zip(written, headings, strict=True) if name not in known]
    if strange and not problems:
        found, expected = "a column that nobody asked for", f"the columns are {', '.join(COLUMNS)}"
        problems += [
            Problem(file=file, line=line, where=f"the heading '{one[:40]}'", found=found, expected=expected)
            for one in strange[:10]
        ]
    for name in {one for one in headings if one in COLUMNS and headings.count(one) > 1}:
        problems.append(Problem(file=file, line=line, where=name, found="two columns of it", expected="keep one"))
    if not set(headings) & set(COUNTS):
        problems.append(
            Problem(file=file, line=line, where="the headings", found="no column of counts", expected=", ".join(COUNTS))
        )
    if problems:
        raise Problems(tuple(problems))


_NEVER = "counts only: no record of a person may be sent here"
