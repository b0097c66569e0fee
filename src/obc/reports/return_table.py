"""The table that a provider fills in: every indicator and segment of a period, with the columns to write in."""

import io
from collections.abc import Iterator
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.checking import periods_of, segments_of
from obc.domain.contract.workflow.return_lines import COUNTS
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.sentence import sentence
from obc.domain.measurement.indicators.values import ALL
from obc.reports.table import Cell, as_csv

_LABELS = ("indicator", "what is counted", "segment", "provider", "from", "to")
_HEADINGS = (*_LABELS, *COUNTS)
_WIDTHS = (34, 48, 30, 12, 12, 12, 14, 14, 12, 18)
_CREATED = datetime(2000, 1, 1)
_TOP, _UNDER, _SQUARES = (len(_LABELS) + COUNTS.index(name) for name in ("numerator", "denominator", "sum of squares"))

_COLUMNS = (
    ("indicator, what is counted", "Which indicator the line is for. Locked: do not change it."),
    ("segment", "Which people the line is about; 'all' is everybody together. Locked."),
    ("provider", "Whose figures; 'all' is all providers together. Locked."),
    ("from, to", "The days that count. Locked."),
    (
        "numerator",
        "A proportion: of how many of the denominator it holds. A rate: how many events. A mean: the scores added up.",
    ),
    (
        "denominator",
        "A proportion or a mean: how many people, referrals or answers were looked at. A rate: the days that people "
        "were members, added up over all of them.",
    ),
    ("unknown", "Of the denominator, those whose record does not say. May stay empty."),
    (
        "sum of squares",
        "For a mean only: square each score, then add up. It says how far the scores lie apart, so that the interval "
        "can be worked out. Grey where it is not asked for.",
    ),
)


def return_csv(contract: Contract, year: int, quarter: int | None, *, by_provider: bool) -> bytes:
    """The table as CSV, its count columns empty."""
    empty = ("",) * len(COUNTS)
    return as_csv(_HEADINGS, ((*labels, *empty) for _, labels in _lines(contract, year, quarter, by_provider)))


def return_xlsx(contract: Contract, year: int, quarter: int | None, *, by_provider: bool) -> bytes:
    """The table as a workbook: labels locked, cells to fill in open, a sheet of notes that explains each column."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"{contract.agreement.title}: figures", "created": _CREATED})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "locked": True})
        label = book.add_format({"text_wrap": True, "valign": "top", "locked": True, "bg_color": "#f0f4f5"})
        given = book.add_format({"locked": False, "border": 1, "num_format": "0.######"})
        wrong = book.add_format({"bg_color": "#fad1d1", "bold": True})
        sheet = book.add_worksheet("Figures")
        for x, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(x, x, width)
            sheet.write_string(0, x, heading, bold)
        lines = list(_lines(contract, year, quarter, by_provider))
        for y, (definition, labels) in enumerate(lines, start=1):
            for x, text in enumerate(labels):
                sheet.write_string(y, x, str(text), label)
            for x in range(len(_LABELS), len(_HEADINGS)):
                sheet.write_blank(y, x, None, given if x != _SQUARES or definition.measure == "mean" else label)
        _guard(sheet, lines, wrong)
        _notes(book.add_worksheet("Notes"), contract, bold, book.add_format({"text_wrap": True, "valign": "top"}))
    return out.getvalue()


def _lines(
    contract: Contract, year: int, quarter: int | None, by_provider: bool
) -> Iterator[tuple[IndicatorDefinition, tuple[Cell, ...]]]:
    period = periods_of(contract, year, quarter)[0]
    named = [one.code or one.id for one in contract.agreement.providers] if by_provider else []
    for definition in contract.definitions:
        for segment in segments_of(contract):
            for provider in (ALL, *named):
                days = (period.start.isoformat(), period.end.isoformat())
                yield definition, (definition.id, definition.title, segment, provider, *days)


def _guard(sheet: Worksheet, lines: list[tuple[IndicatorDefinition, tuple[Cell, ...]]], wrong: Format) -> None:
    """Only counts of nought or more go in, and a numerator above its denominator turns red while it is typed."""
    last = max(len(lines), 1)
    rule = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "input_title": "A count",
        "input_message": "Leave it empty where there is no figure: it counts as missing, never as nought.",
        "error_title": "Not a count",
        "error_message": "Write a number of 0 or more, without words.",
    }
    sheet.data_validation(1, len(_LABELS), last, len(_HEADINGS) - 1, rule)
    for y, (definition, _) in enumerate(lines, start=1):
        if definition.measure == "proportion":
            top, under = f"${_letter(_TOP)}{y + 1}", f"${_letter(_UNDER)}{y + 1}"
            test = {"type": "formula", "criteria": f'=AND({top}<>"",{top}>{under})', "format": wrong}
            sheet.conditional_format(y, _TOP, y, _UNDER, test)
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    sheet.autofilter(0, 0, last, len(_HEADINGS) - 1)


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _notes(sheet: Worksheet, contract: Contract, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 34, wrapped)
    sheet.set_column(1, 1, 110, wrapped)
    rows = [
        ("How to fill it in", "Write counts into the white cells of the sheet 'Figures', and nothing else anywhere."),
        ("Never", "No row about a person, no name, no number of a person. Counts only."),
        *_COLUMNS,
    ]
    lists = {one.id: one for one in contract.code_lists}
    rows += [(one.id, sentence(one, lists)) for one in contract.definitions]
    for y, (what, says) in enumerate(rows):
        sheet.write_string(y, 0, what, bold)
        sheet.write_string(y, 1, says, wrapped)
    sheet.protect()
