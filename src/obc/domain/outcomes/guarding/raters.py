"""First and last assessment by different raters: a gain that comes with another pair of eyes."""

from collections.abc import Iterator, Mapping
from typing import Literal

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import either_way, mean_rise, share_rise
from obc.domain.measurement.records.plain_counts import PlainCounts, Rated
from obc.domain.outcomes.guarding.look import MARGINS, Look, look
from obc.domain.outcomes.guarding.times import Measured


def raters(measured: Measured, counts: PlainCounts) -> Iterator[Look]:
    """Whether pairs with two raters gain more than pairs with one, and whether there are more of them.

    Of the first look, `before` is the gain with the same rater and `now` that with another, both of this year.
    """
    for indicator in dict.fromkeys(one.indicator for one in counts.raters):
        held = {(one.period, one.raters): one for one in counts.raters if one.indicator == indicator}
        now, before = measured.times.now, measured.times.before
        same, other = held.get((now, "the same")), held.get((now, "different"))
        if same and other:
            chance = mean_rise(_sums(same), _sums(other), MARGINS["gain with another rater"])
            yield look(
                "gain with another rater",
                _mean(same),
                _mean(other),
                (same.pairs, other.pairs),
                chance,
                indicator=indicator,
            )
        x, n = zip(*(_pairs(held, period) for period in (before, now)), strict=True)
        if all(n):
            margin = MARGINS["another rater"]
            both = share_rise(x[0], n[0], x[1], n[1], margin), share_rise(x[1], n[1], x[0], n[0], margin)
            yield look("another rater", x[0] / n[0], x[1] / n[1], (n[0], n[1]), either_way(*both), indicator=indicator)


def _pairs(held: Mapping[tuple[Period, Literal["the same", "different"]], Rated], period: Period) -> tuple[int, int]:
    same, other = held.get((period, "the same")), held.get((period, "different"))
    return (other.pairs if other else 0), (other.pairs if other else 0) + (same.pairs if same else 0)


def _mean(one: Rated) -> float | None:
    return float(one.total) / one.pairs if one.pairs else None


def _sums(one: Rated) -> tuple[float, float, int]:
    return float(one.total), float(one.squares), one.pairs
