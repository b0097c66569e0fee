"""What everybody may see of a contract, as a page: has care become better, and what was paid for it?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from obc.domain.measurement.indicators.values import ALL
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.framework.framework import Outcome
from obc.domain.outcomes.publication.publication import Publication
from obc.domain.outcomes.publication.published import PublishedValue
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.reports import wording
from obc.reports.charts.chart import Chart
from obc.reports.charts.points_bars import Points, points_bars
from obc.reports.document import Block, Document, Grid, Items, Link, Note, Paragraph, Picture, Section, Strong, Words
from obc.reports.names import Names
from obc.reports.reading import Reading
from obc.reports.scorecard import FOOT
from obc.reports.scored import level_of
from obc.reports.table import Cell, Column, Table

OPEN = "figures.csv"
"""The address of a year's figures as open data, beside the page and below the id of its submission."""

_NOTHING = (
    "Nothing is published yet. A year's results appear here once its figures are agreed by those who give care and "
    "those who pay for it, and the year is settled: what became better, and what was paid for it."
)
_CORRECTED = "These figures have since been corrected. The corrected ones are settled; they stand here once published."
_CHANCE = "A change is called one only where it is more than chance would bring (99.8%)."


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A contract year that is published: its figures as everybody may see them, and what was paid.

    `corrected`: it was settled anew since, and that is not published yet.
    """

    submission: str
    year: int
    values: tuple[PublishedValue, ...]
    statement: Statement | None
    card: Scorecard | None
    corrected: bool = False

    def figure(self, indicator: str, names: Names) -> PublishedValue | None:
        """Everybody's figure of the whole year."""
        period = names.contract.period(self.year)
        found = (
            v for v in self.values if (v.indicator, v.segment, v.provider, v.period) == (indicator, ALL, ALL, period)
        )
        return next(found, None)


def public_document(names: Names, years: Sequence[PublishedYear], publication: Publication) -> Document:
    """The latest year in plain words, outcome by outcome; then every year that is published, the newest first."""
    contract = names.contract
    blocks: list[Block] = []
    if contract.agreement.summary:
        blocks.append(Paragraph((contract.agreement.summary,)))
    if not years:
        blocks.append(Paragraph((Strong(_NOTHING),), lead=True))
    else:
        latest, before = years[-1], years[-2] if len(years) > 1 else None
        blocks.insert(0, Paragraph((Strong(paid_sentence(latest, names)),), lead=True))
        if latest.card is not None:
            blocks.append(Picture(_points(latest.card)))
        for outcome in contract.framework.outcomes if contract.framework else ():
            blocks.append(_outcome(outcome, latest, before, names))
        blocks += [_year(one, names) for one in reversed(years)]
        note = (Note("Small numbers", (publication.says,)), Note("Better and worse", (_CHANCE,)))
        blocks.append(Section("About these figures", "about", note))
    return Document(
        title=contract.agreement.title,
        subtitle="What the parties have agreed and published",
        blocks=tuple(blocks),
        foot=FOOT,
    )


def paid_sentence(one: PublishedYear, names: Names) -> str:
    """What a year's outcomes earned, of how much that hung on them, and what is due in all."""
    period = names.contract.period(one.year)
    told = f"Year {one.year}, {wording.months(period.start, period.end)}"
    accounts = one.statement.settlements if one.statement else ()
    payable = [account.payable_minor for account in accounts if account.payable_minor is not None]
    if not payable:
        return f"{told}: what is to be paid for outcomes is not known yet."
    currency = names.contract.agreement.currency
    due = wording.money_in_words(sum(payable), currency)
    pots = [(a.earned_minor, a.pot_minor) for a in accounts if a.earned_minor is not None and a.pot_minor is not None]
    if not pots:
        return f"{told}: {due} is due."
    earned, pot = (wording.money_in_words(sum(amounts), currency) for amounts in zip(*pots, strict=True))
    return f"{told}: {earned} of the {pot} that hung on outcomes was earned; {due} is due in all."


def _points(card: Scorecard) -> Chart:
    entries = [Points(one.title, one.points_available, one.points_earned, level_of(one)) for one in card.outcomes]
    earned, available = wording.shortest(card.points_earned), wording.points(card.points_available)
    sentence = "Each bar is an outcome that matters to people, filled as far as what was promised for it was reached."
    return points_bars("public-points", f"In year {card.year}, {earned} of {available} were earned", sentence, entries)


def _outcome(outcome: Outcome, latest: PublishedYear, before: PublishedYear | None, names: Names) -> Section:
    entries = tuple(_told(use.id, latest, before, names) for use in outcome.indicators)
    return Section(outcome.title, f"outcome-{outcome.id}", (Paragraph((outcome.goal,)), Items(entries)))


def _told(indicator: str, latest: PublishedYear, before: PublishedYear | None, names: Names) -> Words:
    """One indicator in a line: its figure, and whether it has become better."""
    how = names.reading(names.use(indicator))
    now = latest.figure(indicator, names)
    earlier = before.figure(indicator, names) if before else None
    told = f": {_in_words(now, how)}."
    if now is not None and earlier is not None and earlier.shown == "shown":
        told = f": {_in_words(now, how)}, after {_in_words(earlier, how)} in year {before.year if before else ''}."
        told += f" {wording.capital(change(earlier, now, how))}."
    return (Link(how.title, f"indicators/{indicator}/"), told)


def change(
    before: PublishedValue, now: PublishedValue, how: Reading
) -> Literal["better", "worse", "no change beyond chance", "change not known"]:
    """Whether a figure became better: only where the 99.8 % intervals of both do not touch."""
    low, high = (_limits(one, how) for one in (before, now))
    if low is None or high is None:
        return "change not known"
    if high[0] > low[1]:
        return "worse" if how.lower_is_better else "better"
    if high[1] < low[0]:
        return "better" if how.lower_is_better else "worse"
    return "no change beyond chance"


def _limits(one: PublishedValue, how: Reading) -> tuple[float, float] | None:
    lower, upper = one.lower_998, one.upper_998
    if how.ratio:  # of a ratio limits of 95 % alone are known: too narrow to judge by
        return None
    return None if lower is None or upper is None else (lower, upper)


def _in_words(one: PublishedValue | None, how: Reading) -> str:
    if one is None:
        return "no figure"
    value = one.ratio if how.ratio else one.value
    return one.shown if one.shown != "shown" or value is None else how.figure(value)


def _year(one: PublishedYear, names: Names) -> Section:
    title = f"Year {one.year}: figures"
    blocks: list[Block] = [
        Paragraph((paid_sentence(one, names),)),
        *((Paragraph((Strong(_CORRECTED),)),) if one.corrected else ()),
        Paragraph(
            (
                "Everybody's figures are below; those of segments stand on each indicator's own page. Small numbers "
                "are suppressed in all of them. All figures of the year, for every segment, provider and quarter, as ",
                Link("open data (CSV)", f"{one.submission}/{OPEN}"),
                ".",
            )
        ),
        Grid(figures_table(one, names)),
    ]
    return Section(title, f"year-{one.year}", tuple(blocks))


def figures_table(one: PublishedYear, names: Names) -> Table:
    """Everybody's figures of the year; what is hidden says so."""
    return Table(
        caption=f"Figures of year {one.year}",
        columns=(
            Column("Indicator"),
            Column("Counted", "count"),
            Column("Of", "count"),
            Column("Value"),
        ),
        rows=tuple(_rows(one, names)),
    )


def _rows(one: PublishedYear, names: Names) -> Iterator[tuple[Cell, ...]]:
    period = names.contract.period(one.year)
    readings = {definition.id: Reading.of(definition) for definition in names.contract.definitions}
    for value in one.values:
        if value.period != period or (value.segment, value.provider) != (ALL, ALL):
            continue
        how = readings[value.indicator]
        counts: tuple[Cell, Cell] = value.shown, value.shown
        if value.shown == "shown":
            top, under = (_count(count) for count in (value.numerator, value.denominator))
            counts = top, under
        yield how.title, *counts, _in_words(value, how)


def _count(count: Decimal | None) -> Cell:
    if count is None:
        return "not published"
    return int(count) if count == count.to_integral_value() else count
