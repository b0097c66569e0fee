"""Engagement and the board paper as documents: the same figures on page, in PDF, DOCX and workbook."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from command import obc
from obc.domain.money.finance.amount import thousands

DAY = ("--on", "2013-11-19")
PAPER = ["Decision sought", "Financial implications", "Outcome domains", "Engagement", "Equality", "What is open"]


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("documents")
    ran = obc("engagement", "oxfordshire", *DAY, "--out", out, "--format", "json")
    assert all(Path(path).is_file() for path in ran.json["written"])
    assert obc("report", "board-paper", "oxfordshire", *DAY, "--out", out, "--runs", 500).status == 0
    return out


def test_you_said_we_did_is_a_page_a_pdf_a_workbook_and_pictures(folder):
    page, pdf = (folder / "engagement.html").read_text(), text_of(folder / "engagement.pdf")
    for said in (
        "Paid work must not be the only thing that counts",
        "No answer yet",
        "Every group that must endorse the outcomes does, in the words they have.",
        "Source of the orders: illustrative.",
    ):
        assert said in page and said in pdf
    names = sorted(path.name for path in (folder / "charts").iterdir())
    pairs = ("priorities-carers-clinicians", "priorities-service-users-clinicians")
    assert names == [f"{pair}.{kind}" for pair in pairs for kind in ("csv", "png", "svg")]
    with zipfile.ZipFile(folder / "engagement.xlsx") as book:
        sheets = book.read("xl/workbook.xml").decode()
    for sheet in ("You said, we did", "Outcomes", "What matters most", "National frameworks", "Statements", "Missing"):
        assert f'name="{sheet}"' in sheets


def test_the_change_is_a_page_a_pdf_and_a_workbook(tmp_path):
    assert obc("communications", "oxfordshire", "--on", "2013-12-10", "--out", tmp_path).status == 0
    page, pdf = (tmp_path / "communications.html").read_text(), text_of(tmp_path / "communications.pdf")
    for said in ("Will the service that I use be closed?", "Equality analysis: not made", "not sent; it is with"):
        assert said in page and said in pdf
    assert "back-to-back terms" not in page  # an answer that nobody has published is not shown
    with zipfile.ZipFile(tmp_path / "communications.xlsx") as book:
        sheets = book.read("xl/workbook.xml").decode()
    for sheet in ("Checklist", "Messages", "Questions", "Benefits", "Equality", "Missing"):
        assert f'name="{sheet}"' in sheets


def test_the_same_day_gives_the_same_bytes(folder, tmp_path):
    assert obc("engagement", "oxfordshire", *DAY, "--out", tmp_path).status == 0
    for name in ("engagement.html", "engagement.pdf", "engagement.xlsx"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_board_paper_is_short_and_says_what_is_asked_first(folder):
    reader = PdfReader(folder / "board-paper.pdf")
    assert len(reader.pages) <= 6
    page, pdf = (folder / "board-paper.html").read_text(), text_of(folder / "board-paper.pdf")
    word = docx.Document(io.BytesIO((folder / "board-paper.docx").read_bytes()))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings == PAPER
    assert [pdf.index(title) for title in PAPER] == sorted(pdf.index(title) for title in PAPER)
    paragraphs = " ".join(one.text for one in word.paragraphs)
    for said in (
        "The governing body, on the advice of the programme board, is asked to go on to phase 3",
        "Clinical lead: Clinical lead for mental health.",
        "Of 5 questions before this step, 4 are answered yes; in part: Is there room to improve.",
    ):
        assert said in pdf and said in paragraphs
    assert "Equality analysis: not made" in page and "Equality analysis: not made" in pdf


def test_its_money_is_that_of_the_case(folder):
    made = obc("case", "oxfordshire-mental-health", "--runs", 500, "--format", "json").json
    pdf = text_of(folder / "board-paper.pdf")
    for option in made["options"]:
        assert f"£{thousands(option['total_minor']) / 1000:,.1f} million" in pdf
    (outcomes_based,) = [one for one in made["options"] if one["option"] == "outcomes based"]
    for year in outcomes_based["dearer_in"]:
        assert year in pdf


def test_its_domains_are_those_that_the_references_name(folder):
    page = (folder / "board-paper.html").read_text()
    assert "NHS Outcomes Framework: domains supported" in page
    rows = page[page.index("domains supported") :]
    assert rows.index("1. Preventing people from dying prematurely") < rows.index("People will live longer")
    harm = rows.index("5. Treating and caring for people in a safe environment")
    assert "none of the outcomes" in rows[harm : harm + 300]


def test_a_paper_says_when_outcomes_are_not_endorsed(tmp_path):
    trail = ("--trail", tmp_path / "trail")
    said = ("--group", "expert-reference-group", "--says", "not endorsed", "--reservations", "too vague")
    who = ("--source", "minutes", "--by", "expert-group-chair", "--why", "met", "--at", "2013-11-15")
    assert (
        obc("engage", "endorse", "oxfordshire", "no", *said, *who, "--outcome", "meaningful-role", *trail).status == 0
    )
    out = ("--out", tmp_path / "out", "--runs", 500)
    assert obc("report", "board-paper", "oxfordshire", *DAY, *trail, *out).status == 0
    page = (tmp_path / "out" / "board-paper.html").read_text()
    assert "These outcomes pass no gate." in page and "too vague" in page


def test_the_business_case_prints_the_statements_of_its_programme(tmp_path):
    case = ("report", "business-case", "oxfordshire-mental-health", "--runs", 500)
    assert obc(*case, "--out", tmp_path / "with", "--programme", "oxfordshire", *DAY).status == 0
    assert obc(*case, "--out", tmp_path / "without").status == 0
    stated = "Quality must not suffer for the sake of the outcomes that are paid for"
    assert stated in (tmp_path / "with" / "business-case.html").read_text()
    assert stated in text_of(tmp_path / "with" / "business-case.pdf")
    assert stated not in (tmp_path / "without" / "business-case.html").read_text()


def test_a_programme_about_another_contract_is_refused(tmp_path):
    import shutil

    from obc.loaders.places import WORKED

    shutil.copytree(WORKED / "oxfordshire-mental-health", tmp_path / "ours")
    contract = tmp_path / "ours" / "contract.yaml"
    contract.write_text(contract.read_text().replace("id: oxfordshire-mental-health", "id: ours", 1))
    ran = obc("report", "business-case", tmp_path / "ours", "--out", tmp_path, "--programme", "oxfordshire", *DAY)
    assert ran.status == 1 and "an engagement about oxfordshire-mental-health; name the programme of ours" in (
        ran.out.replace("\n        ", "; ")
    )
