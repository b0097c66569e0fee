"""The contract as a document: particulars and schedules, as page, PDF and DOCX."""

from pathlib import Path

from obc.reports.contract_material import Material
from obc.reports.contract_outcomes import framework, indicators, people, vision
from obc.reports.contract_particulars import below, particulars, signatures
from obc.reports.contract_payment import finance, payment
from obc.reports.contract_quality import changes, disputes, guarantees, information, quality
from obc.reports.contract_transition import conditions, transition
from obc.reports.document import Document, Grid, Paragraph, Section
from obc.reports.filing import file_all
from obc.reports.illustrative import illustrative_table
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.word import word
from obc.reports.wording import day

STEM = "contract"


def contract_document(material: Material) -> Document:
    """The document. Schedules that the contract's folder does not hold are left out."""
    agreement = material.contract.agreement
    sections = (
        particulars(material),
        below(material),
        vision(material),
        people(material),
        framework(material),
        indicators(material),
        payment(material),
        finance(material),
        quality(material),
        information(material),
        guarantees(material),
        conditions(material),
        changes(material),
        disputes(material),
        transition(material),
        _illustrative(material),
        signatures(material),
    )
    lead = (Paragraph((agreement.summary.strip(),), lead=True),) if agreement.summary else ()
    return Document(
        title=agreement.title,
        subtitle=f"Contract: particulars and schedules, as on {day(material.on)}",
        blocks=(*lead, *(section for section in sections if section is not None)),
        foot=FOOT,
    )


def write_contract_document(material: Material, folder: Path) -> tuple[Path, ...]:
    """Write `contract` as .html, .pdf and .docx; returns the paths. The same contract and day give the same bytes."""
    document = contract_document(material)
    contents = {f"{STEM}.html": page(document), f"{STEM}.pdf": pdf(document), f"{STEM}.docx": word(document)}
    return file_all(folder, contents)


def _illustrative(material: Material) -> Section | None:
    table = illustrative_table(material.contract)
    if not table.rows:
        return None
    opening = "These terms are examples, because no source gives them. The parties have to agree on them."
    return Section("What is illustrative", "illustrative", (Paragraph((opening,)), Grid(table)))
