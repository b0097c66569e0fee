"""What matters most, to whom, and how sure that is: Borda and Bradley–Terry, by group and over all groups."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.core.statistics.arrays import Floats
from obc.domain.core.statistics.borda import borda, preferred_pairs
from obc.domain.core.statistics.bradley_terry import bradley_terry
from obc.domain.programme.engagement.preferences import Preferences

ALL = "all groups"
IMAGINED = 1.0
"""Comparisons of each outcome with one of middling worth, so that no draw is without an answer."""
_CONFIDENCE = 0.95


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ranked(_Result):
    """One outcome in a group's order.

    `share`: of the other outcomes, how many it stands above on the average ballot (Borda). `worth`: its Bradley–Terry
    worth among all, which add up to 1. Each with its 95 % interval; `rank` 1 is first, `rank_low` to `rank_high` are
    the places that 95 % of draws give it.
    """

    outcome: str
    rank: int
    rank_low: int
    rank_high: int
    share: float
    share_low: float
    share_high: float
    worth: float
    worth_low: float
    worth_high: float


class Order(_Result):
    """The order of a group, the outcome that matters most first."""

    group: str
    people: int
    outcomes: tuple[Ranked, ...]


class Gap(_Result):
    """How much more `one` group prizes an outcome than the `other`: the difference of their Borda shares.

    The interval is widened for the number of outcomes (Bonferroni); `apart` where it leaves out 0.
    """

    outcome: str
    difference: float
    low: float
    high: float
    apart: bool


class GroupsCompared(_Result):
    """Two groups. `agreement`: Kendall's tau of their orders, 1 for the same, −1 for the reverse."""

    one: str
    other: str
    agreement: float
    gaps: tuple[Gap, ...]


class Priorities(_Result):
    """What matters most. `orders` begins with all groups, each of which counts the same however many took part."""

    asked: str
    source: str
    draws: int
    seed: int
    orders: tuple[Order, ...]
    compared: tuple[GroupsCompared, ...]
    too_few: tuple[tuple[str, int], ...]


def priorities(given: Preferences, outcomes: Sequence[str]) -> Priorities:
    """The orders of all groups and of each, of `outcomes` by id.

    People are drawn anew with replacement within each group (bootstrap; Efron and Tibshirani 1993, chapter 13), whole
    ballots at a time, since the comparisons that one person makes belong together.
    """
    return _priorities(given, tuple(outcomes))


@lru_cache(maxsize=4)  # thousands of draws, asked for on many pages between one answer and the next
def _priorities(given: Preferences, outcomes: tuple[str, ...]) -> Priorities:
    sizes = given.sizes()
    groups = {name: _Group.of(name, given, outcomes) for name, size in sizes.items() if size >= given.fewest}
    orders = []
    if groups:
        every = (_Group.together(list(groups.values())), *groups.values())
        worths = bradley_terry(np.stack([one.pairs * one.people for one in every]), imagined=IMAGINED)
        orders = [_order(one, worth, outcomes) for one, worth in zip(every, worths, strict=True)]
    return Priorities(
        asked=given.asked,
        source=given.source,
        draws=given.draws,
        seed=given.seed,
        orders=tuple(orders),
        compared=tuple(
            _compared(groups[pair.one], groups[pair.other], outcomes)
            for pair in given.compare
            if pair.one in groups and pair.other in groups
        ),
        too_few=tuple((name, size) for name, size in sizes.items() if size < given.fewest),
    )


class _Group:
    """The shares and pairs of a group: as given in row 0, as drawn in the others."""

    def __init__(self, name: str, people: int, shares: Floats, pairs: Floats):
        self.name, self.people, self.shares, self.pairs = name, people, shares, pairs

    @classmethod
    def of(cls, name: str, given: Preferences, outcomes: Sequence[str]) -> "_Group":
        cast: Counter[tuple[str, ...]] = Counter()
        for ballot in given.ballots:
            if ballot.group == name:
                cast[ballot.ranks] += ballot.people
        orders = sorted(cast)  # so that neither the order of the lines nor how they are split moves a draw
        people = np.array([cast[ranks] for ranks in orders])
        rows = np.array([_positions(ranks, outcomes) for ranks in orders])
        # a seed of its own for each group, so that an added group moves no other
        random = np.random.default_rng([given.seed, *name.encode()])
        drawn = random.multinomial(people.sum(), people / people.sum(), size=given.draws)
        parts = np.vstack([people, drawn]) / people.sum()
        pairs = np.tensordot(parts, preferred_pairs(rows), axes=1)
        return cls(name, int(people.sum()), parts @ borda(rows), pairs)

    @classmethod
    def together(cls, groups: "Sequence[_Group]") -> "_Group":
        """All groups, each counting the same."""
        shares = np.mean([one.shares for one in groups], axis=0)
        return cls(ALL, sum(one.people for one in groups), shares, np.mean([one.pairs for one in groups], axis=0))


def _positions(ranks: Sequence[str], outcomes: Sequence[str]) -> list[int]:
    place = {name: i for i, name in enumerate(ranks, 1)}
    return [place.get(name, 0) for name in outcomes]


def _order(group: _Group, worth: Floats, outcomes: Sequence[str]) -> Order:
    ranks = _ranks(group.shares)
    low, high = _interval(group.shares[1:])
    worth_low, worth_high = _interval(worth[1:])
    rank_low, rank_high = _interval(ranks[1:])
    found = [
        Ranked(
            outcome=name,
            rank=int(ranks[0, i]),
            rank_low=int(np.floor(rank_low[i])),
            rank_high=int(np.ceil(rank_high[i])),
            share=_shown(group.shares[0, i]),
            share_low=_shown(low[i]),
            share_high=_shown(high[i]),
            worth=_shown(worth[0, i]),
            worth_low=_shown(worth_low[i]),
            worth_high=_shown(worth_high[i]),
        )
        for i, name in enumerate(outcomes)
    ]
    return Order(group=group.name, people=group.people, outcomes=tuple(sorted(found, key=lambda one: one.rank)))


def _compared(one: _Group, other: _Group, outcomes: Sequence[str]) -> GroupsCompared:
    apart = one.shares - other.shares
    low, high = _interval(apart[1:], widened_for=len(outcomes))
    gaps = tuple(
        Gap(
            outcome=name,
            difference=_shown(apart[0, i]),
            low=_shown(low[i]),
            high=_shown(high[i]),
            apart=bool(low[i] > 0 or high[i] < 0),
        )
        for i, name in enumerate(outcomes)
    )
    return GroupsCompared(one=one.name, other=other.name, agreement=_tau(one.shares[0], other.shares[0]), gaps=gaps)


def _ranks(shares: Floats) -> Floats:
    """From 1 for the highest share of each row; equal shares have the rank of the first of them."""
    rounded = np.round(shares, 9)
    return np.asarray((rounded[:, None, :] > rounded[:, :, None]).sum(axis=2) + 1.0)


def _interval(drawn: Floats, widened_for: int = 1) -> tuple[Floats, Floats]:
    tail = (1 - _CONFIDENCE) / 2 / widened_for
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return low, high


def _tau(one: Floats, other: Floats) -> float:
    """Kendall's tau-b: pairs in the same order less pairs in the reverse, ties aside."""
    upper = np.triu_indices(len(one), 1)
    a, b = (np.sign(np.round(x[upper[0]] - x[upper[1]], 9)) for x in (one, other))
    spread = np.sqrt((a != 0).sum() * (b != 0).sum())
    return _shown((a * b).sum() / spread) if spread else 0.0


def _shown(number: float) -> float:
    """To six decimals: what a million draws could not tell apart is not printed."""
    return round(float(number), 6) + 0.0


class AgainstPoints(_Result):
    """An outcome's place among what matters, and among the points of the contract (equal points share places)."""

    outcome: str
    rank: int
    rank_low: int
    rank_high: int
    points: float
    points_low: int
    points_high: int
    out_of_line: bool


def against_points(order: Order, points: Mapping[str, float]) -> tuple[AgainstPoints, ...]:
    """Where points and preferences part: the places do not meet, even with the doubt about them."""
    found = []
    for one in order.outcomes:
        mine = points[one.outcome]
        first = 1 + sum(other > mine for other in points.values())
        last = sum(other >= mine for other in points.values())
        found.append(
            AgainstPoints(
                outcome=one.outcome,
                rank=one.rank,
                rank_low=one.rank_low,
                rank_high=one.rank_high,
                points=mine,
                points_low=first,
                points_high=last,
                out_of_line=last < one.rank_low or first > one.rank_high,
            )
        )
    return tuple(found)
