"""The tidy CSV and the workbook: one row a value, every gap with its reason."""

from decimal import Decimal

from obc.reports.exports.material import Material, period_name
from obc.reports.spreadsheet import workbook
from obc.reports.table import Cell, Column, Table, as_csv

_COLUMNS = (
    Column("indicator"),
    Column("title"),
    Column("segment"),
    Column("provider"),
    Column("period_start"),
    Column("period_end"),
    Column("period"),
    Column("measure"),
    Column("numerator", "number", 2),
    Column("denominator", "number", 2),
    Column("value", "number", 4),
    Column("lower_95", "number", 4),
    Column("upper_95", "number", 4),
    Column("lower_998", "number", 4),
    Column("upper_998", "number", 4),
    Column("expected", "number", 2),
    Column("ratio", "number", 4),
    Column("ratio_lower_95", "number", 4),
    Column("ratio_upper_95", "number", 4),
    Column("shown"),
)


def tidy_table(material: Material) -> Table:
    """One row a value. A figure that is not there is an empty cell, and `shown` says why; never 0."""
    rows: list[tuple[Cell, ...]] = []
    for one in material.values:
        figures = (one.numerator, one.denominator, one.value)
        limits = (one.lower_95, one.upper_95, one.lower_998, one.upper_998)
        ratio = (one.expected, one.ratio)
        ratio_limits = (one.ratio_lower_95, one.ratio_upper_95)
        rows.append(
            (
                one.indicator,
                material.definition(one).title,
                one.segment,
                one.provider,
                str(one.period.start),
                str(one.period.end),
                period_name(one.period),
                one.measure,
                *("" if figure is None else figure for figure in figures),
                *("" if limit is None else Decimal(repr(limit)) for limit in limits),
                *("" if figure is None else figure for figure in ratio),
                *("" if limit is None else Decimal(repr(limit)) for limit in ratio_limits),
                one.shown,
            )
        )
    return Table(caption=f"{material.contract.agreement.title}: indicator values", columns=_COLUMNS, rows=tuple(rows))


def tidy_csv(material: Material) -> bytes:
    """The rows as CSV."""
    table = tidy_table(material)
    return as_csv((column.heading for column in table.columns), table.rows)


def published_workbook(material: Material) -> bytes:
    """The rows as a workbook, after a sheet of notes that says what they are and what is hidden."""
    indicators = tuple(
        (one.id, one.title, one.why, one.direction, one.source, one.owner) for one in material.contract.definitions
    )
    heads = ("indicator", "title", "why it matters", "direction", "source", "owner")
    about = Table(caption="Indicators", columns=tuple(Column(head) for head in heads), rows=indicators)
    notes = (
        f"Suppression profile: {material.profile.name}. {material.profile.says}",
        "An empty cell is no nought: the column 'shown' says whether the figure is suppressed, missing at the source, "
        "or not measurable because nobody was counted.",
        "Proportions: numerator of denominator. Rates: events over person-days; the value is per the indicator's own "
        "number of person-years. Means: the denominator is how many were scored.",
        "Ratio: events over those expected at the general population's rates by age and sex, where an indicator is "
        "compared with it; 1 is no gap.",
        "Limits are those of 95% and 99.8% confidence: Wilson for proportions, exact or Byar for rates.",
    )
    title = f"{material.contract.agreement.title}: published indicator values"
    return workbook(title, notes, (("Values", tidy_table(material)), ("Indicators", about)))
