"""The acts that carry an assessment on, each with what it refuses."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.provenance import digest
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.conflicts import Conflict
from obc.domain.programme.procurement.law import Process
from obc.domain.programme.procurement.procedure import ASSESSMENT, Decision, Procedure, Representation
from obc.domain.programme.procurement.ranking import Ranking
from obc.domain.programme.procurement.scores import Checked, Moderated, Score, unmoderated, unscored
from obc.domain.programme.procurement.standstill import Waiting, in_time, over

REVIEWS = ("uphold the decision", "go back to moderation", "abandon")
"""What a review may come to (SI 2023/1348, regulation 12(4)(d))."""


def published_part(rules: Assessment) -> str:
    """The hash of what is published before anybody offers: everything but the bidders."""
    return digest(rules.model_copy(update={"bidders": ()}))


def offers(rules: Assessment) -> str:
    """The hash of the bidders and their members."""
    return digest(list(rules.bidders))


def rules_hold(rules: Assessment, course: Procedure) -> None:
    """Refuse to go on where rules are not those published, or bidders not those that were scored. Raises `Problems`."""
    if course.rules is not None and course.rules != published_part(rules):
        found = f"other rules than those published on {course.published}"
        expected = "go back to them: criteria, weights and anchors stay as bidders were told"
        raise refusal("assessment.yaml", "the rules", found, expected)
    if course.offers is not None and course.offers != offers(rules):
        expected = "go back to them: no bidder comes, goes or changes once scoring has closed"
        raise refusal("assessment.yaml", "bidders", "other bidders than those that were scored", expected)


def assessable(process: Process, course: Procedure, on: date) -> None:
    """Refuse to judge providers sooner after the first notice than the rules allow. Raises `Problems`."""
    if process.assess_after is None or course.published is None:
        return
    earliest = course.published + timedelta(days=process.assess_after)
    if on < earliest:
        found = f"a score on {on:%-d %B %Y}, {process.assess_after} days not yet past since the notice"
        expected = f"score from {earliest:%-d %B %Y} on ({process.regulation})"
        raise refusal("assessment", "score", found, expected)


def notices_due(process: Process, course: Procedure) -> tuple[tuple[str, date], ...]:
    """What has to be published after an award, and by when."""
    if course.awarded is None:
        return ()
    return tuple(
        (f"{n.what} ({n.regulation})", course.awarded + timedelta(days=n.within)) for n in process.notices if n.within
    )


def criteria_published(course: Procedure, by: Person, on: date, rules: Assessment) -> Procedure:
    """The assessment with its criteria out: from now on they cannot change, and scoring begins. Raises `Problems`."""
    return _to(course, "publish the criteria", by, rules=published_part(rules), published=on)


def scoring_closed(
    course: Procedure,
    by: Person,
    rules: Assessment,
    scores: Sequence[Score],
    checks: Sequence[Checked],
    conflicts: Sequence[Conflict],
) -> Procedure:
    """The assessment on its way to moderation. Raises `Problems` for every score and check that is missing.

    Refused too where somebody who scored has an interest after all: declared since, or in a bidder that came since.
    """
    after = _to(course, "close scoring", by, offers=offers(rules))
    scored = {one.by for one in scores}
    expected = "these scores cannot count: abandon, and begin again with another assessor"
    late = (
        Problem(file="assessment", where=f"scores of {one.person}", found=one.says, expected=expected)
        for one in conflicts
        if one.person in scored
    )
    _none((*late, *unscored(rules, scores, checks)))
    return after


def concluded(
    course: Procedure,
    by: Person,
    on: date,
    rules: Assessment,
    agreed: Sequence[Moderated],
    checks: Sequence[Checked],
    ranking: Ranking,
) -> Procedure:
    """The assessment with its winner. Raises `Problems` while an answer is not agreed on, or nobody comes first."""
    after = _to(course, "conclude", by)
    _none(unmoderated(rules, agreed, checks))
    return after.model_copy(update={"winner": _winner(ranking), "concluded": on})


def notice_given(course: Procedure, by: Person, on: date, ranking: Ranking) -> Procedure:
    """The assessment with the intention to award published on a day. Raises `Problems`."""
    after = _to(course, "give notice", by)
    return after.model_copy(update={"winner": _winner(ranking), "notice": on, "representations": (), "decisions": ()})


def represented(course: Procedure, by: Person, rules: Assessment, given: Representation, wait: Waiting) -> Procedure:
    """The assessment with a bidder's representation received, which keeps the standstill open. Raises `Problems`."""
    after = _to(course, "receive a representation", by)
    if rules.bidder(given.by).id == course.winner:
        raise refusal("standstill", "representation", "one by the chosen bidder", "only others can be aggrieved")
    in_time(wait, given.on)
    return after.model_copy(update={"representations": (*course.representations, given)})


def reviewed(course: Procedure, by: Person, rules: Assessment, outcome: str, decision: Decision) -> Procedure:
    """The assessment after a review of its decision. Raises `Problems`.

    Refused to everybody who scored or moderated: whoever made a decision does not review it.
    """
    if outcome not in REVIEWS:
        raise refusal("standstill", "review", f"'{outcome}'", f"decide one of: {', '.join(REVIEWS)}")
    if by.id in (*rules.assessors, rules.moderator):
        raise refusal(
            "standstill", "review", f"'{by.id}', who judged", "let somebody review who did not score or moderate"
        )
    for bidder in rules.bidders:
        if conflict := by.conflict_with(*bidder.names):
            raise refusal("standstill", "review", conflict, "leave the review to others")
    after = _to(course, outcome, by, decisions=(*course.decisions, decision))
    back = {"winner": None, "concluded": None, "notice": None} if outcome == "go back to moderation" else {}
    return after.model_copy(update=back)


def awarded(
    course: Procedure, by: Person, on: date, why: str, rules: Assessment, ranking: Ranking, wait: Waiting | None
) -> Procedure:
    """The assessment with its contract awarded. Raises `Problems`.

    Refused: before the standstill has ended, to a bidder that fails, to another than the one in the notice, by another
    than the one who decides.
    """
    after = _to(course, "award", by)
    if by.id != rules.decides:
        raise refusal("assessment", "award", f"'{by.id}'", f"'{rules.decides}' decides")
    for bidder in rules.bidders:
        if conflict := by.conflict_with(*bidder.names):
            raise refusal("assessment", "award", conflict, "leave the decision to others")
    over(wait, on, course.state)
    failed = next((row for row in ranking.placed if row.bidder == course.winner and row.fails), None)
    if failed:
        raise refusal("assessment", "award", f"{failed.name}, which fails: {'; '.join(failed.fails)}", "choose another")
    winner = _winner(ranking)
    if winner != course.winner:
        found = f"'{winner}' in the first place, and '{course.winner}' in the notice"
        raise refusal("assessment", "award", found, "review the decision and give notice anew")
    return after.model_copy(update={"awarded": on, "why_awarded": why})


def abandoned(course: Procedure, by: Person) -> Procedure:
    """The assessment given up. Raises `Problems`."""
    return _to(course, "abandon", by)


def _winner(ranking: Ranking) -> str:
    if ranking.tied:
        found = f"{' and '.join(ranking.tied)} level, also by the tie break"
        raise refusal("assessment", "ranking", found, "moderate again, or abandon")
    if ranking.winner is None:
        why = "; ".join(f"{row.name}: {', '.join(row.fails) or 'not scored'}" for row in ranking.placed)
        raise refusal("assessment", "ranking", f"no bidder that may be chosen ({why})", "abandon, or check again")
    return ranking.winner.bidder


def _to(course: Procedure, verb: str, by: Person, **changed: object) -> Procedure:
    state = ASSESSMENT.after(course.state, verb, by.roles, "assessment")
    return course.model_copy(update={"state": state, **changed})


def _none(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise Problems(found)
