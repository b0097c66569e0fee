"""A comparison as a page: one place among its peers, with the nation's line."""

from decimal import Decimal
from pathlib import Path

from obc.domain.outcomes.monitoring.comparators import Comparator, Comparison
from obc.reports.chart_files import chart_files
from obc.reports.charts.funnel_plot import funnel_plot
from obc.reports.document import Document, Note, Paragraph, Picture, Strong
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.scorecard import FOOT
from obc.reports.wording import number, percent, plural

STEM = "comparison"

_STATES = {
    "as published": "",
    "rounded at source": ", rounded at source",
    "suppressed at source": ", suppressed at source",
    "missing at source": ", missing at source",
}


def comparison_document(own: Comparator, nation: Comparator | None, among: Comparison) -> Document:
    """The place's figure, the nation's, and where the place stands among its peers."""
    lines = [(one.name.title() if one.name.isupper() else one.name, float(one.value or 0)) for one in _there(nation)]
    told = headline(own, nation, among)
    chart = funnel_plot(
        "funnel", f"{own.area} among {plural(len(among.places), 'place')}", told, among, own.area, lines
    )
    return Document(
        title=own.measure,
        subtitle=f"{own.name}, from {own.source}",
        blocks=(
            Paragraph((Strong(told),), lead=True),
            Picture(chart),
            Note(
                "How to read this",
                (
                    "The limits allow for chance (95% dashed, 99.8% solid) and for the ordinary variation between "
                    "places (additive random effects; Spiegelhalter 2012). Cells that the source suppressed or left "
                    "out are shown as such and take no part; of rounded counts the interval is about the "
                    "rounded figure.",
                ),
            ),
        ),
        foot=FOOT,
    )


def headline(own: Comparator, nation: Comparator | None, among: Comparison) -> str:
    """The figures in a sentence."""
    told = f"{own.name}: {figure(own)}."
    for one in _there(nation):
        told += f" {one.name}: {figure(one)}."
    place = next((one for one in among.places if one.comparator.area == own.area), None)
    if place and place.position is not None and place.part is not None:
        where = {0: "within the limits"}.get(place.position, "above them" if place.position > 0 else "below them")
        told += f" Among its peers it lies {where}, in part {place.part} of {among.parts} from the lowest."
    if among.unusable:
        told += f" {plural(among.unusable, 'place')} of {len(among.places)} {'has' if among.unusable == 1 else 'have'} "
        told += "no counts that can be used."
    return told


def figure(one: Comparator) -> str:
    """1,148 of 13,706 (8.38%; 7.92% to 8.85%)."""
    if one.value is None:
        return f"no figure ({one.state})"
    counts = ""
    if one.numerator is not None and one.denominator is not None:
        counts = f"{number(one.numerator)} of {number(one.denominator)} "
    limits = ""
    if one.lower_95 is not None and one.upper_95 is not None:
        low, high = (percent(Decimal(repr(limit)), 2) for limit in (one.lower_95, one.upper_95))
        limits = f"; {low} to {high}"
    return f"{counts}({percent(one.value, 2)}{limits}{_STATES[one.state]})"


def write_comparison(own: Comparator, nation: Comparator | None, among: Comparison, folder: Path) -> tuple[Path, ...]:
    """Write `comparison.html`, and the funnel as SVG, PNG and CSV; returns the paths."""
    document = comparison_document(own, nation, among)
    return file_all(folder, {f"{STEM}.html": page(document), **chart_files(document)})


def _there(nation: Comparator | None) -> tuple[Comparator, ...]:
    return (nation,) if nation and nation.value is not None else ()
