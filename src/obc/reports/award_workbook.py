"""An assessment as a workbook: ranking, points, slack of weights, every score with its evidence and reason."""

from fractions import Fraction

from obc.domain.programme.procurement.assessment_standing import AssessmentStanding
from obc.reports.spreadsheet import workbook
from obc.reports.table import Column, Table


def award_workbook(standing: AssessmentStanding) -> bytes:
    """The bytes of an .xlsx file, a sheet a table."""
    rules = standing.rules
    notes = (
        f"The assessment is {standing.course.state}. Not for publication: it holds the reasons for every score.",
        "Points are shares of the best score, weighted; the questions of a factor count alike.",
        f"Source: {rules.source}",
    )
    sheets = (
        ("Ranking", _ranking(standing)),
        ("Points by factor", _points(standing)),
        ("Slack of weights", _slack(standing)),
        ("Scores", _scores(standing)),
        ("Agreed", _agreed(standing)),
        ("Passed or failed", _checks(standing)),
    )
    return workbook(rules.title, notes, sheets)


def _ranking(standing: AssessmentStanding) -> Table:
    rows = tuple(
        (
            one.name,
            one.place if one.place is not None else "–",
            one.total if one.total is not None else "not scored",
            "; ".join(one.fails) or "–",
        )
        for one in standing.ranking.placed
    )
    columns = (Column("Bidder"), Column("Place", "count"), Column("Of 100", "number", 2), Column("Fails"))
    return Table("Ranking", columns, rows)


def _points(standing: AssessmentStanding) -> Table:
    scored = [one for one in standing.ranking.placed if one.total is not None]
    rows = tuple(
        (standing.factors.named(one.factor).title, one.weight, *(row.weighed[i].points for row in scored))
        for i, one in enumerate(standing.rules.criteria)
    )
    columns = (Column("Factor"), Column("Weight", "percent"), *(Column(one.name, "number", 2) for one in scored))
    total = ("Total", Fraction(1), *(one.total or Fraction(0) for one in scored))
    return Table("Points by factor", columns, rows, total)


def _slack(standing: AssessmentStanding) -> Table:
    names = {bidder.id: bidder.name for bidder in standing.rules.bidders}
    found = standing.sensitivity.slack if standing.sensitivity else ()
    rows = tuple(
        (
            one.title,
            one.weight,
            one.from_,
            one.to,
            names.get(one.below or "", "nobody else"),
            names.get(one.above or "", "nobody else"),
        )
        for one in found
    )
    shares = (Column("Weight now", "percent"), Column("First from", "percent"), Column("First to", "percent"))
    return Table("Slack of weights", (Column("Factor"), *shares, Column("First below"), Column("First above")), rows)


def _scores(standing: AssessmentStanding) -> Table:
    names = {bidder.id: bidder.name for bidder in standing.rules.bidders}
    rows = tuple(
        (names[one.bidder], one.question, one.by, one.score, one.evidence, one.because) for one in standing.scores
    )
    columns = ("Bidder", "Question", "Assessor", "Score", "Evidence", "Because")
    return Table("Scores given alone", tuple(Column(c, "count" if c == "Score" else "text") for c in columns), rows)


def _agreed(standing: AssessmentStanding) -> Table:
    names = {bidder.id: bidder.name for bidder in standing.rules.bidders}
    rows = tuple(
        (names[one.bidder], one.question, one.score, one.because, one.told or "–") for one in standing.moderated
    )
    columns = ("Bidder", "Question", "Score", "Because", "What others may be told")
    return Table("Agreed scores", tuple(Column(c, "count" if c == "Score" else "text") for c in columns), rows)


def _checks(standing: AssessmentStanding) -> Table:
    names = {bidder.id: bidder.name for bidder in standing.rules.bidders}
    items = {item.id: item.title for item in standing.rules.items}
    rows = tuple((names[one.bidder], items[one.item], one.result, one.evidence) for one in standing.checks)
    return Table("Passed or failed", tuple(map(Column, ("Bidder", "Item", "Result", "What shows it"))), rows)
