"""Documents: pages without script that everybody can read, and tagged PDF."""

import io
import itertools
import re

import pytest
from pypdf import PdfReader

from html_reading import ReadPage
from obc.reports.charts.points_bars import Points, points_bars
from obc.reports.document import (
    Code,
    Document,
    Fact,
    Facts,
    Grid,
    Items,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    blocks_of,
    said,
)
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.table import Column, Table

NASTY = '<script>alert("1")</script> #let x = [*bold*] & $y$'
TABLE = Table(
    f"Caption {NASTY}",
    (Column("Outcome"), Column("Points", "points"), Column("Long words here", "text")),
    ((NASTY, 1, "a"), ("b", 2, "a text that is rather long, so that its column shares the line")),
    ("Together", 3, ""),
)
CHART = points_bars("chart", f"Title {NASTY}", f"Sentence {NASTY}", [Points("A", 2, 1, "good")])
WORDS = (NASTY, Strong("strong"), Code("obc verify x"), Link("a link", "other.html"))
DOCUMENT = Document(
    title="A title",
    subtitle="A subtitle",
    foot="The foot.",
    blocks=(
        Paragraph((Strong("Lead"),), lead=True),
        Section(
            "First",
            "first",
            (
                Paragraph(WORDS),
                Facts((Fact("Pot", "£5", "to be had"), Fact("Due", "£2"))),
                Items((("one",), ("two",)), ordered=True),
                Items((("three",),)),
                Note("Mind", ("this",)),
                Section("Inner", "inner", (Grid(TABLE), Picture(CHART))),
            ),
        ),
        *(Section(f"Part {i}", f"part-{i}", (Paragraph(("x",)),)) for i in range(3)),
    ),
)


@pytest.fixture(scope="module")
def read() -> ReadPage:
    return ReadPage(page(DOCUMENT))


def test_a_page_holds_no_script_and_fetches_nothing(read):
    content = page(DOCUMENT).decode()
    assert {tag.name for tag in read.tags}.isdisjoint({"script", "link", "iframe", "object", "img", "embed"})
    for tag in read.tags:
        assert not any(name.startswith("on") for name in tag.attributes), tag
        for name in ("src", "href", "action", "xlink:href"):
            assert "//" not in tag.attributes.get(name, ""), tag
    style = re.search(r"<style>(.*?)</style>", content, re.S)[1]
    assert "url(" not in style
    assert "@import" not in style
    policy = next(tag for tag in read.named("meta") if "http-equiv" in tag.attributes)
    assert policy.attributes["content"].startswith("default-src 'none'")


def test_what_is_said_is_never_run(read):
    assert read.text.count(NASTY) >= 3
    assert "alert" not in "".join(tag.name for tag in read.tags)


def test_a_page_can_be_found_through(read):
    assert read.named("html")[0].attributes["lang"] == "en-GB"
    assert [tag.name for tag in read.tags if tag.name in ("main", "header", "footer", "nav")] == [
        "header",
        "main",
        "nav",
        "footer",
    ]
    skip = read.named("a")[0].attributes
    ids = [tag.attributes["id"] for tag in read.tags if "id" in tag.attributes]
    assert skip["class"] == "skip"
    assert len(ids) == len(set(ids))
    for tag in read.named("a"):
        target = tag.attributes["href"]
        assert not target.startswith("#") or target[1:] in ids
    for tag in read.tags:
        for one in tag.attributes.get("aria-labelledby", "").split():
            assert one in ids


def test_headings_go_down_one_at_a_time(read):
    levels = [int(tag.name[1]) for tag in read.tags if re.fullmatch(r"h[1-6]", tag.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(levels))


def test_a_table_has_a_caption_and_says_what_heads_what(read):
    assert len(read.named("caption")) == len(read.named("table")) == 2
    scopes = {tag.attributes.get("scope") for tag in read.named("th")}
    assert scopes == {"col", "row"}
    table = read.table("Caption")
    assert table.rows[0] == ["Outcome", "Points", "Long words here"]
    assert table.rows[1] == [NASTY, "1", "a"]
    assert table.rows[-1] == ["Together", "3", ""]


def test_a_picture_is_an_image_with_its_numbers_below(read):
    svg = read.named("svg")[0].attributes
    assert (svg["role"], svg["aria-labelledby"]) == ("img", "chart-title chart-desc")
    assert read.named("details")
    assert read.table("Title").rows[1] == ["A", "2", "1", "good"]


def test_short_documents_have_no_contents():
    short = Document("T", "S", DOCUMENT.blocks[:2], "F")
    assert not ReadPage(page(short)).named("nav")


@pytest.fixture(scope="module")
def pages() -> PdfReader:
    return PdfReader(io.BytesIO(pdf(DOCUMENT)))


def test_a_pdf_is_tagged_titled_and_says_its_language(pages):
    root = pages.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/K"]
    assert str(root["/Lang"]).startswith("en")
    assert pages.metadata.title == "A title"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def _tags(node, found):
    node = node.get_object()
    if isinstance(node, list):
        for item in node:
            _tags(item, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append((str(node["/S"]), node.get("/Alt")))
        if "/K" in node:
            _tags(node["/K"], found) if not isinstance(node["/K"], int) else None
    return found


def test_a_pdf_has_headings_tables_and_described_pictures(pages):
    found = _tags(pages.trailer["/Root"]["/StructTreeRoot"]["/K"], [])
    names = [name for name, _ in found]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure"} <= set(names)
    assert CHART.sentence in [alt for name, alt in found if name == "/Figure"]


def test_a_pdf_says_the_same_and_brings_its_fonts(pages):
    text = " ".join(one.extract_text() for one in pages.pages)
    assert 'alert("1")' in text.replace("“", '"').replace("”", '"')
    assert "obc verify x" in text
    assert "Together" in text
    fonts = [font.get_object() for font in pages.pages[0]["/Resources"]["/Font"].values()]
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_same_document_gives_the_same_bytes():
    assert pdf(DOCUMENT) == pdf(DOCUMENT)
    assert page(DOCUMENT) == page(DOCUMENT)
    assert "/CreationDate" not in PdfReader(io.BytesIO(pdf(DOCUMENT))).metadata


def test_blocks_are_walked_in_order():
    kinds = [block.kind for block in blocks_of(DOCUMENT)]
    assert kinds[:3] == ["paragraph", "section", "paragraph"]
    assert kinds.count("section") == 5
    assert said(WORDS) == f"{NASTY}strongobc verify xa link"


def test_files_are_whole_or_absent(tmp_path, monkeypatch):
    assert file_all(tmp_path / "new", {"a/b.txt": b"old"}) == (tmp_path / "new" / "a" / "b.txt",)

    def broken(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("pathlib.Path.replace", broken)
    with pytest.raises(OSError, match="no space"):
        file_all(tmp_path / "new", {"a/b.txt": b"new"})
    assert [path.name for path in (tmp_path / "new" / "a").iterdir()] == ["b.txt"]
    assert (tmp_path / "new" / "a" / "b.txt").read_bytes() == b"old"
