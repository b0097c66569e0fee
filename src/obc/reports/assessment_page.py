"""An assessment on a page, as each may see it: rules and clocks for all, own scores while blind, then the panel's.

What somebody may see is decided before (`sight`): nothing that they may not see is put into the document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from obc.domain.programme.procurement.assessment_standing import AssessmentStanding
from obc.domain.programme.procurement.procedure import ASSESSMENT
from obc.domain.programme.procurement.scores import Score
from obc.domain.programme.procurement.sight import Sight
from obc.reports.award_report import award_report, conflict_blocks, marked, rules_blocks, standstill_blocks
from obc.reports.document import Block, Document, Fact, Facts, Grid, Items, Paragraph, Section
from obc.reports.machine_table import life
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, plural


@dataclass(frozen=True)
class Seen:
    """An assessment as somebody sees it. `left`: scores and checks, and agreed scores, that are still to come."""

    standing: AssessmentStanding
    may: Sight
    scores: tuple[Score, ...]
    left: tuple[int, int]


def assessment_document(given: Seen) -> Document:
    """The page."""
    standing, rules = given.standing, given.standing.rules
    blocks: list[Block] = [
        Paragraph((_lead(given),), lead=True),
        _facts(given),
        *marked(rules.bidders),
        Section("Timetable", "timetable", tuple(_timetable(standing))),
        Section("What bidders may do", "market", tuple(_market(standing))),
    ]
    if given.may == "panel":
        judged = award_report(replace(standing, scores=given.scores))
        blocks += [one for one in judged.blocks if not isinstance(one, Paragraph | Facts) and one not in blocks]
    else:
        blocks.append(Section("The rules", "rules", tuple(rules_blocks(standing))))
        blocks.append(Section("Questions, and who scores them", "questions", (Grid(questions_table(standing)),)))
        blocks.append(Section("Conflicts of interest", "conflicts", tuple(conflict_blocks(standing))))
        if given.may == "own":
            blocks.append(Section("Your scores", "own", (_own(given),)))
    return Document(
        title=rules.title,
        subtitle=f"Assessment of bidders · {standing.course.state}",
        blocks=(*blocks, life(ASSESSMENT, standing.course.state)),
        foot=FOOT,
    )


def questions_table(standing: AssessmentStanding) -> Table:
    """Every question with its factor and those who score it."""
    rows = tuple(
        (question.asks, standing.factors.named(one.factor).title, listed(_spaced(question.scored_by)))
        for one in standing.rules.criteria
        for question in one.questions
    )
    return Table("Questions", tuple(map(Column, ("Question", "Factor", "Scored alone by"))), rows)


def scores_table(standing: AssessmentStanding, scores: Sequence[Score], caption: str) -> Table:
    """Scores that single assessors gave."""
    names = {one.id: one.name for one in standing.rules.bidders}
    asks = {one.id: one.asks for one in standing.rules.questions}
    rows = tuple(
        (names[one.bidder], asks[one.question], one.by.replace("-", " "), one.score, one.evidence, one.because)
        for one in scores
    )
    columns = (
        *map(Column, ("Bidder", "Question", "By")),
        Column("Score", "count"),
        *map(Column, ("Where it stands", "Because")),
    )
    return Table(caption, columns, rows)


def _lead(given: Seen) -> str:
    course, names = given.standing.course, {one.id: one.name for one in given.standing.rules.bidders}
    if course.awarded and course.winner:
        return f"The contract was awarded to {names[course.winner]} on {day(course.awarded)}."
    if course.notice and course.winner:
        return f"The intention to award to {names[course.winner]} was published on {day(course.notice)}."
    scores, agreed = given.left
    said = {
        "being prepared": "The criteria are not published yet; until they are, nobody scores.",
        "scoring": f"Scoring is open: {plural(scores, 'score or check', 'scores and checks')} still to come. Each "
        "assessor scores alone and sees no other score before all are in.",
        "moderation": f"Scoring has closed; the panel has {plural(agreed, 'answer')} still to agree on.",
        "ranked": "The panel has agreed on every answer. The notice of the intention to award comes next.",
    }
    return said.get(course.state, f"The assessment is {course.state}.")


def _facts(given: Seen) -> Facts:
    rules, process = given.standing.rules, given.standing.process
    first = Fact("Bidders", str(len(rules.bidders)), "none yet: offers are awaited" if not rules.bidders else "")
    return Facts(
        (
            first,
            Fact("Process", process.title, process.regulation),
            Fact("Moderates", rules.moderator.replace("-", " "), "has not scored"),
            Fact("Decides", rules.decides.replace("-", " "), "has neither scored nor moderated"),
        )
    )


def _timetable(standing: AssessmentStanding) -> Iterator[Block]:
    course, wait = standing.course, standing.waiting
    rows = [
        ("Criteria published", course.published),
        ("Moderation concluded", course.concluded),
        ("Notice of the intention to award", course.notice),
        ("Standstill begins", wait.begins if wait else None),
        ("Representations until midnight", wait.representations_until if wait else None),
        ("Standstill ends at midnight", wait.ends if wait else None),
        ("Award from", wait.award_from if wait else None),
        ("Awarded", course.awarded),
    ]
    shown = tuple((what, day(on) if on else "to come") for what, on in rows)
    yield Grid(Table("What happens when", (Column("Step"), Column("Day")), shown))
    yield from standstill_blocks(standing)


def _market(standing: AssessmentStanding) -> Iterator[Block]:
    wait = standing.waiting
    until = f"until midnight on {day(wait.representations_until)}" if wait else "within the standstill after the notice"
    yield Items(
        (
            ("See the criteria, their weights and what each score means before anybody scores.",),
            (f"Make a representation against the decision, {until}; the award waits for its review.",),
            ("Have it reviewed by people who neither scored nor moderated.",),
            ("Be told their own scores and why, and what may be known of the winner, once notice is given.",),
        )
    )
    rows = tuple((capital(one.what), one.when, one.regulation) for one in standing.process.notices)
    if rows:
        yield Grid(Table("What has to be published", tuple(map(Column, ("Notice", "When", "Where"))), rows))


def _own(given: Seen) -> Block:
    if not given.scores:
        return Paragraph(("You have given no score yet.",))
    return Grid(scores_table(given.standing, given.scores, "What you gave, and nobody else sees yet"))


def _spaced(names: Sequence[str]) -> list[str]:
    return [one.replace("-", " ") for one in names]
