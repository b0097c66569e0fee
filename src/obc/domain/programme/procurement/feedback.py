"""Feedback to a bidder: its own scores and the reasons, and what it may know of the winner; nothing of the others."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.rate import Exact
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.criteria import Factors
from obc.domain.programme.procurement.ranking import Ranking
from obc.domain.programme.procurement.scores import Checked, Moderated


class Answer(BaseModel):
    """One question: the bidder's own score and why, the winner's score, and what may be told of the winner's answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Slug
    asks: str
    factor: str
    of: int
    own: int | None
    means: str | None
    because: str | None
    winner: int | None
    told: str | None


class Feedback(BaseModel):
    """What one bidder is told. `bidders` and `place` count; no other bidder but the winner is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bidder: Slug
    name: str
    won: bool
    place: int | None
    bidders: int
    own_total: Exact | None
    winner: str | None
    winner_total: Exact | None
    checks: tuple[tuple[str, str, str], ...]
    fails: tuple[str, ...]
    answers: tuple[Answer, ...]


def feedback(
    rules: Assessment,
    factors: Factors,
    ranking: Ranking,
    agreed: Sequence[Moderated],
    checks: Sequence[Checked],
    bidder: str,
) -> Feedback:
    """What a bidder is told. Raises `Problems` for one there is none of."""
    own = rules.bidder(bidder)
    row = next(one for one in ranking.placed if one.bidder == own.id)
    winner = ranking.winner
    given = {(one.bidder, one.question): one for one in agreed}
    answers = []
    for criterion in rules.criteria:
        for question in criterion.questions:
            mine = given.get((own.id, question.id))
            theirs = given.get((winner.bidder, question.id)) if winner else None
            scale = rules.scale(question)
            answers.append(
                Answer(
                    question=question.id,
                    asks=question.asks,
                    factor=factors.named(criterion.factor).title,
                    of=scale[-1].score,
                    own=mine.score if mine else None,
                    means=scale[mine.score].means if mine else None,
                    because=mine.because if mine else None,
                    winner=theirs.score if theirs else None,
                    told=theirs.told if theirs else None,
                )
            )
    return Feedback(
        bidder=own.id,
        name=own.name,
        won=winner is not None and winner.bidder == own.id,
        place=row.place,
        bidders=len(rules.bidders),
        own_total=row.total,
        winner=winner.name if winner else None,
        winner_total=winner.total if winner else None,
        checks=tuple((rules.item(c.item).title, c.result, c.evidence) for c in checks if c.bidder == own.id),
        fails=row.fails,
        answers=tuple(answers),
    )
