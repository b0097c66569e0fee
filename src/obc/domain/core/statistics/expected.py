"""Observed over expected where every person has a chance of their own: case-mix adjustment of a proportion."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Floats, floats, same_length, words
from obc.domain.core.statistics.confidence import Confidence, levels, limits, normal_quantile
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.funnel import LEVELS, Funnel, placed
from obc.domain.core.statistics.proportion import wilson
from obc.domain.core.statistics.reason import Reason, first_reason, none_given


def observed_over_expected(
    observed: ArrayLike, size: ArrayLike, expected: ArrayLike, variance: ArrayLike, *, confidence: Confidence = 0.95
) -> Estimate:
    """Events observed among `size` people over the `expected` sum of their chances p; `variance` is Σ p (1 − p).

    The interval is Wilson's of the share observed, taken at the number of people whose share would vary by chance as
    these people's does: `expected` of `size` vary less when chances differ. So it leaves out 1 just where
    `expected_funnel` places the point outside. Limits of a Poisson count, usual for ratios, are too wide for events
    that most people have. Chances are taken as given: the doubt of a model's own coefficients is not in the interval.

    `numerator` is observed, `denominator` expected. Not available, with the reason: missing or negative figures, more
    events than people, nothing expected, or everybody. Raises ValueError for a wrong confidence or shape.
    """
    o, n, e, v, reason = _checked(observed, size, expected, variance)
    usable = none_given(reason)
    share, mean = (np.divide(a, n, out=np.full(n.shape, np.nan), where=usable) for a in (o, e))
    effective = np.divide(mean * (1 - mean) * n * n, v, out=np.full(n.shape, np.nan), where=usable)
    scale = np.divide(n, e, out=np.full(n.shape, np.nan), where=usable)

    def between(level: float) -> tuple[Floats, Floats]:
        lower, upper = wilson(share, effective, normal_quantile(level))
        return lower * scale, upper * scale

    lower, upper = limits(confidence, between)
    return Estimate(share * scale, lower, upper, o, e, reason, words(n.shape, "Wilson"))


def expected_funnel(
    observed: ArrayLike, size: ArrayLike, expected: ArrayLike, variance: ArrayLike, *, confidence: Confidence = LEVELS
) -> Funnel:
    """Limits about 1 in which observed over expected lies by chance: 1 ± z √variance / expected.

    Spiegelhalter (2005), Statistics in Medicine 24: 1185–1202, for risk-adjusted proportions. Arguments and reasons as
    in `observed_over_expected`.
    """
    o, n, e, v, reason = _checked(observed, size, expected, variance)
    usable = none_given(reason)
    spread = np.divide(np.sqrt(v), e, out=np.full(n.shape, np.nan), where=usable)
    most = np.divide(n, e, out=np.full(n.shape, np.nan), where=usable)

    def between(level: float) -> tuple[Floats, Floats]:
        reach = normal_quantile(level) * spread
        return np.maximum(1 - reach, 0), np.minimum(1 + reach, most)

    asked = levels(confidence)
    lower, upper = limits(asked, between)
    value = np.divide(o, e, out=np.full(n.shape, np.nan), where=usable)
    return placed(value, 1.0, lower, upper, reason, asked, 1)


def _checked(
    observed: ArrayLike, size: ArrayLike, expected: ArrayLike, variance: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats, np.ndarray]:
    o, n, e, v = (np.atleast_1d(floats(given)) for given in (observed, size, expected, variance))
    same_length(observed=o, size=n, expected=e, variance=v)
    reason = first_reason(
        (np.isnan(o), Reason.NUMERATOR_MISSING),
        (np.isnan(n), Reason.DENOMINATOR_MISSING),
        (np.isnan(e) | np.isnan(v), Reason.REFERENCE_MISSING),
        ((o < 0) | (n < 0) | (e < 0) | (v < 0), Reason.NEGATIVE),
        (o > n, Reason.ABOVE_DENOMINATOR),
        (n == 0, Reason.DENOMINATOR_ZERO),
        (e == 0, Reason.NOTHING_EXPECTED),
        (v == 0, Reason.ALL_EXPECTED),
    )
    return o, n, e, v, reason
