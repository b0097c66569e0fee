"""A document as the files that people take away: page, PDF, DOCX, and its charts beside them."""

from obc.reports.chart_files import chart_files
from obc.reports.document import Document
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.word import word


def renderings(document: Document, stem: str) -> dict[str, bytes]:
    """The document as `STEM.html`, `.pdf` and `.docx`, then its charts."""
    contents = {f"{stem}.html": page(document), f"{stem}.pdf": pdf(document), f"{stem}.docx": word(document)}
    return contents | chart_files(document)
