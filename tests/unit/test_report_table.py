"""Tables: shown to people, read by programs, harmless in spreadsheets."""

import csv
import io
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from obc.reports.spreadsheet import workbook
from obc.reports.table import Column, Table, as_csv, harmless

COLUMNS = (Column("What"), Column("Count", "count"), Column("Share", "percent"), Column("Due", "money"))
TABLE = Table(
    "Sums",
    COLUMNS,
    (("=1+1", 1234, Fraction(1, 3), 123456), ("plain", "suppressed", "not measurable", -5)),
    ("Together", 1234, "", 123451),
)


def test_a_table_shows_numbers_by_kind_and_words_as_they_are():
    assert TABLE.shown_rows == (
        ("=1+1", "1,234", "33.3%", "£1,234.56"),
        ("plain", "suppressed", "not measurable", "−£0.05"),
    )
    assert TABLE.shown_total == ("Together", "1,234", "", "£1,234.51")


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="a row of 1 cells in a table of 4 columns"):
        Table("Sums", COLUMNS, (("alone",),))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text):
    assert harmless(text) == f"'{text}"
    assert (
        next(csv.reader(io.StringIO(as_csv(("a",), ((text,),)).decode().split("\r\n", 1)[1], newline="")))[0][0] == "'"
    )


@pytest.mark.parametrize("text", ["", "plain", "a=b", "£5", "−5"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_csv_gives_numbers_as_plain_decimals():
    rows = list(
        csv.reader(io.StringIO(as_csv(("what", "n"), (("a", -5), ("b", Fraction(1, 3)), ("c", "none"))).decode()))
    )
    assert rows == [["what", "n"], ["a", "-5"], ["b", "0.3333333333"], ["c", "none"]]


def _sheet(content: bytes, number: int) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{number}.xml"))


_SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def test_a_workbook_has_notes_first_and_no_formula_or_link():
    made = workbook("Ledger", ("What this is.",), (("Sums", TABLE),))
    for number in (1, 2):
        sheet = _sheet(made, number)
        assert sheet.findall(".//x:f", _SPACE) == []
        assert sheet.findall(".//x:hyperlink", _SPACE) == []
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        names = ElementTree.fromstring(packed.read("xl/workbook.xml")).findall(".//x:sheet", _SPACE)
        assert [name.get("name") for name in names] == ["Notes", "Sums"]
        assert b"=1+1" in packed.read("xl/sharedStrings.xml")


def test_a_workbook_holds_numbers_as_numbers_in_the_major_unit():
    cells = {cell.get("r"): cell for cell in _sheet(workbook("T", (), (("Sums", TABLE),)), 2).findall(".//x:c", _SPACE)}
    assert (cells["B4"].get("t"), cells["B4"].find("x:v", _SPACE).text) == (None, "1234")
    assert cells["D4"].find("x:v", _SPACE).text == "1234.56"
    assert cells["D5"].find("x:v", _SPACE).text == "-0.05"
    assert cells["B5"].get("t") == "s"  # 'suppressed' is a word, never 0


def test_the_same_tables_give_the_same_bytes(monkeypatch):
    first = workbook("T", ("note",), (("Sums", TABLE),))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert workbook("T", ("note",), (("Sums", TABLE),)) == first
