"""Attribution: the pounds earned, outcome by outcome."""

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor, split
from obc.domain.outcomes.scoring.scorecard import Number, Scorecard, ScoredAddition, ScoredOutcome


class Attributed(BaseModel):
    """What an outcome, or the points for all of them, brought in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    points_earned: Number
    earned_minor: Minor


def attributed(earned_minor: int, scorecard: Scorecard) -> tuple[Attributed, ...]:
    """`earned_minor` shared over outcomes and additional points by the points they earned, to the penny.

    Empty where no points were earned: then nothing brought anything in.
    """
    scored: tuple[ScoredOutcome | ScoredAddition, ...] = (*scorecard.outcomes, *scorecard.additional)
    points = [one.points_earned for one in scored]
    if not any(points):
        return ()
    return tuple(
        Attributed(id=one.id, title=one.title, points_earned=one.points_earned, earned_minor=pennies)
        for one, pennies in zip(scored, split(earned_minor, points), strict=True)
    )
