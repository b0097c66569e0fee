"""Means, with Student's t interval."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from obc.domain.core.statistics.arrays import Floats, Labels, floats, positive, words
from obc.domain.core.statistics.confidence import Confidence, limits
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.groups import grouped, one_group
from obc.domain.core.statistics.reason import Reason, first_reason

_ROUNDING = 1e-9  # of a sum of squares: what adding up in another order may leave


def mean(
    values: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    confidence: Confidence = 0.95,
    multiplier: float = 1,
) -> Estimate:
    """The mean of all values, or of each group's, with Student's t on n - 1 degrees of freedom.

    `numerator` is the sum and `denominator` the number of values. One missing value makes its group not
    available; one value alone has a mean and no interval; equal values have an interval of no width.
    Raises ValueError for a wrong confidence, multiplier or shape.
    """
    rows = np.atleast_1d(floats(values))
    by = one_group(len(rows)) if groups is None else grouped(groups)
    if rows.shape != by.index.shape:
        raise ValueError(f"values have the shape {rows.shape} and groups {by.index.shape}; give one a row")
    total, n = by.total(rows), by.count()
    centre = np.divide(total, n, out=np.full(by.size, np.nan), where=n > 0)
    squared = by.total((rows - centre[by.index]) ** 2)  # about the mean, not about zero: no digits are lost
    whole = _estimate(total, n, squared, confidence, multiplier, by.labels)
    return whole if groups is not None else whole.only()


def mean_from_sums(
    total: ArrayLike,
    sum_of_squares: ArrayLike,
    count: ArrayLike,
    *,
    confidence: Confidence = 0.95,
    multiplier: float = 1,
) -> Estimate:
    """The same from the sum of the values, the sum of their squares and their number, group by group.

    For figures that were summed elsewhere. Not available, with the reason: as above, and a sum of squares less
    than any values of that sum can have, unless rounding explains it.
    """
    s, ss, n = np.broadcast_arrays(floats(total), floats(sum_of_squares), floats(count))
    least = np.divide(s * s, n, out=np.full(n.shape, np.nan), where=n > 0)
    squared = np.where(np.abs(ss - least) <= _ROUNDING * least, 0.0, ss - least)
    return _estimate(s, n, squared, confidence, multiplier, None)


def _estimate(
    total: Floats,
    n: Floats,
    squared: Floats,
    confidence: Confidence,
    multiplier: float,
    labels: Labels | None,
) -> Estimate:
    k = positive("the multiplier", multiplier)
    total, n, squared = np.asarray(total), np.asarray(n), np.asarray(squared)
    reason = first_reason(
        (np.isnan(n), Reason.DENOMINATOR_MISSING),
        (n < 0, Reason.NEGATIVE),
        (n == 0, Reason.NO_VALUES),
        (np.isnan(total), Reason.VALUE_MISSING),
        (np.isnan(squared), Reason.VALUE_MISSING),
        (squared < 0, Reason.SQUARES_TOO_SMALL),
        (n <= 1, Reason.ONE_VALUE),
    )
    value = np.divide(total, n, out=np.full(n.shape, np.nan), where=(n > 0) & ~(squared < 0))
    several = np.where((n > 1) & (squared >= 0), n, np.nan)
    error = np.sqrt(squared / (several - 1) / several)

    def student(level: float) -> tuple[Floats, Floats]:
        reach = stdtrit(several - 1, 0.5 + level / 2) * error
        return value - reach, value + reach

    lower, upper = limits(confidence, student)
    method = words(n.shape, "Student t")
    return Estimate(k * value, k * lower, k * upper, total, n, reason, method, labels)
