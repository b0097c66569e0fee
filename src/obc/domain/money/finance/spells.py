"""Savings worked out from spells: each spell is saved once, and only the cost that can leave is counted."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.amount import minor
from obc.domain.money.finance.savings import Assumption, Cluster, Savings


class ClusterYear(BaseModel):
    """One cluster in one year: spells as they would have been, after steps down, after reductions; and the money.

    Spells are exact and may hold parts of one. `saved_minor` counts every spell at its unit cost; `released_minor`
    is what of it can leave. Both are negative in a cluster that gains spells.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cluster: int
    spells: Exact
    after_steps: Exact
    after_reductions: Exact
    saved_minor: int
    released_minor: int


class SavingsYear(BaseModel):
    """All clusters in one year. `double_minor`: what would be counted twice by adding the assumptions up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    clusters: tuple[ClusterYear, ...]
    saved_minor: int
    released_minor: int
    double_minor: int


def modelled(savings: Savings, years: Sequence[int], indices: Sequence[Fraction]) -> tuple[SavingsYear, ...]:
    """The savings of each of `years`; `indices` say what 1 of base-year cost has become in each.

    Steps down come first, on the spells that were there before anybody moved; reductions then fall on who is left,
    one after the other. So no spell is saved twice. A cluster that gains spells pays their cost in full: what a
    fixed cost base could absorb is not promised.
    """
    return tuple(_year(savings, i, year, index) for i, (year, index) in enumerate(zip(years, indices, strict=True)))


def _year(savings: Savings, i: int, year: int, index: Fraction) -> SavingsYear:
    before = {one.cluster: Fraction(one.spells) for one in savings.clusters}
    moved = dict(before)
    for assumption in savings.assumptions:
        for upper, lower in pairwise(assumption.steps_down):
            going = before[upper] * assumption.cumulative[i]
            moved[upper] -= going
            moved[lower] += going
    left = dict(moved)
    for assumption in savings.assumptions:
        for cluster in assumption.reduces:
            left[cluster] *= 1 - assumption.cumulative[i]
    rows = tuple(
        _row(savings, cluster, before[cluster], moved[cluster], left[cluster], index) for cluster in sorted(before)
    )
    saved = sum(row.saved_minor for row in rows)
    naive = sum((_alone(savings, assumption, i, before) for assumption in savings.assumptions), Fraction(0))
    return SavingsYear(
        year=year,
        clusters=rows,
        saved_minor=saved,
        released_minor=sum(row.released_minor for row in rows),
        double_minor=minor(naive * index) - saved,
    )


def _row(
    savings: Savings, cluster: Cluster, before: Fraction, moved: Fraction, left: Fraction, index: Fraction
) -> ClusterYear:
    cost = _unit_cost(savings, cluster) * index
    gone = before - left
    share = gone / before if before and gone > 0 else Fraction(0)
    behaviour = savings.behaviour
    released = before * (behaviour.released(share) if behaviour else share) if gone > 0 else gone
    return ClusterYear(
        cluster=cluster,
        spells=before,
        after_steps=moved,
        after_reductions=left,
        saved_minor=minor(gone * cost),
        released_minor=minor(released * cost),
    )


def _alone(savings: Savings, assumption: Assumption, i: int, before: dict[Cluster, Fraction]) -> Fraction:
    """What an assumption would save if it were the only one (base-year minor units)."""
    share = assumption.cumulative[i]
    if assumption.reduces:
        return sum((before[c] * share * _unit_cost(savings, c) for c in assumption.reduces), Fraction(0))
    steps = pairwise(assumption.steps_down)
    apart = ((before[a], _unit_cost(savings, a) - _unit_cost(savings, b)) for a, b in steps)
    return sum((spells * share * difference for spells, difference in apart), Fraction(0))


def _unit_cost(savings: Savings, cluster: Cluster) -> int:
    return next(one.unit_cost for one in savings.clusters if one.cluster == cluster)
