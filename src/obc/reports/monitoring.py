"""Monitoring as a page: a control chart an indicator, what it says, and the way to the year's end in people."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.framework.framework import IndicatorUse, Outcome
from obc.domain.outcomes.monitoring.monitor import Monitored
from obc.domain.outcomes.monitoring.year_end import YearEnd
from obc.domain.outcomes.publication.publication import FOR_PARTIES, Publication
from obc.reports import wording
from obc.reports.chart_files import chart_files
from obc.reports.charts.chart import Chart
from obc.reports.charts.control_panels import ControlPanel, Plotted, control_panels
from obc.reports.document import Block, Document, Grid, Items, Note, Paragraph, Picture, Section, Strong
from obc.reports.filing import file_all
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.reading import Reading
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table

STEM = "monitoring"

RULES = (
    "A point is marked where it is unlikely to be chance, by the rules of Making Data Count (NHS England): outside the "
    "limits, seven running one way, two of three near a limit, or seven on one side of the mean. Triangles up are "
    "changes for the better, triangles down for the worse; dots are chance. Assurance says whether the process, as it "
    "runs, will meet the threshold of good quarter by quarter: consistently passes, consistently fails, or hit and "
    "miss, which is left to chance. The year is judged on the year's figure, not on its quarters."
)
_GAPS = "A gap in a chart is a quarter that was not measured, or one whose small numbers are hidden."
_AHEAD = (
    "The year's end is what the year comes to if the rest of it is like what has been measured; four times in five it "
    "lies in the range given. People missing are those who must still be counted (or not counted) beyond that."
)


def write_monitoring(
    found: Sequence[Monitored], contract: Contract, year: int, folder: Path, publication: Publication = FOR_PARTIES
) -> tuple[Path, ...]:
    """Write `monitoring.html`, and each chart as SVG, PNG and CSV; returns the paths."""
    document = monitoring_document(found, contract, year, publication)
    return file_all(folder, {f"{STEM}.html": page(document), **chart_files(document)})


def monitoring_document(
    found: Sequence[Monitored], contract: Contract, year: int, publication: Publication = FOR_PARTIES
) -> Document:
    """The page: what has changed, what is on its way, then outcome by outcome.

    Of a public page, `found` comes from the values as they are published, so that nothing in it says more.
    """
    names = Names(contract)
    blocks: list[Block] = [
        Paragraph((Strong(headline(found)),), lead=True),
        Grid(signals_table(found, names, year)),
        Section(
            "How to read this",
            "reading",
            (
                Note("Signals", (RULES,)),
                Note("The year's end", (_AHEAD,)),
                Note("Small numbers", (publication.says if publication.exact else f"{publication.says} {_GAPS}",)),
            ),
        ),
    ]
    for outcome in contract.framework.outcomes if contract.framework else ():
        inner: list[Block] = []
        for use in outcome.indicators:
            rows = [one for one in found if one.indicator == use.id]
            inner += [
                Picture(control_chart(rows, use, names)),
                Items(tuple((line,) for line in sentences(rows, use, names))),
            ]
        blocks.append(Section(outcome.title, _anchor(outcome), tuple(inner)))
    return Document(
        title=f"Monitoring: {contract.agreement.title}",
        subtitle=f"Signals and the end of year {year}",
        blocks=tuple(blocks),
        foot=FOOT,
    )


def headline(found: Sequence[Monitored]) -> str:
    """What has changed, in a sentence; of everybody, so that no indicator counts twice."""
    whole = [one for one in found if one.segment == ALL]
    better = sum("improvement" in one.signals.variation for one in whole)
    worse = sum("concern" in one.signals.variation for one in whole)
    return (
        f"Of {wording.plural(len(whole), 'indicator')}, {better} {_show(better)} a change for the better, {worse} "
        f"{_show(worse)} one for the worse, and {len(whole) - better - worse} vary by chance."
    )


def sentences(rows: Sequence[Monitored], use: IndicatorUse, names: Names) -> Iterator[str]:
    """For each segment: signal, assurance, and the way to the year's end."""
    how = names.reading(use)
    for one in rows:
        signals = one.signals
        told = [f"{names.segment(one.segment)}: {signals.variation or 'nothing measured'}"]
        if signals.assurance:
            told.append(f"{signals.assurance} against good ({how.figure(_d(signals.target or 0))})")
        if signals.provisional:
            told.append("with too few points for limits that hold")
        text = ", ".join(told) + "."
        for change in signals.rebased:
            text += f" Re-based from {wording.day(change.starts)}: {change.reason}."
        yield text + (f" {_ahead(one.year_end, how)}" if one.year_end else "")


def signals_table(found: Sequence[Monitored], names: Names, year: int) -> Table:
    """Each indicator and segment in a row: never a colour alone."""
    rows = []
    for one in found:
        use = names.use(one.indicator)
        how, end = names.reading(use), one.year_end
        gaps = (
            {gap.level: "reached" if gap.reached else missing_people(gap.people, how) for gap in end.gaps}
            if end
            else {}
        )
        rows.append(
            (
                how.title,
                names.segment(one.segment),
                one.signals.variation or "not measured",
                one.signals.assurance or "no threshold",
                "not measured" if end is None else how.figure(_d(end.figure)),
                *(gaps.get(level, "none") for level in ("good", "improved", "excellent")),
            )
        )
    heads = ("Indicator", "Segment", "Variation", "Assurance", f"End of year {year}", "To good", "To improved")
    return Table(
        caption="Signals, and what is missing to each threshold",
        columns=tuple(Column(head) for head in (*heads, "To excellent")),
        rows=tuple(rows),
    )


def _ahead(end: YearEnd, how: Reading) -> str:
    by = f"{end.ends.end:%B %Y}"
    if end.whole:
        text = f"The year to {by} came to {how.figure(_d(end.figure))}."
    else:
        between = f"{how.bare(_d(end.lower))} to {how.bare(_d(end.upper))}"
        text = f"By {by} it is heading for {how.figure(_d(end.figure))} ({between})."
    short = [f"{missing_people(gap.people, how)} to {gap.level}" for gap in end.gaps if not gap.reached]
    done = [gap.level for gap in end.gaps if gap.reached]
    if done:
        text += f" {wording.capital(wording.listed(done))} {'is' if len(done) == 1 else 'are'} reached."
    return text + (f" Missing by {by}: {wording.listed(short)}." if short else "")


def missing_people(people: int | None, how: Reading) -> str:
    """`37 more people`: what a gap comes to; of a mean there is no such number."""
    if people is None:
        return "a better mean"
    counted = how.counted if how.measure == "proportion" else "events"
    if people == 1:
        counted = {"people": "person"}.get(counted, counted.removesuffix("s"))
    return f"{people:,} {'fewer' if how.lower_is_better else 'more'} {counted}"


def control_chart(rows: Sequence[Monitored], use: IndicatorUse, names: Names) -> Chart:
    """One indicator over time, a panel a segment."""
    how = names.reading(use)
    panels = [ControlPanel(names.segment(one.segment), tuple(_plotted(one)), one.signals.target) for one in rows]
    changed = [names.segment(one.segment) for one in rows if one.signals.variation.startswith("special")]
    message = f"changed for {wording.listed(changed)}" if changed else "no change beyond chance"
    title = f"{how.title}: {message}"
    return control_panels(f"control-{use.id}", title, _told(rows, names), panels, how.share, 1 if how.share else 2)


def _told(rows: Sequence[Monitored], names: Names) -> str:
    told = [f"{names.segment(one.segment)}, {one.signals.variation or 'nothing measured'}" for one in rows]
    return f"The last point says: {'; '.join(told)}."


def _plotted(one: Monitored) -> Iterator[Plotted]:
    starts = sorted({change.starts for change in one.signals.rebased})
    for point in one.signals.points:
        section = sum(point.period.start >= start for start in starts)
        yield Plotted(
            _name(point.period),
            point.value,
            point.centre,
            point.lower,
            point.upper,
            point.signal + (f" ({', '.join(point.rules)})" if point.rules else ""),
            section,
        )


def _name(period: Period) -> str:
    return wording.quarter(period.start, period.end)


def _anchor(outcome: Outcome) -> str:
    return f"outcome-{outcome.id}"


def _show(count: int) -> str:
    return "shows" if count == 1 else "show"


def _d(number: float) -> Decimal:
    return Decimal(repr(number))
