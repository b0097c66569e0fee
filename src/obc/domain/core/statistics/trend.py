"""The recent trend: whether the last points rise or fall by more than chance."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Labels, Texts, floats, same_length, words
from obc.domain.core.statistics.confidence import Confidence, limits, normal_quantile
from obc.domain.core.statistics.counts import counts
from obc.domain.core.statistics.groups import Groups, grouped, one_group
from obc.domain.core.statistics.reason import Reason, first_reason, none_given

POINTS = 5
SIGNIFICANT = 0.998
"""A chance of 0.2 % of being wrong: chi-squared above 9.5495 on one degree of freedom."""

_LEVEL = 1e-9  # a slope this much smaller than another is level but for rounding


class Marker(StrEnum):
    """What Fingertips shows beside an indicator."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no significant change"
    OUTLIER = "no significant change: one point alone makes the trend"


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """One entry a series. value, lower, upper: the slope, in the unit of the points per step, and its limits,
    several confidence levels along a first axis. chi_squared: of the slope, on one degree of freedom. marker: a
    `Marker`, "" where it cannot be said. reason: "" or why. groups: the label of each series; None where there
    is one."""

    value: Floats
    lower: Floats
    upper: Floats
    chi_squared: Floats
    marker: Texts
    reason: Texts
    groups: Labels | None = None

    @property
    def available(self) -> Flags:
        """Where there are points enough."""
        return none_given(self.reason)


def trend(
    value: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    points: int = POINTS,
    limits_confidence: float = 0.95,
    confidence: Confidence = 0.95,
) -> Trend:
    """The trend of the last `points` values in time order, whose limits say how far each can be relied on.

    A straight line by least squares, weighted by the inverse variance from the limits at
    `limits_confidence`; significant at 99.8 %, and only where leaving out no one point levels or turns it.
    As the trend markers of the Public Health Technical Guidance, which wants five years that do not overlap.
    Not available, with the reason: too few points, a missing one, limits of no width.
    Raises ValueError for fewer than three points or a wrong shape.
    """
    y, low, high = (np.atleast_1d(floats(given)) for given in (value, lower, upper))
    same_length(value=y, lower=low, upper=high)
    by, rows, enough = _last(len(y), groups, points)
    error = (high - low)[rows] / 2 / normal_quantile(limits_confidence)
    y = y[rows]
    reason = first_reason(
        (~enough, Reason.FEW_POINTS),
        ((np.isnan(y) | np.isnan(error)).any(axis=1), Reason.VALUE_MISSING),
        ((error <= 0).any(axis=1), Reason.NO_WIDTH),
    )
    weight = np.divide(1.0, error**2, out=np.ones(y.shape), where=error > 0)
    return _marked(y, weight, weight, reason, confidence, by if groups is not None else None)


def proportion_trend(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    points: int = POINTS,
    confidence: Confidence = 0.95,
) -> Trend:
    """The trend of the last `points` proportions in time order, by the chi-squared test for trend.

    Armitage (1955), Biometrics 11: 375–386; all else as in `trend`. `value` is the change of the proportion
    from one point to the next. Not available, with the reason: too few points; one that is missing or wrong;
    proportions that are all 0 or all 1.
    """
    x, n, wrong, _ = counts(
        np.atleast_1d(floats(numerator)), np.atleast_1d(floats(denominator)), None, part_of_whole=True
    )
    by, rows, enough = _last(len(x), groups, points)
    x, n, wrong = x[rows], n[rows], wrong[rows]
    usable = none_given(wrong)
    size = np.where(usable, n, 1.0)
    p = np.where(usable, x, 0.0) / size
    pooled = (p * size).sum(axis=1) / size.sum(axis=1)
    chance = pooled * (1 - pooled)
    reason = first_reason(
        (~enough, Reason.FEW_POINTS), (~usable.all(axis=1), Reason.VALUE_MISSING), (chance == 0, Reason.NO_WIDTH)
    )
    precision = size / np.where(chance > 0, chance, 1.0)[:, np.newaxis]
    return _marked(p, size, precision, reason, confidence, by if groups is not None else None)


def _last(rows: int, groups: ArrayLike | None, points: int) -> tuple[Groups, Labels, Flags]:
    """The series; the rows of the last points of each, a line a series; and which series have that many."""
    if points < 3:
        raise ValueError(f"{points} points have no trend; give three or more")
    if not rows:
        raise ValueError("there are no points; give one or more")
    by = one_group(rows) if groups is None else grouped(groups)
    if len(by.index) != rows:
        raise ValueError(f"there are {rows} rows and {len(by.index)} group labels; give one a row")
    order = np.argsort(by.index, kind="stable")
    number = by.count().astype(np.intp)
    ends = np.cumsum(number)
    places = ends[:, np.newaxis] + np.arange(-points, 0)
    return by, order[np.maximum(places, 0)], number >= points


def _marked(
    y: Floats, weight: Floats, precision: Floats, reason: Texts, confidence: Confidence, by: Groups | None
) -> Trend:
    """The markers of lines of points. `precision` is the inverse variance of each point."""
    slope, information = _slope(y, weight, precision)
    slope = np.where(none_given(reason), slope, np.nan)
    chi_squared, error = slope**2 * information, 1 / np.sqrt(information)
    lower, upper = limits(
        confidence,
        lambda level: (slope - normal_quantile(level) * error, slope + normal_quantile(level) * error),
    )
    turns = np.zeros(len(y), dtype=np.bool_)
    for out in range(y.shape[1]):
        rest = np.arange(y.shape[1]) != out
        without, _ = _slope(y[:, rest], weight[:, rest], precision[:, rest], np.flatnonzero(rest))
        turns |= without * np.sign(slope) <= _LEVEL * np.abs(slope)
    significant = chi_squared > normal_quantile(SIGNIFICANT) ** 2
    marker = words(slope.shape, Marker.NO_CHANGE)
    marker[significant & (slope > 0)] = Marker.INCREASING
    marker[significant & (slope < 0)] = Marker.DECREASING
    marker[significant & turns] = Marker.OUTLIER
    marker[~none_given(reason)] = ""
    if by is not None:
        return Trend(slope, lower, upper, chi_squared, marker, reason, by.labels)
    return Trend(
        np.asarray(slope[0]),
        np.asarray(lower[..., 0]),
        np.asarray(upper[..., 0]),
        np.asarray(chi_squared[0]),
        marker.reshape(()),
        reason.reshape(()),
    )


def _slope(y: Floats, weight: Floats, precision: Floats, when: Labels | None = None) -> tuple[Floats, Floats]:
    """The weighted slope of each line of points, and the inverse of its variance."""
    t = np.arange(y.shape[1], dtype=np.float64) if when is None else when.astype(np.float64)
    share = weight / weight.sum(axis=1, keepdims=True)
    off = t - (share * t).sum(axis=1, keepdims=True)
    spread = (weight * off * off).sum(axis=1)
    return (weight * off * y).sum(axis=1) / spread, (precision * off * off).sum(axis=1)
