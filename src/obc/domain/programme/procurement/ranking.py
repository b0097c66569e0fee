"""The ranking: weighted shares of the best score, exact; bidders that failed have no place in it."""

from collections.abc import Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.rate import Exact
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.bidders import Bidder, strength_map
from obc.domain.programme.procurement.criteria import Criterion, Factors
from obc.domain.programme.procurement.scores import Checked, Moderated


class Weighed(BaseModel):
    """A factor of one bidder: the share of the best score (0 to 1), and what it brings to the total (0 to 100)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    factor: Slug
    weight: Exact
    share: Exact
    points: Exact


class Placed(BaseModel):
    """A bidder with its total out of 100, its place (None: it failed, or is not yet scored), and why it failed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bidder: Slug
    name: str
    place: int | None
    total: Exact | None
    weighed: tuple[Weighed, ...]
    fails: tuple[str, ...]


class Ranking(BaseModel):
    """The bidders, best first, those without a place last. `by_tie_break`: the factor that parted the first two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    placed: tuple[Placed, ...]
    tied: tuple[Slug, ...]
    by_tie_break: Slug | None

    @property
    def winner(self) -> Placed | None:
        """The one in the first place; None where nobody has one, or several share it."""
        first = self.placed[0] if self.placed else None
        return first if first and first.place == 1 and not self.tied else None


def rank(rules: Assessment, factors: Factors, agreed: Sequence[Moderated], checks: Sequence[Checked]) -> Ranking:
    """The ranking as the moderated scores and the checks stand."""
    rows = [_row(rules, factors, bidder, agreed, checks) for bidder in rules.bidders]
    shares = {row.bidder: {one.factor: one.share for one in row.weighed} for row in rows}
    ranked = sorted(
        (row for row in rows if row.total is not None and not row.fails),
        key=lambda row: _key(rules, row, shares[row.bidder]),
    )
    keys = [_key(rules, row, shares[row.bidder]) for row in ranked]
    placed = [row.model_copy(update={"place": keys.index(key) + 1}) for row, key in zip(ranked, keys, strict=True)]
    tied = tuple(row.bidder for row in placed if row.place == 1) if keys.count(min(keys, default=())) > 1 else ()
    return Ranking(
        placed=(*placed, *(row for row in rows if row not in ranked)),
        tied=tied,
        by_tie_break=_parted(rules, ranked[:2], shares) if len(ranked) > 1 else None,
    )


def share(rules: Assessment, criterion: Criterion, bidder: str, agreed: Sequence[Moderated]) -> Fraction | None:
    """What share of the best score a bidder has on a criterion: its questions count alike. None: one is not scored."""
    given = {one.question: one.score for one in agreed if one.bidder == bidder}
    parts = []
    for question in criterion.questions:
        if question.id not in given:
            return None
        parts.append(Fraction(given[question.id], rules.scale(question)[-1].score))
    return sum(parts, Fraction(0)) / len(parts)


def _row(
    rules: Assessment, factors: Factors, bidder: Bidder, agreed: Sequence[Moderated], checks: Sequence[Checked]
) -> Placed:
    shares = [(criterion, share(rules, criterion, bidder.id, agreed)) for criterion in rules.criteria]
    weighed = tuple(
        Weighed(factor=one.factor, weight=one.weight, share=part, points=100 * one.weight * part)
        for one, part in shares
        if part is not None
    )
    whole = len(weighed) == len(rules.criteria)
    return Placed(
        bidder=bidder.id,
        name=bidder.name,
        place=None,
        total=sum((one.points for one in weighed), Fraction(0)) if whole else None,
        weighed=weighed,
        fails=failures(rules, factors, bidder, agreed, checks),
    )


def failures(
    rules: Assessment, factors: Factors, bidder: Bidder, agreed: Sequence[Moderated], checks: Sequence[Checked]
) -> tuple[str, ...]:
    """Why no score can make up for what a bidder lacks; none: it may be chosen."""
    found = [
        f"{rules.item(one.item).title}: {one.evidence}"
        for one in checks
        if (one.bidder, one.result) == (bidder.id, "fail")
    ]
    weighed = [(one.id, one.title) for one in factors.factors]
    found += [f"nobody would give the service: {gap}" for gap in strength_map(bidder, rules.services, weighed).gaps]
    for one in agreed:
        if one.bidder != bidder.id:
            continue
        least = rules.question(one.question).least
        if least is not None and one.score < least:
            found.append(f"{one.score} on '{one.question}', where at least {least} is asked")
    return tuple(found)


def _key(rules: Assessment, row: Placed, shares: dict[str, Fraction]) -> tuple[Fraction, ...]:
    assert row.total is not None
    return (-row.total, *(-shares[factor] for factor in rules.tie_break))


def _parted(rules: Assessment, two: Sequence[Placed], shares: dict[str, dict[str, Fraction]]) -> str | None:
    first, second = two
    if first.total != second.total:
        return None
    parting = (name for name in rules.tie_break if shares[first.bidder][name] != shares[second.bidder][name])
    return next(parting, None)
