"""Numerators and denominators: summed by group and checked, before anything is divided."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Labels, Texts, floats
from obc.domain.core.statistics.groups import grouped
from obc.domain.core.statistics.reason import Reason, first_reason


def counts(
    numerator: ArrayLike, denominator: ArrayLike, groups: ArrayLike | None, *, part_of_whole: bool
) -> tuple[Floats, Floats, Texts, Labels | None]:
    """Both sums by group, why a group cannot be used, and the labels.

    A group with one missing member is missing. With `part_of_whole` a numerator above its denominator is
    wrong, in any row. An empty denominator is not measurable, never 0 % or 100 %.
    """
    x, n = np.broadcast_arrays(floats(numerator), floats(denominator))
    negative, above = (x < 0) | (n < 0), (x > n) & part_of_whole
    labels: Labels | None = None
    if groups is not None:
        by = grouped(groups)
        x, n = (np.broadcast_to(rows, by.index.shape) for rows in (x, n))
        negative, above = (by.any(np.broadcast_to(rows, by.index.shape)) for rows in (negative, above))
        x, n, labels = by.total(x), by.total(n), by.labels
    return x, n, _reasons(x, n, negative, above), labels


def _reasons(x: Floats, n: Floats, negative: Flags, above: Flags) -> Texts:
    return first_reason(
        (np.isnan(x), Reason.NUMERATOR_MISSING),
        (np.isnan(n), Reason.DENOMINATOR_MISSING),
        (negative, Reason.NEGATIVE),
        (above, Reason.ABOVE_DENOMINATOR),
        (n == 0, Reason.DENOMINATOR_ZERO),
    )
