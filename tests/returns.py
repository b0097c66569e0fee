"""Aggregate returns: made-up counts for every indicator of a contract."""

import csv
import io

from obc.domain.contract.agreement.contract import Contract

COLUMNS = (
    "indicator",
    "segment",
    "period_start",
    "period_end",
    "measure",
    "numerator",
    "denominator",
    "sum_of_squares",
)


def counts(contract: Contract, year: int, quarter: int | None = None, **changed: tuple[int, int]) -> bytes:
    """A CSV with one row an indicator and segment; `changed` gives other counts by indicator (its hyphens as `_`)."""
    period = contract.period(year) if quarter is None else contract.quarters(year)[quarter - 1]
    segments = ["all", *(one.id for one in contract.segmentation.segments)] if contract.segmentation else ["all"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for definition in contract.definitions:
        top, under = changed.get(definition.id.replace("-", "_"), (300, 400))
        for n, segment in enumerate(segments):
            shown = (top, under) if n == 0 else (3, 6) if n == 1 else (top // 4, under // 4)
            squares = shown[0] * 2 if definition.measure == "mean" else ""
            writer.writerow((definition.id, segment, period.start, period.end, definition.measure, *shown, squares))
    return out.getvalue().encode()
