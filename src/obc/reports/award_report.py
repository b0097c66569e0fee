"""The award report: who was judged by what, the ranking, how sure it is, who covers what, and the standstill."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from obc.domain.core.kernel.provenance import kind_of
from obc.domain.programme.procurement.assessment_standing import AssessmentStanding
from obc.domain.programme.procurement.bidders import Bidder, StrengthMap
from obc.domain.programme.procurement.course import notices_due
from obc.domain.programme.procurement.ranking import Placed
from obc.domain.programme.procurement.sensitivity import Sensitivity
from obc.reports.award_workbook import award_workbook
from obc.reports.charts.bidder_totals import Points, bidder_totals
from obc.reports.charts.strength_grid import Covered, strength_grid
from obc.reports.charts.weight_slack import WeightRange, weight_slack
from obc.reports.document import Block, Document, Fact, Facts, Grid, Items, Note, Paragraph, Picture, Section
from obc.reports.filing import file_all
from obc.reports.renderings import renderings
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, money_in_words, number, percent, plural

STEM = "award-report"


def award_report(standing: AssessmentStanding) -> Document:
    """The report for those who decide. It names every bidder and every reason: it is not for publication."""
    rules = standing.rules
    return Document(
        title=f"Award report: {rules.offered.title}",
        subtitle=f"{rules.title} · {standing.course.state}",
        blocks=(
            Paragraph((_lead(standing),), lead=True),
            Facts(tuple(_facts(standing))),
            *marked(rules.bidders),
            Note(
                "Not for publication",
                (
                    "It holds the reasons for every bidder's scores. What is published is the notice and the OCDS "
                    "release; each bidder is told its own scores.",
                ),
            ),
            Section("The rules", "rules", tuple(rules_blocks(standing))),
            Section("Conflicts of interest", "conflicts", tuple(conflict_blocks(standing))),
            Section("Passed or failed", "checks", tuple(_checks(standing))),
            Section("Ranking", "ranking", tuple(_ranking(standing))),
            Section("How sure the ranking is", "sensitivity", tuple(_sensitivity(standing))),
            Section("Who covers what", "strength", tuple(_strength(standing))),
            Section("Scores and reasons", "scores", tuple(_scores(standing))),
            Section("Standstill and award", "standstill", tuple(standstill_blocks(standing))),
        ),
        foot=FOOT,
    )


def marked(bidders: tuple[Bidder, ...]) -> tuple[Block, ...]:
    """A mark where bidders are invented."""
    if all(kind_of(one.source) == "stated" for one in bidders):
        return ()
    return (Note("Illustrative", ("The bidders are invented, and so is everything said of them.",)),)


def _lead(standing: AssessmentStanding) -> str:
    winner = standing.ranking.winner
    if winner is None or winner.total is None:
        return "No bidder comes first as the scores stand."
    said = {
        "awarded": "The contract was awarded to",
        "abandoned": "The assessment was abandoned. First was",
    }.get(standing.course.state, "First is")
    lead = f", {number(standing.sensitivity.lead, 2)} ahead of the next" if standing.sensitivity else ""
    return f"{said} {winner.name} with {number(winner.total, 2)} of 100 points{lead}."


def _facts(standing: AssessmentStanding) -> Iterator[Fact]:
    rules, placed = standing.rules, standing.ranking.placed
    yield Fact("Bidders", str(len(placed)), f"{sum(bool(one.fails) for one in placed)} failed")
    value = money_in_words(int(rules.offered.value) * 100, rules.offered.currency)
    yield Fact("Lifetime value", value, f"{day(rules.offered.starts)} to {day(rules.offered.ends)}")
    yield Fact("Process", standing.process.title, standing.process.regulation)


def rules_blocks(standing: AssessmentStanding) -> Iterator[Block]:
    """Factors, weights, and what a score means."""
    rules, factors = standing.rules, standing.factors
    rows = tuple(
        (factors.named(one.factor).title, factors.named(one.factor).kind, one.weight, factors.named(one.factor).source)
        for one in rules.criteria
    )
    yield Grid(
        Table("Factors", (Column("Factor"), Column("Kind"), Column("Weight", "percent"), Column("Source")), rows)
    )
    anchors = tuple((str(anchor.score), anchor.means) for anchor in rules.anchors)
    scale = (Column("Score"), Column("The answer"))
    yield Grid(Table("What a score means", scale, anchors))
    for question in (one for one in rules.questions if one.anchors):
        own = tuple((str(anchor.score), anchor.means) for anchor in question.anchors)
        yield Grid(Table(f"What a score means: {question.asks}", scale, own))
    yield Paragraph(
        (
            "The questions of a factor count alike. Each is scored by at least two people alone; then a moderator who "
            f"has not scored records what they agree on. Equal totals are parted by {listed(_titles(standing))}. "
            f"Source: {rules.source}.",
        )
    )


def _titles(standing: AssessmentStanding) -> list[str]:
    return [f"'{standing.factors.named(name).title}'" for name in standing.rules.tie_break]


def conflict_blocks(standing: AssessmentStanding) -> Iterator[Block]:
    """Who declared what, and how it was managed."""
    names = {bidder.id: bidder.name for bidder in standing.rules.bidders}
    if not standing.conflicts:
        yield Paragraph(("Nobody of the programme works for a bidder or declared an interest in one.",))
        return
    rows = tuple((one.office, names[one.bidder], capital(one.says), _managed(one.judges)) for one in standing.conflicts)
    columns = (Column("Office"), Column("Bidder"), Column("What was declared"), Column("How it was managed"))
    yield Grid(Table("Conflicts of interest", columns, rows))


def _managed(judges: bool) -> str:
    named = "The rules name this office; every act of it is refused" if judges else "Takes no part"
    return f"{named}: no score, moderation, review or award of any bidder is accepted"


def _checks(standing: AssessmentStanding) -> Iterator[Block]:
    done = {(one.bidder, one.item): one for one in standing.checks}
    items = standing.rules.items
    rows = []
    for bidder in standing.rules.bidders:
        results = [done.get((bidder.id, item.id)) for item in items]
        rows.append((bidder.name, *(one.result if one else "not checked" for one in results)))
    columns = (Column("Bidder"), *(Column(item.title) for item in items))
    yield Grid(Table("Items that are passed or failed", columns, tuple(rows)))
    for one in standing.ranking.placed:
        if one.fails:
            yield Note(f"{one.name} cannot be chosen", (f"{capital('; '.join(one.fails))}.",))


def _ranking(standing: AssessmentStanding) -> Iterator[Block]:
    ranked = [one for one in standing.ranking.placed if one.place is not None]
    if not ranked:
        yield Paragraph(("Nothing is ranked yet.",))
        return
    kinds = {one.id: one.kind for one in standing.factors.factors}
    points = [
        Points(one.name, _points(one, kinds, "success factor"), _points(one, kinds, "key criterion")) for one in ranked
    ]
    first = ranked[0]
    assert first.total is not None
    sentence = f"Bars out of 100: {listed([f'{one.name} {number(one.total or 0, 2)}' for one in ranked])}."
    yield Picture(bidder_totals("totals", f"{first.name} has {number(first.total, 2)} of 100 points", sentence, points))
    columns = (Column("Factor"), *(Column(one.name, "number", 2) for one in ranked))
    rows = tuple(
        (standing.factors.named(one.factor).title, *(row.weighed[i].points for row in ranked))
        for i, one in enumerate(first.weighed)
    )
    total = ("Total", *(row.total or Fraction(0) for row in ranked))
    yield Grid(Table("Points by factor", columns, rows, total))
    if standing.ranking.by_tie_break:
        parted = standing.factors.named(standing.ranking.by_tie_break).title
        yield Paragraph((f"The first two have equal totals and were parted by '{parted}'.",))


def _points(one: Placed, kinds: dict[str, str], kind: str) -> Fraction:
    return sum((part.points for part in one.weighed if kinds[part.factor] == kind), Fraction(0))


def _sensitivity(standing: AssessmentStanding) -> Iterator[Block]:
    found = standing.sensitivity
    if found is None:
        yield Paragraph(("There is nothing to compare: fewer than two bidders have a place.",))
        return
    names = {bidder.id: bidder.name for bidder in standing.rules.bidders}
    ranges = [
        WeightRange(
            one.title,
            one.weight,
            one.from_,
            one.to,
            names[one.below] if one.below else None,
            names[one.above] if one.above else None,
        )
        for one in found.slack
    ]
    free = [one.name for one in ranges if not one.below and not one.above]
    sentence = (
        f"A bar a factor shows the weights at which {names[found.winner]} stays first, the others keeping their "
        f"proportions; the dot is the weight now, a line at an end is where another bidder takes over. "
        f"{_nearest(ranges)} {plural(len(free), 'factor')} can weigh anything."
    )
    title = f"{names[found.winner]} stays first while each dot stays on its bar"
    yield Picture(weight_slack("weight-slack", title, sentence, ranges))
    yield from _steps(standing, found, names)


def _nearest(ranges: list[WeightRange]) -> str:
    moves = [
        (abs(end - one.weight), one.name, end)
        for one in ranges
        for end, who in ((one.low, one.below), (one.high, one.above))
        if who
    ]
    if not moves:
        return "No weight alone changes the first place."
    _, name, end = min(moves)
    return f"The nearest is '{name}': at {percent(end)} the first place changes."


def _steps(standing: AssessmentStanding, found: Sensitivity, names: dict[str, str]) -> Iterator[Block]:
    said = (
        f"Every moderated score was moved one step up and down ({found.scores_tried} in all): "
        f"{plural(len(found.steps), 'step')} would change the first place."
    )
    yield Paragraph((said,))
    if found.steps:
        asks = {question.id: question.asks for question in standing.rules.questions}
        rows = tuple(
            (names[one.bidder], asks[one.question], one.from_, one.to, names.get(one.winner or "", "two level"))
            for one in found.steps
        )
        score = (Column("Score", "count"), Column("If", "count"))
        columns = (Column("Bidder"), Column("Question"), *score, Column("First would be"))
        yield Grid(Table("Single steps that change the first place", columns, rows))


def _strength(standing: AssessmentStanding) -> Iterator[Block]:
    for one in standing.strength:
        bidder = standing.rules.bidder(one.bidder)
        names = {member.id: member.name for member in bidder.members}
        said, title = "Every service has a member.", f"{bidder.name}: every service is covered"
        if one.gaps:
            said = f"Nobody would give {listed([gap.lower() for gap in one.gaps])}."
            title = f"{bidder.name}: nobody for {plural(len(one.gaps), 'service')}"
        chart = strength_grid(
            f"strength-{one.bidder}",
            title,
            f"Marks where a member covers a service or strengthens a factor. {said}",
            [names[member] for member in one.members],
            list(_covered(one, names)),
        )
        yield Picture(chart)


def _covered(one: StrengthMap, names: dict[str, str]) -> Iterator[Covered]:
    for coverage, needed in [*((c, True) for c in one.services), *((c, False) for c in one.factors)]:
        yield Covered(coverage.title, tuple(names[member] for member in coverage.members), needed)


def _scores(standing: AssessmentStanding) -> Iterator[Block]:
    agreed = {(one.bidder, one.question): one for one in standing.moderated}
    for bidder in standing.rules.bidders:
        rows = []
        for question in standing.rules.questions:
            own = [s for s in standing.scores if (s.bidder, s.question) == (bidder.id, question.id)]
            done = agreed.get((bidder.id, question.id))
            if own or done:
                alone = "; ".join(f"{s.score} ({s.evidence}): {s.because}" for s in own)
                rows.append((question.asks, alone, str(done.score) if done else "–", done.because if done else "–"))
        columns = (Column("Question"), Column("Scored alone"), Column("Agreed"), Column("Because"))
        block: Block = Grid(Table(f"Scores: {bidder.name}", columns, tuple(rows)))
        yield Section(bidder.name, f"scores-{bidder.id}", (block if rows else Paragraph(("Not scored.",)),))


def standstill_blocks(standing: AssessmentStanding) -> Iterator[Block]:
    """The clock after the notice, representations, reviews, the award."""
    course, wait = standing.course, standing.waiting
    if wait is None:
        yield Paragraph((f"No notice of the intention to award has been given; the assessment is {course.state}.",))
        return
    yield Paragraph(
        (
            f"Notice was given on {day(wait.notice)}. The standstill ({wait.regulation}) began on {day(wait.begins)}; "
            f"representations could be made until midnight on {day(wait.representations_until)}. {capital(wait.says)}.",
        )
    )
    names = {bidder.id: bidder.name for bidder in standing.rules.bidders}
    if course.representations:
        rows = tuple((day(one.on), names[one.by], one.says) for one in course.representations)
        yield Grid(Table("Representations", (Column("Day"), Column("By"), Column("What it says")), rows))
    if course.decisions:
        rows = tuple((day(one.on), one.by, one.outcome, one.because) for one in course.decisions)
        yield Grid(Table("Reviews", (Column("Day"), Column("By"), Column("Outcome"), Column("Because")), rows))
    if course.awarded:
        yield Paragraph((f"Awarded on {day(course.awarded)}: {course.why_awarded}.",))
        due = notices_due(standing.process, course)
        yield Items(tuple((f"To be published by {day(until)}: {what}.",) for what, until in due))


def write_award_report(standing: AssessmentStanding, folder: Path) -> tuple[Path, ...]:
    """Write `award-report` as .html, .pdf, .docx and .xlsx, and each chart as SVG, PNG and CSV; returns the paths."""
    made = renderings(award_report(standing), STEM)
    return file_all(folder, made | {f"{STEM}.xlsx": award_workbook(standing)})
