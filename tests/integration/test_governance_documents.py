"""What --out writes: page, PDF, workbook and charts of gates, plan, portfolio and risks."""

import re
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader

from command import obc
from html_reading import ReadPage

DAY = ("--on", "2013-11-20")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Both documents of the worked programme, as files."""
    out = tmp_path_factory.mktemp("governance")
    for command in ("gates", "risks"):
        ran = obc(command, "oxfordshire", *DAY, "--out", out, "--format", "json")
        assert ran.status == 0 and all((out / path).exists() for path in ran.json["written"]), ran.err
    return out


def page(folder, stem) -> ReadPage:
    return ReadPage((folder / f"{stem}.html").read_bytes())


def test_the_page_of_the_programme_says_what_is_due_first(written):
    read = page(written, "programme")
    assert read.headings[2:4] == ["Due within 6 weeks, or overdue", "Portfolio"]
    captions = [table.caption for table in read.tables]
    assert captions[:4] == [
        "Due next",
        "Where each contract stands",
        "Handed over between contracts",
        "Gates and checkpoints",
    ]
    due, contracts = read.tables[:2]
    assert due.rows[1][:3] == ["18 November 2013", "overdue", "task"]
    assert [row[0] for row in contracts.rows[1:]] == [
        "Mental health of adults",
        "Older people, including dementia",
        "Maternity",
    ]
    assert contracts.rows[1][3] == "£37,110,000.00" and contracts.rows[2][3] == "not known"


def test_each_contract_has_a_gantt_picture_with_sentence_and_numbers(written):
    read = page(written, "programme")
    assert read.text.count("Filled bars,") == 2 * 3  # in the page, and described to those who do not see the picture
    numbers = (written / "charts" / "plan-mental-health.csv").read_text()
    assert "Notice given under today's 18 contracts,20 March 2014,22 March 2014,31 March 2014,161,9" in numbers
    svg = (written / "charts" / "plan-mental-health.svg").read_text()
    assert re.search(r"<desc[^>]*>20 tasks, the last until 25 February 2015\.", svg)


def test_the_page_of_risks_says_what_must_be_decided(written):
    read = page(written, "risks")
    assert "21 risks are live, 10 of them red as they stand. 10 risks beyond the appetite wait" in read.text
    assert "Escalate 'Fear of change' (clinical lead): it stands at 20, where 12 is carried." in read.text
    table = next(one for one in read.tables if one.caption == "Risks of those who will provide")
    assert len(table.rows) == 11 and table.rows[1][2:5] == ["4 × 5 = 20, red", "4 × 5 = 20, red", "3 × 4 = 12, amber"]


def test_the_heat_map_has_a_sentence_and_every_number(written):
    numbers = (written / "charts" / "heat-map.csv").read_text().splitlines()
    assert numbers[0] == "Moment,Severity,Likelihood,Score,Colour,Number,Risks"
    assert sum(int(line.split(",")[5]) for line in numbers[1:]) == 3 * 21
    assert "before controls,5 catastrophic,4 likely,20,red,2," in "\n".join(numbers)
    svg = (written / "charts" / "heat-map.svg").read_text()
    assert "Before controls 10 are red, 10 amber and 1 green" in svg and "0, 8 and 13" in svg


@pytest.mark.parametrize(
    ("stem", "words"),
    [("programme", "Critical path|critical path"), ("risks", "A control that is planned controls nothing yet")],
)
def test_the_pdf_is_tagged_and_says_the_same(written, stem, words):
    reader = PdfReader(written / f"{stem}.pdf")
    text = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    assert re.search(words, text) and reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(
    ("stem", "sheets"),
    [
        ("programme", ["Notes", "Contracts", "Handovers", "Gates", "Conditions", "Plan", "Due", "Bodies"]),
        ("risks", ["Notes", "Risks", "Controls", "Heat map", "History", "Scale", "Providers"]),
    ],
)
def test_the_workbook_has_a_sheet_a_register(written, stem, sheets):
    book = zipfile.ZipFile(BytesIO((written / f"{stem}.xlsx").read_bytes()))
    assert re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode()) == sheets


def test_the_same_programme_gives_the_same_bytes(written, tmp_path):
    for command in ("gates", "risks"):
        assert obc(command, "oxfordshire", *DAY, "--out", tmp_path).status == 0
    for one in tmp_path.glob("*.*"):
        assert one.read_bytes() == (written / one.name).read_bytes(), one.name


def test_the_worked_timeline_of_the_other_programme(tmp_path):
    ran = obc("gates", "richmond", "--on", "2015-03-01", "--out", tmp_path)
    assert ran.status == 0
    read = page(tmp_path, "programme")
    gates = next(one for one in read.tables if one.caption == "Gates and checkpoints")
    assert [row[0] for row in gates.rows[3:]] == [
        "The most capable providers are named",
        "Governance qualification",
        "Interim checkpoint on the response",
        "Formal evaluation",
        "Mobilisation checkpoint",
    ]
    assert "If it is stopped: dialogue goes on and route B: open market." in read.text
    assert obc("risks", "richmond", "--on", "2015-03-01", "--out", tmp_path).status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "oxfordshire", *DAY, "--slip", "review-first=14"), "2014-04-05    +14  5 days late"),
        (("plan", "oxfordshire", *DAY, "--slip", "renewals=1"), "0 other tasks move"),
        (("plan", "richmond", "--on", "2015-02-28", "--to", "selected"), "*  selected  2015-02-28  2015-02-28"),
        (("plan", "oxfordshire", *DAY), " " * 20 + "█" * 14),
        (("plan", "oxfordshire", *DAY), "done         ◆"),
        (("risks", "oxfordshire", *DAY), "4  ·g   1a   2a   7r   1r      ·g   1a   2a   7r   1r      ·g   2a"),
        (("gates", "oxfordshire", *DAY), "Critical path, Maternity: maternity-outcomes (30 Mar 2014) → maternity-case"),
        (("impact", "oxfordshire"), "Provide today and not assessed: none"),
        (("risks", "oxfordshire", "cost-of-data"), "before controls: severity 3 × likelihood 4 = 12, amber"),
        (("gate", "oxfordshire", "mental-health-phase-3"), "Does every outcome have the word"),
    ],
)  # fmt: skip
def test_what_is_shown(words, said):
    ran = obc(*words)
    assert ran.status == 0 and said in ran.out, ran.out


@pytest.mark.parametrize("given", ["review-first", "review-first=soon"])
def test_a_slip_that_is_none_is_a_wrong_call(given):
    assert obc("plan", "oxfordshire", "--slip", given).status == 2


def test_registers_for_machines():
    tasks = obc("plan", "oxfordshire", *DAY, "--format", "json").json["tasks"]
    notice = next(one for one in tasks if one["task"] == "notice")
    assert (notice["room_days"], notice["critical"], notice["after"]) == (9, False, ["provider"])
    held = obc("risks", "oxfordshire", *DAY, "--format", "json").json
    assert held["bands"]["after"] == {"green": 13, "amber": 8, "red": 0} and len(held["beyond_appetite"]) == 10
    one = next(one for one in held["risks"] if one["id"] == "fear-of-change")
    assert one["before"]["score"] == 20 and one["standing"]["band"] == "red" and one["review_by"] == "2013-12-31"
    heavy = obc("impact", "oxfordshire", "--format", "json").json["providers"]
    assert heavy[0]["provider"] == "elmore" and heavy[0]["at_stake_minor"] == 45_000_000
