"""The p and u charts: proportions and rates whose denominators differ from point to point."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, floats, positive
from obc.domain.core.statistics.control_chart import ControlChart, Improvement, control_chart
from obc.domain.core.statistics.counts import counts
from obc.domain.core.statistics.reason import none_given
from obc.domain.core.statistics.sections import Sections, sections

RANGE_TO_DEVIATION = 1.128
"""The mean range of two normal values, in standard deviations (d2)."""


def p_chart(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    improvement: Improvement,
    primed: bool = False,
    target: float | None = None,
    baseline_points: int | None = None,
    rebase: Sequence[int] = (),
    groups: ArrayLike | None = None,
    multiplier: float = 1,
) -> ControlChart:
    """Proportions in time order; limits are the mean ± 3 √(p(1−p)/n), kept within 0 and 1.

    With `primed` the limits are widened by how much the points really move (p′: Laney 2002, Quality
    Engineering 14: 531–537), which large denominators need. Sections, special causes and assurance as in
    `xmr`; `target` is in the unit of the value, multiplier included.
    Raises ValueError for a wrong improvement, baseline, rebase, multiplier or shape.
    """
    x, n = np.atleast_1d(floats(numerator)), np.atleast_1d(floats(denominator))
    by = sections(np.broadcast(x, n).size, groups, rebase, baseline_points)
    return _chart(x, n, by, True, primed, improvement, target, multiplier, groups is not None)


def u_chart(
    count: ArrayLike,
    size: ArrayLike,
    *,
    improvement: Improvement,
    primed: bool = False,
    target: float | None = None,
    baseline_points: int | None = None,
    rebase: Sequence[int] = (),
    groups: ArrayLike | None = None,
    multiplier: float = 1,
) -> ControlChart:
    """Events per unit of `size` (person-time, say) in time order; limits are the mean ± 3 √(u/n), not below 0.

    All else as in `p_chart`.
    """
    x, n = np.atleast_1d(floats(count)), np.atleast_1d(floats(size))
    by = sections(np.broadcast(x, n).size, groups, rebase, baseline_points)
    return _chart(x, n, by, False, primed, improvement, target, multiplier, groups is not None)


def _chart(
    x: Floats,
    n: Floats,
    by: Sections,
    proportions: bool,
    primed: bool,
    improvement: Improvement,
    target: float | None,
    multiplier: float,
    grouped: bool,
) -> ControlChart:
    k = positive("the multiplier", multiplier)
    x, n, reason, _ = counts(x, n, None, part_of_whole=proportions)
    x, n, reason = x[by.order], n[by.order], reason[by.order]
    usable = none_given(reason)
    value = np.divide(x, n, out=np.full(len(x), np.nan), where=usable)
    centre = _pooled(x, n, by, usable)
    variance = centre * (1 - centre) if proportions else centre
    deviation = np.sqrt(variance / np.where(usable, n, np.nan))
    wider = _movement(value - centre, deviation, by) if primed else np.ones(len(x))
    return control_chart(
        k * value,
        reason,
        by,
        k * centre,
        3 * k * deviation * wider,
        improvement=improvement,
        target=target,
        span=(0.0, k if proportions else np.inf),
        grouped=grouped,
    )


def _pooled(x: Floats, n: Floats, by: Sections, usable: Flags) -> Floats:
    """For each row all numerators over all denominators of the base of its section."""
    base = by.base & usable
    total, size = (by.of.total(np.where(base, rows, 0.0))[by.of.index] for rows in (x, n))
    return np.asarray(np.divide(total, size, out=np.full(len(x), np.nan), where=size > 0))


def _movement(off: Floats, deviation: Floats, by: Sections) -> Floats:
    """How many times the points' moving range exceeds that of chance; 1 where there is no chance at all."""
    z = np.divide(off, deviation, out=np.where(np.isnan(off), np.nan, 0.0), where=deviation > 0)
    return np.where(deviation == 0, 1.0, by.mean(by.moving_ranges(z)) / RANGE_TO_DEVIATION)
