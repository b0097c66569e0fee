"""How sure the ranking is: how far one weight, or one score, must move before another bidder wins."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.rate import Exact
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.criteria import Factors
from obc.domain.programme.procurement.ranking import Placed, Ranking, rank
from obc.domain.programme.procurement.scores import Checked, Moderated


class Slack(BaseModel):
    """One factor: its weight, and the weights between which the winner stays first.

    The other weights share the rest in their proportions. `below` and `above`: who comes first past either end; None:
    nobody does, however far the weight moves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    factor: Slug
    title: str
    weight: Exact
    from_: Exact
    to: Exact
    below: Slug | None
    above: Slug | None


class OneStep(BaseModel):
    """One moderated score moved by one step, and who would win then (None: two would share the first place)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bidder: Slug
    question: Slug
    from_: int
    to: int
    winner: Slug | None


class Sensitivity(BaseModel):
    """`slack` by factor; `steps`: every single step of a score that changes the winner; none: no single step does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    winner: Slug
    lead: Exact
    slack: tuple[Slack, ...]
    steps: tuple[OneStep, ...]
    scores_tried: int


def sensitivity(
    rules: Assessment, factors: Factors, agreed: Sequence[Moderated], checks: Sequence[Checked]
) -> Sensitivity | None:
    """How sure the ranking is; None where nobody won, or nobody else has a place."""
    ranking = rank(rules, factors, agreed, checks)
    winner = ranking.winner
    rivals = [row for row in ranking.placed if row.place is not None and row != winner]
    if winner is None or winner.total is None or not rivals:
        return None
    steps = tuple(_steps(rules, factors, agreed, checks, ranking))
    assert rivals[0].total is not None
    return Sensitivity(
        winner=winner.bidder,
        lead=winner.total - rivals[0].total,
        slack=tuple(_slack(factors, winner, rivals, i) for i in range(len(winner.weighed))),
        steps=tuple(one for one, changed in steps if changed),
        scores_tried=len(steps),
    )


def _slack(factors: Factors, winner: Placed, rivals: Sequence[Placed], i: int) -> Slack:
    own = winner.weighed[i]
    low, high = Fraction(0), Fraction(1)
    below: str | None = None
    above: str | None = None
    for rival in rivals:
        at = _crossing(winner, rival, i)
        if at is not None and low <= at <= own.weight and _gains(winner, rival, i) > 0:
            low, below = at, rival.bidder
        if at is not None and own.weight <= at <= high and _gains(winner, rival, i) < 0:
            high, above = at, rival.bidder
    return Slack(
        factor=own.factor,
        title=factors.named(own.factor).title,
        weight=own.weight,
        from_=low,
        to=high,
        below=below,
        above=above,
    )


def _ends(row: Placed, i: int) -> tuple[Fraction, Fraction]:
    """The total (out of 1) where the factor weighs nothing, and where it weighs everything: a straight line between."""
    own = row.weighed[i]
    assert row.total is not None
    rest = 1 - own.weight
    without = (row.total - own.points) / 100 / rest if rest else Fraction(0)
    return without, own.share


def _gains(winner: Placed, rival: Placed, i: int) -> Fraction:
    """How the winner's lead over a rival changes as the weight grows from nothing to everything."""
    (a0, a1), (b0, b1) = _ends(winner, i), _ends(rival, i)
    return (a1 - b1) - (a0 - b0)


def _crossing(winner: Placed, rival: Placed, i: int) -> Fraction | None:
    """The weight at which a rival draws level; None: nowhere between nothing and everything."""
    lead, slope = _ends(winner, i)[0] - _ends(rival, i)[0], _gains(winner, rival, i)
    if not slope:
        return None
    at = -lead / slope
    return at if 0 < at < 1 else None


def _steps(
    rules: Assessment, factors: Factors, agreed: Sequence[Moderated], checks: Sequence[Checked], now: Ranking
) -> Iterator[tuple[OneStep, bool]]:
    assert now.winner is not None
    for i, one in enumerate(agreed):
        scale = [anchor.score for anchor in rules.scale(rules.question(one.question))]
        for score in (one.score - 1, one.score + 1):
            if score not in scale:
                continue
            moved = [*agreed[:i], one.model_copy(update={"score": score}), *agreed[i + 1 :]]
            winner = rank(rules, factors, moved, checks).winner
            name = winner.bidder if winner else None
            step = OneStep(bidder=one.bidder, question=one.question, from_=one.score, to=score, winner=name)
            yield step, name != now.winner.bidder
