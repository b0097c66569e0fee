"""The evidence for local variation as a document: ten headings, what is shown, and what bears it out."""

from collections.abc import Iterator
from pathlib import Path

from obc.domain.programme.procurement.local_variation import Headings, LocalVariation, missing
from obc.reports.document import Block, Document, Items, Note, Paragraph, Section
from obc.reports.filing import file_all
from obc.reports.renderings import renderings
from obc.reports.scorecard import FOOT
from obc.reports.wording import capital, day

STEM = "local-variation"


def local_variation(headings: Headings, variation: LocalVariation, contract: str) -> Document:
    """The evidence by area; headings that are open say so."""
    areas = dict.fromkeys(heading.area for heading in headings.headings)
    return Document(
        title=f"Evidence for local variation: {contract.replace('-', ' ')}",
        subtitle="Why this contract departs from national prices and ways to pay",
        blocks=(
            Paragraph((_lead(headings, variation),), lead=True),
            *(
                Section(capital(area), area.replace("'", "").replace(" ", "-"), tuple(_area(headings, variation, area)))
                for area in areas
            ),
            Section("Where this comes from", "sources", (Paragraph((f"{headings.source}.",)),)),
        ),
        foot=FOOT,
    )


def _lead(headings: Headings, variation: LocalVariation) -> str:
    of, open_ = len(headings.headings), len(missing(headings, variation))
    if variation.published:
        return f"Published with the contract on {day(variation.published)} at {variation.where}. All {of} headings."
    if open_:
        return f"Draft: {of - open_} of {of} headings are completed. It cannot be published while one is open."
    return f"Draft: all {of} headings are completed. It is published with the contract."


def _area(headings: Headings, variation: LocalVariation, area: str) -> Iterator[Block]:
    for heading in headings.headings:
        if heading.area != area:
            continue
        shown = variation.under(heading.id)
        blocks: tuple[Block, ...]
        if shown is None:
            blocks = (Note("Open", (f"Nothing is shown yet. {heading.asks}",)),)
        else:
            evidence = Items(tuple((one,) for one in shown.evidence))
            blocks = (
                Paragraph((heading.asks,)),
                Paragraph((f"{shown.says}.",)),
                Paragraph((f"Source: {shown.source}. Evidence:",)),
                evidence,
            )
        yield Section(heading.title, heading.id, blocks)


def write_local_variation(
    headings: Headings, variation: LocalVariation, contract: str, folder: Path
) -> tuple[Path, ...]:
    """Write `local-variation` as .html, .pdf and .docx; returns the paths."""
    return file_all(folder, renderings(local_variation(headings, variation, contract), STEM))
