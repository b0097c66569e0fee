"""Every table and picture of every page can be taken away by who may see the page, and by nobody else."""

import csv
import io
import re

import pytest

from html_reading import ReadPage
from reading_samples import CONTRACT, made_ready
from web_visits import signed_in

HOME = f"/contracts/{CONTRACT}/"
INDICATOR = "settled-accommodation-one-year"
PROGRAMME = "/programmes/programme-oxfordshire/"
PAGES = (
    ("manager", HOME),
    ("manager", f"{HOME}framework/"),
    ("analyst", f"{HOME}indicators/{INDICATOR}/"),
    ("representative", f"{HOME}indicators/{INDICATOR}/"),
    ("analyst", f"{HOME}indicators/mortality/"),
    ("analyst", f"{HOME}data-quality/"),
    ("board", f"{HOME}submissions/year-1-2/scorecard/"),
    ("finance", f"{HOME}submissions/year-1-2/settlement/"),
    (None, f"{HOME}published/"),
    (None, f"{HOME}published/indicators/{INDICATOR}/"),
    ("accountable-officer", PROGRAMME),
    ("accountable-officer", f"{PROGRAMME}risks/"),
)
TYPES = {
    "csv": ("text/csv; charset=utf-8", b""),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    "png": ("image/png", b"\x89PNG"),
    "svg": ("image/svg+xml", b"<svg"),
    "pdf": ("application/pdf", b"%PDF"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
}


@pytest.fixture(scope="module", autouse=True)
def ready(django, tmp_path_factory):
    from obc.bootstrap import demonstration
    from reading_samples import DAY

    demonstration.load_programme("oxfordshire", DAY)
    return made_ready(tmp_path_factory.mktemp("contract"))


def document_of(content: bytes) -> tuple[ReadPage, list[str]]:
    """The document in a page, and the names of the files that it offers, in order."""
    body = content.split(b'<div class="obc-document">', 1)[1]
    body = body[: _end(body)]
    read = ReadPage(b"<div>" + body + b"</div>")
    return read, [
        t.attributes["href"].removeprefix("?download=")
        for t in read.named("a")
        if "download" in t.attributes.get("href", "")
    ]


def _end(body: bytes) -> int:
    """Where the division that holds the document ends."""
    depth = 1
    for found in re.finditer(rb"<(/?)div\b", body):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    raise AssertionError("the document does not end")


@pytest.mark.parametrize(("user", "path"), PAGES)
def test_every_table_and_picture_of_a_page_can_be_taken_away_as_it_is_shown(user, path):
    client = signed_in(user)
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    read, files = document_of(answer.content)
    tables = [file for file in files if file.endswith(".csv")]
    assert len(tables) == len(read.tables) > 0, (path, [t.caption for t in read.tables], tables)
    assert sum(file.endswith(".svg") for file in files) == len(read.named("figure")), path
    for file, shown in zip(tables, read.tables, strict=True):
        rows = list(csv.reader(io.StringIO(client.get(path, {"download": file}).content.decode())))
        foot = len(shown.rows) - len(rows)
        assert foot in (0, 1), (path, file, len(shown.rows), len(rows))  # a sum at the foot is the page's own
        for given, row in zip(rows, shown.rows, strict=False):
            assert len(given) == len(row), (path, file)
            for cell, told in zip(given, row, strict=True):
                assert _same(cell, told), (path, file, cell, told)


def _same(cell: str, told: str) -> bool:
    """Whether a cell of a file says what the page shows, to as many decimals as the page shows."""
    told = told.strip()
    if told.endswith(cell.removeprefix("'")) or cell.removesuffix(" (GBP)") == told:
        return True
    number = re.search(r"([−-]?)£?([\d,]+(?:\.\d+)?)\s*(%?)$", told)
    if number is None:
        return False
    text = number[2].replace(",", "")
    value = float(text) * (-1 if number[1] else 1) / (100 if number[3] else 1)
    places = len(text.partition(".")[2]) + (2 if number[3] else 0)
    return abs(float(cell) - value) <= 0.500001 * 10**-places


@pytest.mark.parametrize(("user", "path"), [PAGES[2], PAGES[7], PAGES[8]])
def test_each_file_is_of_its_kind_and_is_never_shown_as_a_page_of_ours(user, path):
    client = signed_in(user)
    _, files = document_of(client.get(path).content)
    one_of_each = {file.rpartition(".")[2]: file for file in (*files, "document.pdf", "document.docx")}
    assert set(one_of_each) == set(TYPES)
    for ending, file in one_of_each.items():
        answer = client.get(path, {"download": file})
        kind, opening = TYPES[ending]
        assert answer.status_code == 200 and answer.headers["Content-Type"] == kind, file
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{file}"'
        assert answer.content.startswith(opening), file


def test_a_table_that_is_made_by_hand_is_offered_too():
    client = signed_in("manager")
    content = client.get(f"{HOME}submissions/").content.decode()
    files = re.findall(r'href="\?download=([^"]+\.csv)"', content)
    assert len(files) == content.count("<table")
    rows = list(csv.reader(io.StringIO(client.get(f"{HOME}submissions/", {"download": files[1]}).content.decode())))
    assert [row[0] for row in rows[1:]] == ["year-2", "year-1-2", "year-1"]
    assert b"year-2" not in signed_in("representative").get(f"{HOME}submissions/", {"download": files[1]}).content


DRAWN = (
    ("analyst", f"{HOME}runs/", "asked-for"),
    ("representative", f"{HOME}submissions/year-1-2/", "line-by-line"),
    ("finance", f"{HOME}submissions/year-1-2/", "lines-that-change"),
    ("finance", f"{HOME}submissions/year-1-2/", "money-that-moves"),
    ("manager", "/account/", "sessions"),
    ("administrator", f"{HOME}people/", "roles"),
)


@pytest.mark.parametrize(("user", "path", "name"), DRAWN)
def test_a_table_that_a_page_draws_itself_can_be_taken_away_as_it_is_shown(user, path, name):
    client = signed_in(user)
    if name == "asked-for":
        client.post(path, {"what": "report:contract"})
    content = client.get(path).content
    shown = ReadPage(
        content[content.index(f'<table class="nhsuk-table" id="{name}"'.encode()) :].split(b"</table>")[0] + b"</table>"
    ).tables[0]
    assert f'href="?download={name}.csv"' in content.decode().replace(path, "")
    rows = list(csv.reader(io.StringIO(client.get(path, {"download": f"{name}.csv"}).content.decode())))
    assert len(rows) == len(shown.rows) > 1
    for given, row in zip(rows, shown.rows, strict=True):
        for cell, told in zip(given, row, strict=False):  # a column of buttons at the end is left out
            bare_cell, bare_told = (re.sub(r"[\s,'£]|\(GBP\)|\.00$", "", each) for each in (cell, told))
            assert name == "roles" or bare_cell == bare_told or float(bare_cell) == float(bare_told)
    assert client.get(path, {"download": f"{name}.xlsx"}).content.startswith(b"PK")
    assert client.get(path, {"download": f"{name}.png"}).status_code == 404


def test_amounts_and_counts_of_a_drawn_table_are_numbers_and_a_formula_is_text():
    from obc.web.drawn import taken

    page = """<table id="t"><caption>Flows</caption><tr><th>To</th><th>Amount</th><th>Rows</th><th>Act</th></tr>
      <tr><td>=1+1<br>of <span class="nhsuk-u-visually-hidden">unseen</span>two</td><td>−£1,234.50</td>
      <td>1,200</td><td><form><input>Go<form>on</form></form></td></tr>
      <tr><td>A &amp; B</td><td>£3</td><td>0</td><td></td></tr></table><table><tr><td>nameless</td></tr></table>"""
    assert taken(page, "t.csv").decode().splitlines() == [
        "To,Amount (GBP),Rows",
        '"\'=1+1, of two",-1234.5,1200',
        "A & B,3,0",
    ]
    assert taken(page, "t.png") is None and taken(page, "other.csv") is None


@pytest.mark.parametrize("file", ["no-such.csv", "document.exe", "../../etc/passwd", "", "document.pdf/../x.csv"])
def test_a_file_that_is_not_there_is_not_found(file):
    assert signed_in("analyst").get(f"{HOME}indicators/{INDICATOR}/", {"download": file}).status_code == 404


def test_who_may_not_see_a_page_gets_none_of_its_files():
    for user, path, status in (
        (None, f"{HOME}indicators/{INDICATOR}/", 302),
        ("assessor", f"{HOME}data-quality/", 403),
        ("assessor", f"{HOME}submissions/year-1-2/settlement/", 403),
        ("manager", PROGRAMME, 404),
    ):
        answer = signed_in(user).get(path, {"download": "document.xlsx"})
        assert answer.status_code == status and b"PK" not in answer.content[:4], (user, path)


def test_what_a_page_hides_is_hidden_in_its_files():
    path = f"{HOME}indicators/{INDICATOR}/"
    _, files = document_of(signed_in("representative").get(path).content)
    for user, hides in (("representative", True), ("analyst", False)):
        texts = [signed_in(user).get(path, {"download": f}).content.decode() for f in files if f.endswith(".csv")]
        told = next(text for text in texts if text.startswith("Segment,Counted"))
        assert ("suppressed" in told) == hides and ("3 of 40 people" in told) != hides
