"""The business case as files, and the commands that make it."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

import obc as package
from command import obc
from finance_samples import WORKED
from obc.domain.money.finance.amount import thousands
from obc.loaders.contract import load_case
from obc.reports.business_case import business_case, write_business_case
from obc.reports.business_case_decision import _SHOWN_IN
from obc.reports.business_case_workbook import case_workbook
from obc.reports.document import Picture, Section, blocks_of
from obc.reports.word import word
from obc.services.case import make_case

SECTIONS = [
    "Summary",
    "How this case was made",
    "Care today",
    "The financial case",
    "Outcomes that matter",
    "The vision",
    "Segments and scope",
    "Commercial terms and contract",
    "What could go wrong",
    "Options and decision",
]


@pytest.fixture(scope="module")
def made():
    contract, file = load_case(WORKED)
    return make_case(contract, file, runs=2_000), contract, file


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("case")
    write_business_case(*made, out)
    return out


def test_it_has_ten_sections_and_every_chart_has_its_table(made):
    document = business_case(*made)
    assert [section.title for section in document.sections] == SECTIONS
    charts = [block.chart for block in blocks_of(document) if isinstance(block, Picture)]
    assert [chart.name for chart in charts] == ["spend-by-scope", "options-over-years", "savings-by-study", "tornado"]
    for chart in charts:
        assert chart.table.rows and chart.sentence.endswith(".")


def test_the_page_leads_with_the_loss(folder):
    page = (folder / "business-case.html").read_text()
    assert page.index("costs £2.2 million more than efficiency savings") < page.index("How this case was made</h2>")
    assert "deliverability and fit (illustrative), &#39;outcomes based&#39; comes first" in page
    assert "drawn from its range (illustrative)" in page
    assert page.count("<h2 ") == 10
    assert page.count("<figure") == 4


def test_evidence_in_the_case_is_linked_to_a_section_that_is_there(folder, made):
    page = (folder / "business-case.html").read_text()
    ids = {block.id: block.title for block in blocks_of(business_case(*made)) if isinstance(block, Section)}
    assert 'Services: <a href="#baseline">' in page
    for title, target in _SHOWN_IN.values():
        assert ids[target.removeprefix("#")] == title


def test_the_pdf_is_tagged_and_says_the_same(folder):
    reader = PdfReader(folder / "business-case.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert all(title in text for title in SECTIONS)
    assert "36 of 38 figures come out equal" in text


def test_the_docx_has_headings_header_rows_and_described_pictures(folder):
    document = docx.Document(str(folder / "business-case.docx"))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == SECTIONS
    assert len(document.inline_shapes) == 4
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert all(described)
    grids = [table for table in document.tables if table.style.name == "Table Grid"]
    assert grids
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in grids)
    assert document.core_properties.language == "en-GB"


def test_the_same_case_gives_the_same_docx(made):
    document = business_case(*made)
    raw = word(document)
    assert word(document) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2000, 1, 1)}


def test_the_same_case_gives_the_same_workbook(made):
    case, contract, _ = made
    assert case_workbook(case, contract.finance) == case_workbook(case, contract.finance)


def test_figures_in_the_document_are_the_models(made, folder):
    case, *_ = made
    page = (folder / "business-case.html").read_text()
    for amounts in (case.projection.do_nothing_minor, case.projection.outcomes_based_minor):
        for amount in amounts:
            assert f"{thousands(amount):,}" in page


def test_the_command_prints_the_projection():
    ran = obc("case", WORKED, "--runs", 500, "--format", "json")
    assert ran.status == 0, ran.err
    assert ran.json["schema_version"] == 1
    projection = ran.json["projection"]
    assert projection["years"] == ["2013/14", "2014/15", "2015/16", "2016/17", "2017/18", "2018/19"]
    assert [round(amount / 100_000) for amount in projection["outcomes_based_minor"]] == [
        *(37_110, 36_461, 36_432, 36_693, 36_636, 36_403)
    ]


def test_the_command_shows_what_moved_and_why(tmp_path):
    folder = tmp_path / "changed"
    shutil.copytree(Path(package.__file__).parent / "worked_contracts" / WORKED, folder)
    path = folder / "finance.yaml"
    text = path.read_text()
    assert text.count('value: 2.1 %, source: "BC') == 1
    path.write_text(text.replace('value: 2.1 %, source: "BC', 'value: 2.4 %, source: "BC'))
    ran = obc("case", folder, "--against", WORKED)
    assert ran.status == 0, ran.err
    assert "growth > prices > rate > 1 > value  0.021   0.024" in ran.out
    assert json.loads(obc("case", WORKED, "--against", WORKED, "--format", "json").out)["inputs"] == []


def test_a_contract_without_finance_is_told_what_to_write():
    ran = obc("case", "template")
    assert ran.status == 1
    assert "finance.yaml" in ran.out and "write services, growth, savings and envelope" in ran.out


def test_the_report_command_writes_every_form(tmp_path):
    ran = obc("report", "business-case", WORKED, "--out", tmp_path, "--runs", 500, "--format", "json")
    assert ran.status == 0, ran.err
    names = {Path(path).name for path in ran.json["written"]}
    assert {f"business-case.{form}" for form in ("html", "pdf", "docx", "xlsx")} <= names
