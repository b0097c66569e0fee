"""Rates: events over person-time, with exact limits below ten events and Byar's above."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainccinv, gammaincinv

from obc.domain.core.statistics.arrays import Floats, Labels, Texts, positive, words
from obc.domain.core.statistics.confidence import Confidence, limits, normal_quantile
from obc.domain.core.statistics.counts import counts
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.reason import none_given

FEW = 10
"""Below this many events Byar's approximation is not used, and a directly standardised rate not shown."""


def rate(
    count: ArrayLike,
    person_time: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    confidence: Confidence = 0.95,
    multiplier: float = 100_000,
) -> Estimate:
    """Events per `multiplier` units of person-time (100,000 person-years, say), with Poisson limits.

    Limits are exact below ten events (chi-squared: Garwood 1936) and Byar's from ten on (Breslow and Day
    1987, volume II, page 69), as in the Public Health Technical Guidance; `method` says which. There may be
    more events than person-time. With `multiplier=1` and the expected number as person-time this is the ratio
    of observed to expected. Not available, with the reason: missing or negative figures, no person-time.
    Raises ValueError for a wrong confidence, multiplier or shape.
    """
    k = positive("the multiplier", multiplier)
    x, n, reason, labels = counts(count, person_time, groups, part_of_whole=False)
    return count_ratio(x, n, reason, confidence, k, labels)


def count_ratio(
    x: Floats,
    n: Floats,
    reason: Texts,
    confidence: Confidence,
    multiplier: float,
    labels: Labels | None,
) -> Estimate:
    """The estimate `x / n * multiplier` where no reason stands against it."""
    usable = none_given(reason)
    events = np.where(usable, x, np.nan)
    scale = np.divide(multiplier, n, out=np.full(np.shape(n), np.nan), where=usable)
    lower, upper = limits(confidence, lambda level: count_limits(events, level))
    method = words(x.shape, "Byar")
    method[x < FEW] = "exact"
    return Estimate(events * scale, lower * scale, upper * scale, x, n, reason, method, labels)


def count_limits(x: Floats, level: float) -> tuple[Floats, Floats]:
    """Limits of a Poisson count: exact below ten, Byar's from ten on. NaN in, NaN out."""
    few = x < FEW
    lower, upper = byar(np.where(few, FEW, x), normal_quantile(level))
    exactly = exact(x[few], level)
    lower[few], upper[few] = exactly
    return lower, upper


def byar(x: Floats, z: float) -> tuple[Floats, Floats]:
    """Byar's limits of a count, a cube of a normal approximation. Good from ten events on."""
    y = x + 1
    lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    upper = y * (1 - 1 / (9 * y) + z / (3 * np.sqrt(y))) ** 3
    return np.asarray(lower), np.asarray(upper)


def exact(x: Floats, level: float) -> tuple[Floats, Floats]:
    """Exact limits of a Poisson count by the chi-squared distribution; of no events the lower is 0.

    The p-quantile of chi-squared on 2a degrees of freedom is twice the inverse of the incomplete gamma
    function, which costs a tenth of the general distribution.
    """
    tail = (1 - level) / 2
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1.0, x), tail))
    return lower, np.asarray(gammainccinv(x + 1, tail))
