"""Cluster drift and up-coding: which clusters people are put into, and whether their scores go with them."""

from collections.abc import Iterator

from obc.domain.core.statistics import either_way, mean_rise, share_rise
from obc.domain.measurement.records.plain_counts import Clustered, PlainCounts
from obc.domain.outcomes.guarding.look import MARGINS, Look, look
from obc.domain.outcomes.guarding.times import Measured


def clusters(measured: Measured, counts: PlainCounts) -> Iterator[Look]:
    """The share of each cluster among those recorded, and the mean score of those put into it.

    Where people are put into a heavier cluster than they need, its share grows and its mean score falls.
    """
    before, now = (
        {one.cluster: one for one in counts.clusters if one.period == period}
        for period in (measured.times.before, measured.times.now)
    )
    whole = [sum(one.recorded for one in held.values()) for held in (before, now)]
    for cluster in sorted({*before, *now} if all(whole) else ()):
        pair = tuple(held.get(cluster) for held in (before, now))
        x = [one.recorded if one else 0 for one in pair]
        margin = MARGINS["share of a cluster"]
        chance = either_way(
            share_rise(x[0], whole[0], x[1], whole[1], margin), share_rise(x[1], whole[1], x[0], whole[0], margin)
        )
        yield look("share of a cluster", x[0] / whole[0], x[1] / whole[1], (whole[0], whole[1]), chance, about=cluster)
        if pair[0] and pair[1]:
            yield _scores(pair[0], pair[1])


def _scores(before: Clustered, now: Clustered) -> Look:
    # A fall of the mean is a rise of the earlier one over the later.
    chance = mean_rise(_sums(now), _sums(before), MARGINS["scores of a cluster"])
    means = [float(one.total) / one.scored if one.scored else None for one in (before, now)]
    units = (before.scored, now.scored)
    return look("scores of a cluster", means[0], means[1], units, chance, about=now.cluster)


def _sums(one: Clustered) -> tuple[float, float, int]:
    return float(one.total), float(one.squares), one.scored
