"""Tables as a workbook: a sheet each, after a sheet of notes that says what they are."""

import io
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

import xlsxwriter

from obc.reports.table import Cell, Column, Table

_CREATED = datetime(2000, 1, 1)
"""A fixed day in the file's properties, so that the same tables give the same bytes."""
_SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def workbook(title: str, notes: Sequence[str], sheets: Sequence[tuple[str, Table]]) -> bytes:
    """The bytes of an .xlsx file. Text is written as text: nothing in it can become a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": _CREATED})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet("Notes")
        first.set_column(0, 0, 100, wrapped)
        first.write_string(0, 0, title, bold)
        for i, note in enumerate(notes, 1):
            first.write_string(i, 0, note, wrapped)
        for name, table in sheets:
            _sheet(book, name, table, bold, wrapped)
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, table: Table, bold: object, wrapped: object) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, table.caption, book.add_format({"bold": True}))
    for x, column in enumerate(table.columns):
        widest = max([len(column.heading), *(len(row[x]) for row in table.shown_rows)])
        sheet.set_column(x, x, min(max(10, widest + 2), 60))
        sheet.write_string(2, x, column.heading, bold)
    sheet.freeze_panes(3, 1)
    formats = [book.add_format({"num_format": _format(column, table.currency)}) for column in table.columns]
    totals = [
        book.add_format({"num_format": _format(column, table.currency), "bold": True, "top": 1})
        for column in table.columns
    ]
    for y, row in enumerate(table.rows, 3):
        _row(sheet, y, row, table.columns, formats)
    if table.total:
        _row(sheet, 3 + len(table.rows), table.total, table.columns, totals)


def _row(sheet: object, y: int, row: tuple[Cell, ...], columns: tuple[Column, ...], formats: Sequence[object]) -> None:
    for x, (cell, column) in enumerate(zip(row, columns, strict=True)):
        if isinstance(cell, str):
            sheet.write_string(y, x, cell, formats[x])
        else:
            sheet.write_number(y, x, float(Fraction(cell) / (100 if column.kind == "money" else 1)), formats[x])


def _format(column: Column, currency: str) -> str:
    """The number format: amounts are written in the major unit, shares as per cent."""
    decimals = f".{'0' * column.places}" if column.places else ""
    match column.kind:
        case "text":
            return "@"
        case "money":
            return f"[${_SIGNS.get(currency, currency + ' ')}]#,##0.00"
        case "percent":
            return f"0.{'0' * (column.places or 1)}%"
        case "points":
            return "0.##"
        case _:
            return f"#,##0{decimals}"
