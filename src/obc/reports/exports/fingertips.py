"""The CSV of Fingertips (the public health data site of England): its header to the letter."""

from decimal import Decimal

from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.publication.fingertips import HEADER
from obc.domain.outcomes.publication.published import PublishedValue
from obc.reports.exports.material import Material, months_in, period_name
from obc.reports.table import Cell, as_csv

_NOTES = {
    "shown": "",
    "suppressed": "Value suppressed for disclosure control",
    "missing": "Value missing at source",
    "not measurable": "No value: nobody was counted",
}


def fingertips_csv(material: Material) -> bytes:
    """One row a value: areas are the contract as a whole or its providers; categories are segments.

    Proportions are per cent, as Fingertips has them. What the contract does not compare stays empty.
    """
    rows = []
    for one in material.values:
        rows.append(_row(one, material, one.indicator, material.definition(one).title))
        if one.ratio is not None:
            rows.append(_ratio(one, material))
    return as_csv(HEADER, rows)


def _ratio(one: PublishedValue, material: Material) -> tuple[Cell, ...]:
    """A row of its own for observed over expected; its denominator is the events expected."""
    shown = {
        "value": one.ratio,
        "denominator": one.expected,
        "lower_95": one.ratio_lower_95,
        "upper_95": one.ratio_upper_95,
        "lower_998": None,
        "upper_998": None,
    }
    title = f"{material.definition(one).title}: observed over expected"
    return _row(one.model_copy(update=shown), material, f"{one.indicator}-ratio", title)


def _row(one: PublishedValue, material: Material, id_: str, title: str) -> tuple[Cell, ...]:
    agreement = material.contract.agreement
    first = agreement.commissioners[0]
    scale = 100 if one.measure == "proportion" else 1
    limits = (one.lower_95, one.upper_95, one.lower_998, one.upper_998)
    whole = one.provider == ALL
    months = months_in(one.period)
    year = one.period.start.year - (one.period.start.month < 4)
    part = 0 if months == 12 else (one.period.start.month - 4) // 3 % 4 + 1
    return (
        id_,
        title,
        first.code or first.id,
        first.name,
        material.contract.id if whole else one.provider,
        agreement.title if whole else material.provider(one),
        "Contract" if whole else "Provider",
        "Persons",
        "All ages",
        "" if one.segment == ALL else "Segment",
        "" if one.segment == ALL else material.names.segment(one.segment),
        period_name(one.period),
        "" if one.value is None else one.value * scale,
        *("" if limit is None else Decimal(repr(limit)) * scale for limit in limits),
        "" if one.numerator is None else one.numerator,
        "" if one.denominator is None else one.denominator,
        _NOTES[one.shown],
        "",
        "",
        "",
        f"{year}{part:02d}00",
        "",
        "",
        "1y" if months == 12 else f"{months}m",
    )
