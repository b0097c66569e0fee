"""Figures: indicator values as a table for calculating with, unrounded and unsuppressed, for those who may see them."""

from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.reports.table import Cell, Column, Table

_COUNTS = ("numerator", "denominator", "unknown", "sum_of_squares")
_NUMBERS = (*_COUNTS, "value", "lower_95", "upper_95", "expected", "ratio", "ratio_lower_95", "ratio_upper_95")

NOTES = (
    "Every figure of the submission as it was given or worked out: not rounded, small numbers not hidden. Not for "
    "publication.",
    "numerator of denominator: people or cases counted, of those looked at. For a rate: events in person-days. For a "
    "mean: the sum of scores over those scored.",
    "unknown: of the denominator, those whose record does not say. An empty cell is not known; it is never nought.",
    "value: the proportion, rate or mean. lower_95 and upper_95: its 95 % interval. expected and ratio: what would be "
    "expected at the comparison's rates, and the numerator over it.",
)
"""What stands in the columns, for the sheet of notes."""


def figures_table(values: ValueSet) -> Table:
    """A row a figure, in the order of their keys; the columns are those of a values file."""
    names = tuple(IndicatorValue.model_fields)
    columns = tuple(Column(name, "number" if name in _NUMBERS else "text", 4) for name in names)
    rows = tuple(tuple(_cell(one, name) for name in names) for one in sorted(values.values, key=lambda one: one.key))
    return Table("Figures, one a row", columns, rows)


def _cell(one: IndicatorValue, name: str) -> Cell:
    content = getattr(one, name)
    if content is None:
        return ""
    return content if name in _NUMBERS else str(content)
