"""The charts of a document as files beside it."""

from obc.reports.document import Document, Picture, blocks_of
from obc.reports.table import as_csv


def chart_files(document: Document) -> dict[str, bytes]:
    """Each chart as `charts/NAME.svg`, `.png` and `.csv` (the numbers drawn), in the order of the document."""
    contents: dict[str, bytes] = {}
    for block in blocks_of(document):
        if isinstance(block, Picture):
            chart = block.chart
            contents[f"charts/{chart.name}.svg"] = chart.svg.encode()
            contents[f"charts/{chart.name}.png"] = chart.png
            contents[f"charts/{chart.name}.csv"] = as_csv((c.heading for c in chart.table.columns), chart.table.rows)
    return contents
