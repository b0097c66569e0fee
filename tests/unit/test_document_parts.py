"""The tables and pictures of a document as files: each by its name, equal to what the page shows."""

import csv
import io
import zipfile
from decimal import Decimal

from html_reading import ReadPage
from obc.domain.outcomes.monitoring.equality import Part, Split
from obc.reports.charts.parts_dots import parts_dots
from obc.reports.document import Document, Grid, Picture, Section
from obc.reports.page import fragment, page
from obc.reports.parts import Parts
from obc.reports.table import Column, Table

PAID = Table(
    caption="What is paid",
    columns=(Column("Party"), Column("Due", "money"), Column("Share", "percent", 1)),
    rows=(("The trust", 123_456, Decimal("0.75")), ("=cmd()", 41_152, "missing")),
    total=("Together", 164_608, ""),
)
AGAIN = Table(caption="What is paid", columns=(Column("Party"),), rows=(("The alliance",),))
SPLIT = Split(
    indicator="home",
    division="sex",
    whole=Decimal("0.5"),
    parts=(Part(name="women", numerator=Decimal(5), denominator=Decimal(9), value=Decimal("0.55")),),
)
CHART = parts_dots("split-home", "By sex", "Everybody: 50%.", SPLIT, ["Women"])
DOCUMENT = Document(
    "Paid", "A year", (Grid(PAID), Section("More", "more", (Grid(AGAIN), Picture(CHART)))), "Made with obc."
)
PARTS = Parts(DOCUMENT)


def test_every_table_and_picture_is_offered_once_under_a_name_of_its_own():
    assert PARTS.files == (
        "document.pdf",
        "document.docx",
        "document.xlsx",
        "what-is-paid.csv",
        "what-is-paid.xlsx",
        "what-is-paid-2.csv",
        "what-is-paid-2.xlsx",
        "split-home.csv",
        "split-home.xlsx",
        "split-home.png",
        "split-home.svg",
    )


def test_amounts_are_in_the_unit_that_the_page_shows_and_text_runs_nothing():
    rows = list(csv.reader(io.StringIO(PARTS.file("what-is-paid.csv").decode())))
    assert rows == [
        ["Party", "Due (GBP)", "Share"],
        ["The trust", "1234.56", "0.75"],
        ["'=cmd()", "411.52", "missing"],
    ]


def test_each_file_is_of_its_kind_and_what_is_not_there_is_none():
    opening = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "png": b"\x89PNG", "svg": b"<svg"}
    for file in PARTS.files:
        content = PARTS.file(file)
        assert content.startswith(opening.get(file.rpartition(".")[2], b"")), file
    for strange in ("document.csv", "what-is-paid.png", "nothing.csv", "what-is-paid", "", "../what-is-paid.csv"):
        assert PARTS.file(strange) is None, strange


def test_a_workbook_of_tables_with_one_caption_has_a_sheet_for_each():
    with zipfile.ZipFile(io.BytesIO(PARTS.file("document.xlsx"))) as book:
        text = book.read("xl/workbook.xml").decode()
    assert [f'name="{name}"' in text for name in ("What is paid", "What is paid 2", "By sex")] == [True] * 3


def test_a_page_links_each_file_and_a_file_of_ours_links_none():
    read = ReadPage(f"<main>{fragment(DOCUMENT, PARTS)}</main>".encode())
    linked = [tag.attributes["href"] for tag in read.named("a")]
    assert linked == [f"?download={file}" for file in PARTS.files if not file.startswith("document.")]
    assert b"?download=" not in page(DOCUMENT) and "?download=" not in fragment(DOCUMENT)
