"""Equality as a page: each indicator by deprivation, sex, age and ethnicity, with the slope across deprivation."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.factors import NOT_KNOWN
from obc.domain.outcomes.monitoring.comparators import Slope
from obc.domain.outcomes.monitoring.equality import Part, Split
from obc.domain.outcomes.publication.suppression import PROFILES
from obc.reports import wording
from obc.reports.chart_files import chart_files
from obc.reports.charts.chart import Chart
from obc.reports.charts.parts_dots import parts_dots
from obc.reports.document import Document, Grid, Note, Paragraph, Picture, Section, Strong
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table

STEM = "equality"

_READING = (
    "Each dot is one group of people with its 95% interval (Wilson); the dashed rule is everybody's figure. A diamond "
    "says that everybody's figure lies outside the group's own 99.8% interval: that is more than chance. Groups that "
    "are hidden, or of whom nobody was counted, are written and not drawn."
)
_SLOPE = (
    "The slope index is how far the most and the least deprived are apart along the fitted line, over all between "
    "(Low and Low 2004). Its limits are of 95%; it is listed where those of 99.8% leave no slope out, since there are "
    "many. Where a part is hidden or missing there is none."
)


def write_equality(
    splits: Sequence[Split], contract: Contract, period: Period, profile: str, folder: Path
) -> tuple[Path, ...]:
    """Write `equality.html` and `.pdf`, and each chart as SVG, PNG and CSV; returns the paths."""
    document = equality_document(splits, contract, period, profile)
    return file_all(folder, {f"{STEM}.html": page(document), f"{STEM}.pdf": pdf(document), **chart_files(document)})


def headline(splits: Sequence[Split]) -> str:
    """How many groups differ beyond chance, in a sentence."""
    parts = [part for split in splits for part in split.parts if part.differs != "not known"]
    beyond = sum(part.differs in ("higher", "lower") for part in parts)
    steep = [split.slope for split in splits if split.slope and split.slope.sure]
    told = f"{beyond} of {wording.plural(len(parts), 'group')} of people differ from everybody by more than chance."
    slopes = sum(split.slope is not None and split.slope.slope is not None for split in splits)
    if slopes:
        told += (
            f" {len(steep)} of {wording.plural(slopes, 'figure')} {'slopes' if len(steep) == 1 else 'slope'} across "
        )
        told += "deprivation."
    return told


def equality_document(splits: Sequence[Split], contract: Contract, period: Period, profile: str) -> Document:
    """The page: what differs, then indicator by indicator."""
    names = {definition.id: definition.title for definition in contract.definitions}
    sections = []
    for indicator in dict.fromkeys(split.indicator for split in splits):
        own = [split for split in splits if split.indicator == indicator]
        charts = tuple(Picture(split_chart(split, names[indicator])) for split in own)
        sections.append(Section(names[indicator], f"indicator-{indicator}", charts))
    return Document(
        title=f"Equality: {contract.agreement.title}",
        subtitle=wording.months(period.start, period.end),
        blocks=(
            Paragraph((Strong(headline(splits)),), lead=True),
            Grid(beyond_table(splits, names)),
            Section(
                "How to read this",
                "reading",
                (
                    Note("Groups", (_READING,)),
                    Note("Slope", (_SLOPE,)),
                    Note("Small numbers", (PROFILES[profile].says,)),
                ),
            ),
            *sections,
        ),
        foot=FOOT,
    )


def beyond_table(splits: Sequence[Split], names: dict[str, str]) -> Table:
    """The groups that differ beyond chance, and the slopes that are surely none."""
    rows = []
    for split in splits:
        title = names.get(split.indicator, split.indicator)
        for part in split.parts:
            if part.differs in ("higher", "lower"):
                rows.append((title, _named(split, part), _percent(part.value), _percent(split.whole), part.differs))
        if split.slope and split.slope.sure:
            rows.append((title, "Across deprivation", slope_in_words(split.slope), _percent(split.whole), "slopes"))
    heads = ("Indicator", "Group", "Figure", "Everybody", "More than chance")
    return Table(caption="What differs by more than chance", columns=tuple(map(Column, heads)), rows=tuple(rows))


def split_chart(split: Split, title: str) -> Chart:
    """One indicator by one division."""
    beyond = [part for part in split.parts if part.differs in ("higher", "lower")]
    told = list(_sentences(split, beyond))
    message = f"{len(beyond)} of {len(split.parts)} differ" if beyond else "no more than chance"
    slug = re.sub(r"[^a-z0-9]+", "-", f"{split.indicator}-{split.division}".lower())
    named = [_named(split, part) for part in split.parts]
    return parts_dots(f"split-{slug}", f"{title} by {split.division}: {message}", " ".join(told), split, named)


def slope_in_words(slope: Slope) -> str:
    """−6.2 percentage points from the most to the least deprived (−9.1 to −3.3), or why there is none."""
    if slope.slope is None or slope.lower is None or slope.upper is None:
        return f"no slope: {slope.not_known}"
    points = [wording.number(Decimal(repr(one)) * 100, 1) for one in (slope.slope, slope.lower, slope.upper)]
    return f"{points[0]} percentage points from the most to the least deprived ({points[1]} to {points[2]})"


def _sentences(split: Split, beyond: Sequence[Part]) -> Iterator[str]:
    yield f"Everybody: {_percent(split.whole)}."
    if beyond:
        said = [f"{_named(split, part)} {_percent(part.value)}, {part.differs}" for part in beyond]
        yield f"More than chance apart from it: {'; '.join(said)}."
    if split.slope is not None:
        yield f"Slope index: {slope_in_words(split.slope)}."


def _named(split: Split, part: Part) -> str:
    """What a group is called: parts by deprivation by their number, others by their name."""
    if split.division == "deprivation" and part.name != NOT_KNOWN:
        ends = {"1": ", the most deprived", str(_last(split)): ", the least deprived"}
        return f"Part {part.name} of {_last(split)}{ends.get(part.name, '')}"
    return wording.capital(part.name)


def _last(split: Split) -> int:
    return max((int(part.name) for part in split.parts if part.name.isdigit()), default=0)


def _percent(share: Decimal | None) -> str:
    return "not shown" if share is None else wording.percent(share, 1)
