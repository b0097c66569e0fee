"""The control chart: points, limits, special causes, and what they say of the process and its target."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

import numpy as np

from obc.domain.core.statistics.arrays import Flags, Floats, Labels, Texts, one_of, words
from obc.domain.core.statistics.reason import Reason, none_given
from obc.domain.core.statistics.sections import Sections
from obc.domain.core.statistics.special_causes import SpecialCauses, special_causes

Improvement = Literal["increase", "decrease", "neutral"]
"""Which way is better."""

FEW_POINTS, FEW_BASELINE_POINTS = 13, 12
"""With fewer points in a section, or fewer that fix its limits, these are provisional."""


class Variation(StrEnum):
    """What a point is: chance, or a change with a direction."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT = "special cause: improvement"
    CONCERN = "special cause: concern"
    HIGH = "special cause: high"
    LOW = "special cause: low"


class Assurance(StrEnum):
    """Whether the process as it runs will meet its target."""

    PASS = "consistently passes"
    FAIL = "consistently fails"
    HIT_AND_MISS = "hit and miss"


@dataclass(frozen=True, slots=True, eq=False)
class ControlChart:
    """One entry a point, in the order given; `variation` and `assurance` one entry a series.

    value, centre, lower, upper: the point, its mean and process limits. near_lower, near_upper: two thirds of
    the way to the limits. outside, trend, two_of_three, shift: which rules a point meets. point: its
    `Variation`, "" where it has none. short: whether its section has fewer than thirteen points, or fewer than
    twelve that fix the limits, which are then provisional. reason: "" or why the point or its limits are not
    available.

    variation: that of the last point measured since the last re-basing. assurance: its limits against the
    target; "" without a target or a direction. groups: the label of each series; None where there is one.
    """

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    outside: Flags
    trend: Flags
    two_of_three: Flags
    shift: Flags
    point: Texts
    short: Flags
    reason: Texts
    variation: Texts
    assurance: Texts
    groups: Labels | None = None

    @property
    def available(self) -> Flags:
        """Where a point and its limits are both there."""
        return none_given(self.reason)


def control_chart(
    value: Floats,
    reason: Texts,
    by: Sections,
    centre: Floats,
    reach: Floats,
    *,
    improvement: Improvement,
    target: float | None,
    span: tuple[float, float],
    grouped: bool,
) -> ControlChart:
    """The chart of ordered points whose limits lie `reach` from the centre, but not beyond `span`."""
    one_of("improvement", improvement, get_args(Improvement))
    lower, upper = np.maximum(centre - reach, span[0]), np.minimum(centre + reach, span[1])
    near_lower = np.maximum(centre - reach * 2 / 3, span[0])
    near_upper = np.minimum(centre + reach * 2 / 3, span[1])
    found = special_causes(value, centre, lower, upper, reach * 2 / 3, by.starts())
    reason = reason.copy()
    reason[none_given(reason) & np.isnan(lower)] = Reason.FEW_POINTS
    there = none_given(reason)
    point = _variation(found, improvement)
    point[~there] = ""
    measured = ~np.isnan(value)
    points, fixing = (by.of.total(rows.astype(np.float64)) for rows in (measured, measured & by.base))
    short = (points < FEW_POINTS) | (fixing < FEW_BASELINE_POINTS)

    last = np.cumsum(by.series.count().astype(np.intp)) - 1
    newest = there & (by.of.index == by.of.index[last][by.series.index])
    latest = np.full(by.series.size, -1)
    np.maximum.at(latest, by.series.index[newest], np.flatnonzero(newest))
    variation, assurance = point[latest], _assurance(lower[latest], upper[latest], target, improvement)
    variation[latest < 0] = assurance[latest < 0] = ""

    return ControlChart(
        by.back(value),
        by.back(centre),
        by.back(lower),
        by.back(upper),
        by.back(near_lower),
        by.back(near_upper),
        by.back(found.outside),
        by.back(found.trend),
        by.back(found.two_of_three),
        by.back(found.shift),
        by.back(point),
        by.back(short[by.of.index]),
        by.back(reason),
        variation if grouped else variation.reshape(()),
        assurance if grouped else assurance.reshape(()),
        by.series.labels if grouped else None,
    )


def _variation(found: SpecialCauses, improvement: Improvement) -> Texts:
    """A special cause is judged by its side of the mean; on the mean a trend is judged by its direction."""
    side = np.where(found.side == 0, found.direction, found.side)
    high, low = {
        "increase": (Variation.IMPROVEMENT, Variation.CONCERN),
        "decrease": (Variation.CONCERN, Variation.IMPROVEMENT),
        "neutral": (Variation.HIGH, Variation.LOW),
    }[improvement]
    texts = words(side.shape, Variation.COMMON_CAUSE)
    texts[found.any & (side > 0)] = high
    texts[found.any & (side < 0)] = low
    return texts


def _assurance(lower: Floats, upper: Floats, target: float | None, improvement: Improvement) -> Texts:
    texts = words(lower.shape, "")
    if target is None or improvement == "neutral":
        return texts
    above, below = Assurance.FAIL, Assurance.PASS
    if improvement == "decrease":
        above, below = below, above
    known = ~np.isnan(lower)
    texts[known] = Assurance.HIT_AND_MISS
    texts[known & (target > upper)] = above
    texts[known & (target < lower)] = below
    return texts
