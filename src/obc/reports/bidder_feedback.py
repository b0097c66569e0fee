"""Feedback to a bidder as a document: its scores and why, and what it may know of the chosen one."""

from collections.abc import Iterator
from pathlib import Path

from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.feedback import Answer, Feedback
from obc.reports.award_report import marked
from obc.reports.document import Block, Document, Fact, Facts, Grid, Items, Paragraph, Section
from obc.reports.filing import file_all
from obc.reports.renderings import renderings
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.wording import capital, number


def bidder_feedback(rules: Assessment, told: Feedback) -> Document:
    """The document for one bidder. No other bidder but the chosen one is in it."""
    return Document(
        title=f"Feedback to {told.name}",
        subtitle=rules.title,
        blocks=(
            Paragraph((_lead(told),), lead=True),
            *marked(rules.bidders),
            Facts(tuple(_facts(told))),
            *_checks(told),
            Section("Your answers", "answers", tuple(_answers(told))),
        ),
        foot=FOOT,
    )


def _lead(told: Feedback) -> str:
    if told.won:
        return f"{told.name} was chosen among {told.bidders} bidders."
    if told.fails:
        return f"{told.name} could not be chosen: {'; '.join(told.fails)}. {told.winner} was chosen."
    return f"{told.name} came in place {told.place} of {told.bidders} bidders. {told.winner} was chosen."


def _facts(told: Feedback) -> Iterator[Fact]:
    if told.own_total is not None:
        yield Fact("Your total", number(told.own_total, 2), "of 100")
    if told.winner_total is not None and not told.won:
        yield Fact("Total of the chosen bidder", number(told.winner_total, 2), "of 100")
    yield Fact("Bidders", str(told.bidders))


def _checks(told: Feedback) -> Iterator[Block]:
    rows = tuple((title, result, capital(evidence)) for title, result, evidence in told.checks)
    columns = (Column("Item"), Column("Result"), Column("What shows it"))
    yield Section("Passed or failed", "checks", (Grid(Table("Items that are passed or failed", columns, rows)),))


def _answers(told: Feedback) -> Iterator[Block]:
    if all(one.own is None for one in told.answers):
        yield Paragraph(("Your answers were not scored, since an item was failed.",))
        return
    rows = tuple((one.factor, one.asks, _score(one.own, one.of), _score(one.winner, one.of)) for one in told.answers)
    heads = [Column("Factor"), Column("Question"), Column("Yours"), Column("Chosen bidder")]
    if told.won:
        heads, rows = heads[:3], tuple(row[:3] for row in rows)
    yield Grid(Table("Scores", tuple(heads), rows))
    for one in told.answers:
        yield Section(one.asks, f"answer-{one.question}", (Items(tuple(_answer(one, told.won))),))


def _answer(one: Answer, won: bool) -> Iterator[tuple[str]]:
    if one.own is not None:
        yield (f"Your score is {one.own} of {one.of}: {(one.means or '').lower()}.",)
        yield (f"Why: {one.because}.",)
    if not won and one.winner is not None:
        said = f": {one.told}" if one.told else ""
        yield (f"The chosen bidder scored {one.winner}{said}.",)


def _score(score: int | None, of: int) -> str:
    return f"{score} of {of}" if score is not None else "not scored"


def write_feedback(rules: Assessment, told: Feedback, folder: Path) -> tuple[Path, ...]:
    """Write `feedback-BIDDER` as .html, .pdf and .docx; returns the paths."""
    return file_all(folder, renderings(bidder_feedback(rules, told), f"feedback-{told.bidder}"))
