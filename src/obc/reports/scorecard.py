"""The scorecard as a document, as a workbook and as rows for programs."""

from collections.abc import Iterable
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.publication.publication import FOR_PARTIES, Publication
from obc.domain.outcomes.scoring.scorecard import Scorecard, ScoredOutcome
from obc.reports.charts.chart import Chart
from obc.reports.charts.points_bars import Points, points_bars
from obc.reports.document import Document, Grid, Note, Paragraph, Picture, Section, Strong
from obc.reports.filing import file_all
from obc.reports.illustrative import illustrative_table
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scored import Line, Scored, level_of, sentence_of
from obc.reports.spreadsheet import workbook
from obc.reports.table import Cell, Column, Table, as_csv
from obc.reports.wording import listed, months, points, shortest

FOOT = "Made with obc, open-source software for outcomes-based commissioning."


def write_scorecard(
    card: Scorecard,
    contract: Contract,
    values: Iterable[IndicatorValue],
    folder: Path,
    publication: Publication = FOR_PARTIES,
) -> tuple[Path, ...]:
    """Write `scorecard-year-N` as .html, .pdf, .xlsx and .csv into `folder`; returns the paths in that order.

    `values` are those the scorecard was made from: they give the intervals.
    Raises `Problems` where the contract's framework is not the one that the scorecard was made by.
    """
    scored = Scored.of(card, Names(contract), values, publication)
    document = scorecard_document(scored)
    stem = f"scorecard-year-{card.year}"
    flat = flat_table(scored)
    notes = (document.subtitle, headline(scored), publication.says, *_EXPLAINED)
    return file_all(
        folder,
        {
            f"{stem}.html": page(document),
            f"{stem}.pdf": pdf(document),
            f"{stem}.xlsx": workbook(
                document.title, notes, (("Outcomes", scored.outcomes_table()), ("Indicators", flat))
            ),
            f"{stem}.csv": as_csv(tuple(column.heading for column in flat.columns), flat.rows),
        },
    )


POINTS_EXPLAINED = (
    "One point is a hundredth of the year's pot. An outcome's level is the best one whose share of the points it has "
    "earned; its indicators can stand above and below it."
)
_EXPLAINED = (
    POINTS_EXPLAINED,
    "Outcomes: points available and earned, by outcome.",
    "Indicators: one row for each indicator and segment, with counts, value and 95% interval as measured, the level "
    "reached and the points. A word in a column of numbers says why there is no number.",
    "'not measurable' means that nobody was counted; it is neither 0% nor 100%.",
)


def headline(scored: Scored) -> str:
    """What came of the year, in a sentence."""
    card = scored.card
    return f"In year {card.year}, {shortest(card.points_earned)} of {points(card.points_available)} were earned."


def scorecard_document(scored: Scored) -> Document:
    """The scorecard of one year: the points, then each outcome with its indicators."""
    card, contract = scored.card, scored.names.contract
    illustrative = illustrative_table(contract)
    blocks = [
        Paragraph((Strong(headline(scored)),), lead=True),
        Section(
            "Points by outcome",
            "points",
            (
                Grid(scored.outcomes_table()),
                Picture(points_chart(scored, f"points-year-{card.year}")),
                Paragraph((POINTS_EXPLAINED,)),
            ),
        ),
        Section(
            "Outcome by outcome",
            "outcomes",
            tuple(outcome_section(scored, one, one.id) for one in card.outcomes),
        ),
        Section("About these figures", "about", (Note("Small numbers", (scored.publication.says,)),)),
    ]
    if illustrative.rows:
        blocks.append(Section("What is illustrative", "illustrative", (Grid(illustrative),)))
    return Document(
        title=f"Scorecard for year {card.year}",
        subtitle=f"{contract.agreement.title} · {months(scored.period.start, scored.period.end)}",
        blocks=tuple(blocks),
        foot=FOOT,
    )


def outcome_section(scored: Scored, outcome: ScoredOutcome, id_: str, money: str = "") -> Section:
    """An outcome: its goal, what it earned, its indicators. `money` says in a sentence what that came to."""
    said = scored.outcome(outcome)
    blocks: list[Paragraph | Grid] = [
        Paragraph((f"Goal: {said.goal}",)),
        Paragraph((" ".join(part for part in (sentence_of(outcome), money) if part),)),
        Grid(scored.indicators_table(outcome)),
    ]
    if said.evidence:
        blocks.append(Paragraph((f"Supported by: {'; '.join(said.evidence)}.",)))
    return Section(outcome.title, id_, tuple(blocks))


def points_chart(scored: Scored, name: str) -> Chart:
    """Points earned of those available, by outcome."""
    card = scored.card
    entries = [Points(one.title, one.points_available, one.points_earned, level_of(one)) for one in card.outcomes]
    entries += [
        Points(one.title, one.points_available, one.points_earned, "reached" if one.reached else "not reached")
        for one in card.additional
    ]
    most = max(entries, key=lambda one: one.earned)
    none = [one.outcome for one in entries if one.available and not one.earned]
    parts = ["Each bar is filled as far as points were earned."]
    if most.earned:
        parts.append(f"Most points: {most.outcome}, {shortest(most.earned)} of {shortest(most.available)}.")
    if none:
        parts.append(f"No points: {listed(none)}.")
    return points_bars(name, headline(scored).removesuffix("."), " ".join(parts), entries)


def flat_table(scored: Scored) -> Table:
    """One row for each indicator and segment, with every number apart."""
    columns = (
        Column("outcome"),
        Column("indicator"),
        Column("title"),
        Column("segment"),
        Column("numerator", "number"),
        Column("denominator", "number"),
        Column("unknown", "number"),
        Column("value", "number", 4),
        Column("lower_95", "number", 4),
        Column("upper_95", "number", 4),
        Column("level"),
        *(Column(f"threshold_{level}", "number", 4) for level in ("good", "improved", "excellent")),
        Column("points_available", "points"),
        Column("points_earned", "points"),
        Column("evidence"),
    )
    rows = [_flat(outcome.id, line) for outcome in scored.card.outcomes for line in scored.lines(outcome)]
    return Table(caption=f"Indicators in year {scored.card.year}", columns=columns, rows=tuple(rows))


def _flat(outcome: str, line: Line) -> tuple[Cell, ...]:
    one, seen, marks = line.scored, line.measured, dict(line.thresholds)
    return (
        outcome,
        one.id,
        line.how.title,
        one.segment,
        seen.numerator,
        seen.denominator,
        seen.unknown,
        seen.value,
        seen.lower,
        seen.upper,
        one.level,
        *(marks.get(level, "none") for level in ("good", "improved", "excellent")),
        one.points_available,
        one.points_earned,
        one.evidence.value,
    )
