"""A comparison as a page: one place among its peers, with the nation's line."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from obc.domain.outcomes.monitoring.comparators import Comparator, Comparison
from obc.domain.outcomes.monitoring.equality import Split
from obc.reports.chart_files import chart_files
from obc.reports.charts.funnel_plot import funnel_plot
from obc.reports.document import Document, Note, Paragraph, Picture, Section, Strong
from obc.reports.equality import slope_in_words, split_chart
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.scorecard import FOOT
from obc.reports.wording import listed, number, percent, plural

STEM = "comparison"
_LABEL = 20
"""Letters of a name that fit beside a line; a longer one gives way to its code."""
_KEPT, _SMALL = ("NHS", "CIC", "UK"), ("AND", "OF", "THE", "FOR", "ON", "WITH")

_STATES = {
    "as published": "",
    "rounded at source": ", rounded at source",
    "suppressed at source": ", suppressed at source",
    "missing at source": ", missing at source",
}


def comparison_document(
    own: Comparator,
    nation: Comparator | None,
    among: Comparison,
    lines: Sequence[Comparator] = (),
    splits: Sequence[Split] = (),
) -> Document:
    """The place's figure, the nation's and other lines, where it stands among its peers, and its own divisions."""
    drawn = [(_short(one), float(one.value or 0)) for one in _there(nation, lines)]
    told = headline(own, nation, among, lines)
    chart = funnel_plot(
        "funnel", f"{own.area} among {plural(len(among.places), 'place')}", told, among, own.area, drawn
    )
    return Document(
        title=own.measure,
        subtitle=f"{named(own)}, from {own.source}",
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
            *_divisions(splits),
        ),
        foot=FOOT,
    )


def headline(own: Comparator, nation: Comparator | None, among: Comparison, lines: Sequence[Comparator] = ()) -> str:
    """The figures in a sentence."""
    told = f"{named(own)}: {figure(own)}."
    for one in (*_there(nation), *lines):
        told += f" {named(one)}: {figure(one)}."
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


def split_sentences(splits: Sequence[Split]) -> Iterator[str]:
    """Each division of the place that its source gives, with its slope across deprivation."""
    for split in splits:
        beyond = [part.name for part in split.parts if part.differs in ("higher", "lower")]
        who = listed(beyond) if beyond else "no group"
        told = f"{who} {'differ' if len(beyond) > 1 else 'differs'} from everybody by more than chance"
        slope = f"; slope index: {slope_in_words(split.slope)}" if split.slope else ""
        yield f"By {split.division}: {told}{slope}."


def write_comparison(
    own: Comparator,
    nation: Comparator | None,
    among: Comparison,
    folder: Path,
    lines: Sequence[Comparator] = (),
    splits: Sequence[Split] = (),
) -> tuple[Path, ...]:
    """Write `comparison.html`, and the charts as SVG, PNG and CSV; returns the paths."""
    document = comparison_document(own, nation, among, lines, splits)
    return file_all(folder, {f"{STEM}.html": page(document), **chart_files(document)})


def _divisions(splits: Sequence[Split]) -> Iterator[Section]:
    if splits:
        charts = tuple(Picture(split_chart(split, split.indicator)) for split in splits)
        yield Section("Different people", "divisions", charts)


def named(one: Comparator) -> str:
    """The place's name; one that its source shouts is written as people write it."""
    if not one.name.isupper():
        return one.name
    words = (word if word in _KEPT else word.lower() if word in _SMALL else word.title() for word in one.name.split())
    return " ".join(words)


def _short(one: Comparator) -> str:
    return one.area if len(one.name) > _LABEL else named(one)


def _there(nation: Comparator | None, lines: Sequence[Comparator] = ()) -> tuple[Comparator, ...]:
    return tuple(one for one in (nation, *lines) if one is not None and one.value is not None)
