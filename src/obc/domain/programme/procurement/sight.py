"""Who sees which scores: one's own while scoring is open, the panel's once it has closed, and no rival's ever."""

from collections.abc import Sequence
from typing import Literal

from obc.domain.core.kernel.people import Person
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.procedure import PREPARED, SCORING, Procedure
from obc.domain.programme.procurement.scores import Checked, Moderated, Score, unmoderated, unscored

Sight = Literal["nothing", "own", "panel"]

CARRYING = ("procurement lead", "programme director", "governing body member", "accountable officer", "chair")
"""Who carries an assessment on, reviews or decides it, and so has to see what it rests on."""


def sight(rules: Assessment, course: Procedure, by: Person | None) -> Sight:
    """What somebody may see of the scores now; None: a stranger to the programme.

    While scoring is open an assessor sees only what they gave themselves, and nobody else sees any: no score leans on
    another. Whoever works for a bidder, or has an interest in one, sees none at any time.
    """
    if by is None or any(by.conflict_with(*bidder.names) for bidder in rules.bidders):
        return "nothing"
    if course.state in (PREPARED, SCORING):
        return "own" if by.id in rules.assessors else "nothing"
    part = by.id in (*rules.assessors, rules.moderator, rules.decides)
    return "panel" if part or set(by.roles) & set(CARRYING) else "nothing"


def seen(scores: Sequence[Score], may: Sight, by: Person | None) -> tuple[Score, ...]:
    """Of the scores those that somebody may see."""
    if may == "panel":
        return tuple(scores)
    return tuple(one for one in scores if may == "own" and by is not None and one.by == by.id)


def to_score(rules: Assessment, course: Procedure, by: Person | None, checks: Sequence[Checked]) -> tuple[str, ...]:
    """The answers that somebody is asked to score now, as 'bidder/question'; those of bidders that failed are not."""
    if by is None or course.state != SCORING or sight(rules, course, by) != "own":
        return ()
    failed = {one.bidder for one in checks if one.result == "fail"}
    return tuple(
        f"{bidder.id}/{question.id}"
        for bidder in rules.bidders
        if bidder.id not in failed
        for question in rules.questions
        if by.id in question.scored_by
    )


def left(
    rules: Assessment, scores: Sequence[Score], checks: Sequence[Checked], agreed: Sequence[Moderated]
) -> tuple[int, int]:
    """How many scores and checks, and how many agreed scores, are still to come: numbers that give nothing away."""
    return len(tuple(unscored(rules, scores, checks))), len(tuple(unmoderated(rules, agreed, checks)))
