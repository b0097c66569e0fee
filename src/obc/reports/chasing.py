"""Data quality as a page made from figures alone: which data do we chase before the year is settled?

Reports cannot ask services, so the chase comes in as rows of what was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.publication.publication import Publication
from obc.reports import wording
from obc.reports.charts.chart import Chart
from obc.reports.charts.evidence_grid import Mark, evidence_grid
from obc.reports.document import (
    Block,
    Document,
    Fact,
    Facts,
    Grid,
    Items,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
)
from obc.reports.measured import measured
from obc.reports.names import Names
from obc.reports.scorecard import FOOT
from obc.reports.table import Cell, Column, Table

_MOST = 8
"""Quarters in the picture."""
_STATES = {
    Evidence.FINAL: "good enough",
    Evidence.PROVISIONAL: "provisional",
    Evidence.INSUFFICIENT: "insufficient",
}
_READING = (
    "What cannot be paid stands first: it earns nothing, and is no nought either. Then come the indicators by the "
    "points that chasing could bring at most, if every record that does not say turned out well; 0 means that the "
    "level would stay as it is, however well the chase went. Points are those of the contract's own scoring."
)
_RECORDS = (
    "Figures say how many records do not tell, not which. Whoever holds the records finds them with "
    "obc report data-quality: it names the tables, the months and the lines to look for."
)


@dataclass(frozen=True, slots=True)
class Chased:
    """One indicator in one segment: see `obc.services.chase`."""

    indicator: str
    segment: str
    paid: bool
    points: Fraction
    gain: Fraction
    evidence: Evidence
    value: IndicatorValue | None
    stopped: str


@dataclass(frozen=True, slots=True)
class Came:
    """A submission: of which days, when it came, from whom, how far it is."""

    submission: str
    period: Period
    day: date
    by: str
    state: str


@dataclass(frozen=True, slots=True)
class FiguresQuality:
    """All that the page says. `year`: the one whose figures are looked at, None where none can be scored."""

    names: Names
    year: int | None
    chased: tuple[Chased, ...]
    values: tuple[IndicatorValue, ...]
    came: tuple[Came, ...]
    publication: Publication


def chasing_document(found: FiguresQuality) -> Document:
    """What stops payment, what chasing could bring, how each quarter stands, when the figures came."""
    blocks: list[Block] = [Paragraph((Strong(headline(found)),), lead=True)]
    if found.chased:
        blocks.append(_facts(found))
        stopped = [one for one in found.chased if one.paid and one.stopped]
        if stopped:
            lines = tuple(_line(one, found.names) for one in stopped)
            blocks.append(Section("What cannot be paid as it stands", "stopped", (Items(lines),)))
        blocks.append(
            Section("What to chase", "chase", (Grid(chase_table(found)), Note("How to read this", (_READING,))))
        )
    chart = evidence_chart(found)
    if chart is not None:
        blocks.append(Section("Quarter by quarter", "quarters", (Picture(chart),)))
    if found.came:
        blocks.append(Section("When the figures came", "came", (Grid(came_table(found)),)))
    notes = (Note("Where the records are", (_RECORDS,)), Note("Small numbers", (found.publication.says,)))
    blocks.append(Section("About this page", "about", notes))
    return Document(
        title="How good the figures are",
        subtitle="Which data do we chase before the year is settled?",
        blocks=tuple(blocks),
        foot=FOOT,
    )


def headline(found: FiguresQuality) -> str:
    """What the data keep from being paid, in a sentence."""
    if not found.came:
        return "No figures were submitted yet. Once they are, this page says which of their gaps cost most."
    if found.year is None or not found.chased:
        return "No whole year can be scored from these figures yet, so nothing can be said of what a gap costs."
    paid = [one for one in found.chased if one.paid]
    stopped = {one.indicator for one in paid if one.stopped}
    gain = sum((one.gain for one in paid), Fraction(0))
    told = f"In year {found.year}, "
    if not stopped and not gain:
        return (
            told
            + "every indicator that is paid for can be scored, and no record that does not say could change a level."
        )
    if stopped:
        told += f"{wording.plural(len(stopped), 'indicator')} cannot be paid in full as the figures stand"
        told += ", and " if gain else "."
    return told + (f"chasing records that do not say could bring up to {wording.points(gain)}." if gain else "")


def _facts(found: FiguresQuality) -> Facts:
    states = [one.evidence for one in found.chased if one.paid]
    unknown = [
        one.value.unknown
        for one in found.chased
        if one.value is not None and one.value.unknown is not None and one.segment == ALL
    ]
    facts = [
        Fact(
            "Figures that are final", f"{states.count(Evidence.FINAL)} of {len(states)}", "of those that are paid for"
        ),
        Fact("Provisional", str(states.count(Evidence.PROVISIONAL)), "they may still change"),
        Fact("Not usable", str(sum(not one.usable for one in states)), "they earn nothing as they stand"),
    ]
    if unknown and found.publication.exact:
        facts.append(Fact("Records that do not say", f"{sum(unknown):,}", "over all indicators, of everybody"))
    return Facts(tuple(facts))


def _line(one: Chased, names: Names) -> tuple[str | Strong | Link, ...]:
    title = names.reading(names.use(one.indicator)).title
    whose = "" if one.segment == ALL else f", {names.segment(one.segment)}"
    return (Link(title, f"../indicators/{one.indicator}/"), f"{whose}: {one.stopped}.")


def chase_table(found: FiguresQuality) -> Table:
    """A row an indicator and segment that is paid for, in the order in which to go after them."""
    rows: list[tuple[Cell, ...]] = []
    for one in found.chased:
        if not one.paid:
            continue
        how = found.names.reading(found.names.use(one.indicator))
        unknown = measured(one.value, how, found.publication).unknown
        whose = "" if one.segment == ALL else f": {found.names.segment(one.segment)}"
        known = _known(unknown, one.value, found.publication)
        rows.append((f"{how.title}{whose}", unknown, known, one.evidence.value, one.points, one.gain))
    return Table(
        caption=f"Indicators of year {found.year} that are paid for, in the order in which to chase them",
        columns=(
            Column("Indicator"),
            Column("Not known", "count"),
            Column("Known", "percent", 1),
            Column("Evidence"),
            Column("Points to be had", "points"),
            Column("Chasing could bring", "points"),
        ),
        rows=tuple(rows),
    )


def _known(unknown: Cell, value: IndicatorValue | None, publication: Publication) -> Cell:
    """The share that is known of those looked at; from the counts as they may be shown."""
    if isinstance(unknown, str) or value is None or value.denominator is None or value.measure == "rate":
        return "not known"
    whole = Decimal(publication.profile.rounded(int(max(value.denominator, Decimal(value.unknown or 0)))))
    return max(Decimal(0), 1 - Decimal(str(unknown)) / whole) if whole else "nobody counted"


def evidence_chart(found: FiguresQuality) -> Chart | None:
    """How far the figures of each quarter can be relied on; None where there are no quarters."""
    marks = list(_marks(found))
    if not marks:
        return None
    bad = [mark for mark in marks if mark.state == "insufficient"]
    told = f"{len(bad)} of {len(marks)} figures of a quarter are insufficient."
    if bad:
        told += f" Most often: {max({m.name for m in bad}, key=lambda name: sum(m.name == name for m in bad))}."
    return evidence_grid("evidence-by-quarter", "Evidence of each quarter, by its first month", told, marks)


def _marks(found: FiguresQuality) -> Iterator[Mark]:
    contract = found.names.contract
    quarters = {(q.start, q.end) for year in contract.years for q in contract.quarters(year)}
    own = [
        v for v in found.values if (v.segment, v.provider) == (ALL, ALL) and (v.period_start, v.period_end) in quarters
    ]
    last = sorted({v.period_start for v in own})[-_MOST:]
    titles = {definition.id: definition.title for definition in contract.definitions}
    for value in sorted(own, key=lambda v: (titles.get(v.indicator, ""), v.period_start)):
        if value.period_start in last:
            yield Mark(titles[value.indicator], value.period_start, _STATES.get(value.evidence, "not judged"))


def came_table(found: FiguresQuality) -> Table:
    """Each submission with the days it took, and whether late records still counted then."""
    calendar = found.names.contract.agreement.calendar
    rows: list[tuple[Cell, ...]] = []
    for one in found.came:
        final = calendar.final_from(one.period) if calendar else None
        early = "no run-out is agreed" if final is None else "no, they could still come" if one.day < final else "yes"
        rows.append(
            (
                wording.capital(one.submission.replace("-", " ")),
                wording.months(one.period.start, one.period.end),
                wording.day(one.day),
                (one.day - one.period.end).days,
                early,
                found.names.account(one.by),
                one.state,
            )
        )
    return Table(
        caption="Submissions, the newest first",
        columns=(
            Column("Submission"),
            Column("Of"),
            Column("Came on"),
            Column("Days after the period", "count"),
            Column("After the last late records?"),
            Column("From"),
            Column("State"),
        ),
        rows=tuple(rows),
    )
