"""Confidence levels: one, or several at once (95 % and 99.8 %)."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from scipy.special import ndtri

from obc.domain.core.statistics.arrays import Floats

Confidence: TypeAlias = float | Sequence[float]
"""A level such as 0.95, or several such as (0.95, 0.998)."""


def normal_quantile(level: float) -> float:
    """How many standard errors the two-sided interval of `level` reaches: 1.96 for 0.95.

    Raises ValueError for a level that is not a share between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence of {level} is not a share; write 0.95 for 95 %")
    return float(ndtri(0.5 + level / 2))


def levels(confidence: Confidence) -> tuple[float, ...]:
    """The level or levels asked for. Raises ValueError for one that is not a share between 0 and 1."""
    asked = (confidence,) if isinstance(confidence, int | float) else tuple(confidence)
    for level in asked:
        normal_quantile(level)  # refuses what is no share
    if not asked:
        raise ValueError("no confidence level was given; write 0.95 for 95 %")
    return asked


def limits(confidence: Confidence, between: Callable[[float], tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Lower and upper limits. Several levels stand along a first axis, in the order given."""
    pairs = [between(level) for level in levels(confidence)]
    if isinstance(confidence, int | float):
        return pairs[0]
    return np.stack([lower for lower, _ in pairs]), np.stack([upper for _, upper in pairs])
