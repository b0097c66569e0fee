"""An indicator as a page: how it stands, over time, for whom, exactly how it is counted, how good its figures are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.framework.framework import IndicatorUse, Outcome
from obc.domain.outcomes.monitoring.monitor import Monitored
from obc.domain.outcomes.monitoring.year_end import YearEnd
from obc.domain.outcomes.publication.publication import Publication
from obc.reports import wording
from obc.reports.document import Block, Document, Fact, Facts, Grid, Items, Note, Paragraph, Picture, Section, Strong
from obc.reports.indicator_groups import group_sections
from obc.reports.measured import Measured, measured
from obc.reports.monitoring import RULES, control_chart, missing_people, sentences
from obc.reports.names import Names
from obc.reports.reading import Reading
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table


@dataclass(frozen=True, slots=True)
class Given:
    """A figure of everybody as one submission gave it."""

    submission: str
    state: str
    day: date
    by: str
    value: IndicatorValue


@dataclass(frozen=True, slots=True)
class Version:
    """The indicator in one version of the contract: since when it is held, and what reads otherwise than before."""

    day: date
    hash: str
    why: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenIndicator:
    """All that a page says of an indicator.

    `values` are the newest figures as measured; `publication` says how much of them may be shown. `monitored` comes
    from figures as they may be shown, so that nothing in it says more. `given` are all versions of its figures, the
    first one first.
    """

    names: Names
    definition: IndicatorDefinition
    sentence: str
    values: tuple[IndicatorValue, ...]
    publication: Publication
    monitored: tuple[Monitored, ...]
    given: tuple[Given, ...]
    versions: tuple[Version, ...]

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that it shows; None where the contract has no framework that uses it."""
        framework = self.names.contract.framework
        found = (one for one in framework.outcomes if any(u.id == self.definition.id for u in one.indicators))
        return next(found, None) if framework else None

    @property
    def use(self) -> IndicatorUse | None:
        """How the framework uses it."""
        return self.names.use(self.definition.id) if self.outcome else None

    @property
    def how(self) -> Reading:
        """How its figures read."""
        return self.names.reading(self.use) if self.use else Reading.of(self.definition)

    @property
    def latest(self) -> Period | None:
        """The period that ended last, the longer of two; None where nothing is known."""
        periods = {period_of(one) for one in self.values}
        return max(periods, key=lambda one: (one.end, -one.start.toordinal()), default=None)

    def of(self, period: Period, provider: str = ALL) -> dict[str, IndicatorValue]:
        """The figures of a period by segment."""
        return {v.segment: v for v in self.values if period_of(v) == period and v.provider == provider}

    def shown(self, value: IndicatorValue | None) -> Measured:
        """As much of a figure as may be shown."""
        return measured(value, self.how, self.publication)


def period_of(value: IndicatorValue) -> Period:
    """The days a figure is of."""
    return Period(start=value.period_start, end=value.period_end)


def indicator_document(seen: SeenIndicator) -> Document:
    """How it stands first; then over time, for whom, what is counted, how good the figures are, what has changed."""
    blocks: list[Block] = [Paragraph((Strong(standing(seen)),), lead=True)]
    if seen.latest:
        blocks.append(_facts(seen, seen.latest))
        blocks.append(_over_time(seen))
        blocks += group_sections(seen, seen.latest)
    blocks.append(_definition(seen))
    if seen.latest:
        blocks.append(_quality(seen))
    blocks.append(_history(seen))
    return Document(
        title=seen.definition.title,
        subtitle=seen.definition.why,
        blocks=tuple(blocks),
        foot=f"{seen.publication.says} {FOOT}",
    )


def standing(seen: SeenIndicator) -> str:
    """The latest figure and how it stands against what was agreed, in a sentence or two."""
    if seen.latest is None:
        return "No figure is known yet: the first one appears here once figures are submitted and agreed."
    whole = seen.shown(seen.of(seen.latest).get(ALL))
    told = f"{_named(seen, seen.latest)}: {whole.says(seen.how)}"
    if whole.counts != str(whole.value):
        told += f", {whole.counts}"
    if seen.use is not None and not seen.use.incentivised:
        return f"{told}. No money hangs on it; it is shown for learning."
    ends = {one.segment: one.year_end for one in seen.monitored if one.year_end and one.year_end.gaps}
    if ALL in ends:
        return f"{told}. {_against(ends[ALL], seen.how)}"
    if ends:
        good = sum(any(gap.level == "good" and gap.reached for gap in end.gaps) for end in ends.values())
        year = next(iter(ends.values())).ends
        over = wording.months(year.start, year.end)
        return f"{told}. It is judged by segment: over {over}, {good} of {len(ends)} {_reach(good)} good."
    return f"{told}."


def _reach(count: int) -> str:
    return "reaches" if count == 1 else "reach"


def _against(end: YearEnd, how: Reading) -> str:
    """What is reached, and what it takes to reach what comes next."""
    marks = {gap.level: how.mark(Decimal(repr(gap.mark)), "level") for gap in end.gaps}
    done = [gap for gap in end.gaps if gap.reached]
    told = "That is" if end.whole else "The year is heading" + (" for" if done else "")
    told += f" {done[-1].level} ({marks[done[-1].level]})" if done else " below good"
    short = next((gap for gap in end.gaps if not gap.reached), None)
    if short is None:
        return f"{told}, the highest level."
    return f"{told}; {short.level} ({marks[short.level]}) takes {missing_people(short.people, how)}."


def _named(seen: SeenIndicator, period: Period) -> str:
    contract = seen.names.contract
    year = next((year for year in contract.years if contract.period(year) == period), None)
    months = wording.months(period.start, period.end)
    return months if year is None else f"Year {year} ({months})"


def _facts(seen: SeenIndicator, period: Period) -> Facts:
    value = seen.of(period).get(ALL)
    shown = seen.shown(value)
    signal = next((one.signals.variation for one in seen.monitored if one.segment == ALL), "")
    figure = shown.value if isinstance(shown.value, str) else seen.how.figure(shown.value)
    facts = [
        Fact("Latest figure", figure, _named(seen, period)),
        Fact("Counted", shown.counts),
        Fact("Not known", _cell(shown.unknown), seen.definition.unknown),
        Fact("Evidence", value.evidence.value if value else "missing"),
    ]
    return Facts((*facts, *((Fact("Change", signal),) if signal else ())))


def _over_time(seen: SeenIndicator) -> Section:
    blocks: list[Block] = []
    if seen.use is not None and seen.monitored:
        blocks.append(Picture(control_chart(seen.monitored, seen.use, seen.names)))
        blocks.append(Items(tuple((line,) for line in sentences(seen.monitored, seen.use, seen.names))))
        blocks.append(Note("How to read the picture", (RULES,)))
    blocks.append(Grid(periods_table(seen)))
    return Section("Over time", "over-time", tuple(blocks))


def periods_table(seen: SeenIndicator) -> Table:
    """Everybody's figure in each period, the years first."""
    periods = {period_of(one) for one in seen.values if (one.segment, one.provider) == (ALL, ALL)}
    rows = []
    for period in sorted(periods, key=lambda one: ((one.start - one.end).days // 80, one.start)):
        value = seen.of(period)[ALL]
        shown = seen.shown(value)
        rows.append(
            (
                _named(seen, period),
                shown.counts,
                *(Decimal(cell) if isinstance(cell, int) else cell for cell in (shown.value, shown.lower, shown.upper)),
                shown.unknown,
                value.evidence.value,
            )
        )
    kind: Literal["percent", "number"] = "percent" if seen.how.share else "number"
    places = 1 if seen.how.share else 2
    figures = (f"Value, {seen.how.unit}", "Lower 95% limit", "Upper 95% limit")
    return Table(
        caption="Everybody, period by period",
        columns=(
            Column("Period"),
            Column("Counted"),
            *(Column(head, kind, places) for head in figures),
            Column("Not known", "count"),
            Column("Evidence"),
        ),
        rows=tuple(rows),
    )


def _definition(seen: SeenIndicator) -> Section:
    one = seen.definition
    rows = [
        ("What is counted", f"{one.measure} of {seen.how.counted}"),
        ("Better", one.direction),
        ("Where the record does not say", f"it {one.unknown}"),
        ("Whose figure", f"the provider's {one.provider.removeprefix('of the ')}"),
        ("Source", one.source),
        ("Owner", one.owner),
        ("Reviewed by", wording.day(one.review_by)),
    ]
    if one.compared_with:
        rows.insert(2, ("Compared with", one.compared_with))
    if one.adjusted_by:
        rows.insert(2, ("Adjusted for", wording.listed([factor.factor for factor in one.adjusted_by])))
    if seen.outcome and seen.use:
        rows.append(("Shows", seen.outcome.title))
        rows.append(("Paid for", "yes" if seen.use.incentivised else "no: shown only"))
        if seen.use.minimum_cases:
            rows.append(("Fewest cases", f"{seen.use.minimum_cases:,}: with fewer the evidence is insufficient"))
    table = Table("The definition", (Column("Term"), Column("What it says")), tuple(rows))
    return Section("What exactly is counted", "definition", (Paragraph((seen.sentence,)), Grid(table)))


def _quality(seen: SeenIndicator) -> Section:
    """What the figures themselves say about how good they are."""
    years = [year for year in seen.names.contract.years if ALL in seen.of(seen.names.contract.period(year))]
    told = "The figures of no whole year are known."
    if years:
        value = seen.of(seen.names.contract.period(years[-1]))[ALL]
        told = f"In year {years[-1]} the evidence is {value.evidence.value}. {_unknown(seen, value)}"
    rule = (
        "A value is insufficient where the records behind it are worse than the contract's evidence rules ask of a "
        "provisional one: it earns nothing, and is no nought either."
    )
    missing = "" if seen.names.contract.evidence else " This contract has no evidence rules."
    return Section("How good the figures are", "quality", (Paragraph((told,)), Paragraph((f"{rule}{missing}",))))


def _unknown(seen: SeenIndicator, value: IndicatorValue) -> str:
    shown = seen.shown(value)
    if not isinstance(shown.unknown, int | Decimal) or not isinstance(shown.denominator, int | Decimal):
        return f"How many records do not say: {_cell(shown.unknown)}."
    outside = shown.unknown if seen.definition.unknown == "leaves the denominator" else 0
    looked_at = shown.denominator + outside
    if seen.how.measure == "rate" or not looked_at:
        return f"Records that do not say: {_cell(shown.unknown)}."
    known = wording.percent(1 - Decimal(shown.unknown) / Decimal(looked_at))
    return (
        f"Of {wording.number(looked_at)} {seen.how.counted} the records of {wording.number(shown.unknown)} do not say, "
        f"so {known} are known; whoever is not known {seen.definition.unknown}."
    )


def _history(seen: SeenIndicator) -> Section:
    versions = tuple(
        (
            wording.day(one.day),
            one.hash.removeprefix("sha256:")[:12],
            wording.listed(one.changed) if one.changed else "nothing",
            one.why,
        )
        for one in seen.versions
    )
    heads = ("Held since", "Version of the contract", "Of this indicator, changed", "Why")
    blocks: list[Block] = [
        Grid(Table("Versions of the definition", tuple(Column(head) for head in heads), versions)),
    ]
    if seen.given:
        blocks.append(Grid(given_table(seen)))
    return Section("What has changed", "history", tuple(blocks))


def given_table(seen: SeenIndicator) -> Table:
    """Each whole year's figure as it was first given, and each time it was given otherwise."""
    return Table(
        caption="Figures as they were given",
        columns=tuple(
            Column(head)
            for head in ("Period", "Given", "By", "Submission", "State", "Counted", "Value", "Against before")
        ),
        rows=tuple(_given_rows(seen)),
    )


def _given_rows(seen: SeenIndicator) -> Iterator[tuple[str, ...]]:
    by_period: dict[Period, list[Given]] = {}
    for one in seen.given:
        by_period.setdefault(period_of(one.value), []).append(one)
    for period, versions in sorted(by_period.items(), key=lambda both: both[0].start):
        for i, one in enumerate(versions):
            shown = seen.shown(one.value)
            yield (
                _named(seen, period),
                wording.day(one.day),
                seen.names.account(one.by),
                one.submission,
                one.state,
                shown.counts,
                shown.says(seen.how),
                _against_before(versions, i),
            )


def _against_before(versions: Sequence[Given], i: int) -> str:
    if i == 0:
        return "first given"
    before, now = versions[i - 1].value, versions[i].value
    same = (before.numerator, before.denominator, before.value) == (now.numerator, now.denominator, now.value)
    return "as before" if same else "restated"


def _cell(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int | Decimal) else str(cell)
