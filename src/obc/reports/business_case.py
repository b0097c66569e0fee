"""The business case: ten sections, every figure from the model, as page, PDF, DOCX and workbook."""

from dataclasses import replace
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.programme.case_for_change.case import Case
from obc.domain.programme.case_for_change.case_file import CaseFile
from obc.reports.business_case_decision import decision
from obc.reports.business_case_doubt import doubt
from obc.reports.business_case_material import Material
from obc.reports.business_case_money import money
from obc.reports.business_case_people import outcomes, people, today, vision
from obc.reports.business_case_summary import approach, summary
from obc.reports.business_case_terms import terms
from obc.reports.business_case_workbook import case_workbook
from obc.reports.document import Document, Picture, Section, blocks_of
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.table import as_csv
from obc.reports.word import word

STEM = "business-case"


def business_case(case: Case, contract: Contract, file: CaseFile | None, endorsed: Section | None = None) -> Document:
    """The case as a document of ten sections. `endorsed`: who stands behind the outcomes, told with them."""
    material = Material(case, contract, file or CaseFile())
    sections = (
        summary(material),
        approach(material),
        today(material),
        money(material),
        _with(outcomes(material), endorsed),
        vision(material),
        people(material),
        terms(material),
        doubt(material),
        decision(material),
    )
    years = case.projection.years
    return Document(
        title=f"Business case: {case.title}",
        subtitle=f"The case for change · {years[1]} to {years[-1]}",
        blocks=sections,
        foot=FOOT,
    )


def _with(section: Section, inner: Section | None) -> Section:
    return replace(section, blocks=(*section.blocks, inner)) if inner else section


def write_business_case(
    case: Case, contract: Contract, file: CaseFile | None, folder: Path, endorsed: Section | None = None
) -> tuple[Path, ...]:
    """Write `business-case` as .html, .pdf, .docx and .xlsx, and each chart as SVG, PNG and CSV; returns the paths."""
    document = business_case(case, contract, file, endorsed)
    assert contract.finance is not None
    contents = {
        f"{STEM}.html": page(document),
        f"{STEM}.pdf": pdf(document),
        f"{STEM}.docx": word(document),
        f"{STEM}.xlsx": case_workbook(case, contract.finance),
    }
    for block in blocks_of(document):
        if isinstance(block, Picture):
            chart = block.chart
            contents[f"charts/{chart.name}.svg"] = chart.svg.encode()
            contents[f"charts/{chart.name}.png"] = chart.png
            contents[f"charts/{chart.name}.csv"] = as_csv((c.heading for c in chart.table.columns), chart.table.rows)
    return file_all(folder, contents)
