"""Proportions, with Wilson's score interval."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Floats, positive, words
from obc.domain.core.statistics.confidence import Confidence, limits, normal_quantile
from obc.domain.core.statistics.counts import counts
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.reason import none_given


def proportion(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    confidence: Confidence = 0.95,
    multiplier: float = 1,
) -> Estimate:
    """How many of how many, with the interval of Wilson (1927), which Newcombe (1998) recommends.

    Arrays of one shape, or scalars; with `groups` the rows of a label are summed first. `multiplier` 100
    gives per cent. Not available, with the reason: a missing, negative or empty denominator, a missing or
    negative numerator, a numerator above its denominator. Of no successes the lower limit is 0, of successes
    only the upper is 1. Counts may be fractions (weights).
    Raises ValueError for a wrong confidence, multiplier or shape.
    """
    k = positive("the multiplier", multiplier)
    x, n, reason, labels = counts(numerator, denominator, groups, part_of_whole=True)
    usable = none_given(reason)
    p = np.divide(x, n, out=np.full(x.shape, np.nan), where=usable)
    size = np.where(usable, n, np.nan)
    lower, upper = limits(confidence, lambda level: wilson(p, size, normal_quantile(level)))
    return Estimate(k * p, k * lower, k * upper, x, n, reason, words(p.shape, "Wilson"), labels)


def wilson(p: Floats, n: Floats, z: float) -> tuple[Floats, Floats]:
    """The limits of the share `p` of `n` at `z` standard errors: where the score test would just reject.

    Wilson, E.B. (1927), Journal of the American Statistical Association 22: 209–212. The same figures as
    statsmodels' `proportion_confint(method="wilson")`, which takes seconds to import for one line.
    """
    centre = p + z * z / (2 * n)
    reach = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    lower, upper = (centre - reach) / (1 + z * z / n), (centre + reach) / (1 + z * z / n)
    # what rounding leaves at the ends: none of n has the lower limit 0, all of n the upper limit 1
    return np.where(p == 0, 0.0, np.minimum(lower, p)), np.where(p == 1, 1.0, np.maximum(upper, p))
