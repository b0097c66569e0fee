"""Funnel limits: how far a provider of its size may lie from the centre by chance alone."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gdtrib

from obc.domain.core.statistics.arrays import Flags, Floats, Texts, one_of, positive
from obc.domain.core.statistics.confidence import Confidence, levels, limits, normal_quantile
from obc.domain.core.statistics.counts import counts
from obc.domain.core.statistics.reason import none_given

Measure = Literal["proportion", "rate", "ratio"]
"""A ratio is observed over expected events."""

LEVELS = (0.95, 0.998)


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """Points and the limits at their sizes, one entry a row.

    value: the point, times the multiplier. centre: the line they are held against. lower, upper: the limits,
    one confidence level a row of the array, in the order of `confidence`. position: how many of the levels the
    point lies beyond, negative below and positive above; 0 is within what chance explains, or not available.
    reason: "" or why the point is not available; its limits are there wherever its size is.
    """

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    position: NDArray[np.int64]
    reason: Texts
    confidence: tuple[float, ...]

    @property
    def available(self) -> Flags:
        """Where there is a point."""
        return none_given(self.reason)


def funnel_limits(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    measure: Measure = "proportion",
    centre: float | None = None,
    confidence: Confidence = LEVELS,
    multiplier: float = 1,
) -> Funnel:
    """Limits about the `centre`: by default 1 for ratios, for others all numerators over all denominators.

    Proportions: p ± z √(p(1−p)/n), kept within 0 and 1, as in the Public Health Technical Guidance: a point
    lies outside just where its Wilson interval leaves out the centre. Rates and ratios: exact Poisson; a point
    lies outside just where its exact interval leaves out the centre, which is where so few or so many events
    have a chance below half of what the level leaves (Spiegelhalter 2005, Statistics in Medicine 24:
    1185–1202). The guidance draws an interval about the expected events instead; below that line stands every
    provider without events, however little was expected, so its labels cannot follow its line. Here they do.
    For the lines alone give a numerator of NaN and a centre.
    Raises ValueError for a wrong confidence, centre, multiplier or shape.
    """
    k = positive("the multiplier", multiplier)
    one_of("the measure", measure, get_args(Measure))
    asked = levels(confidence)
    x, n, reason, _ = counts(numerator, denominator, None, part_of_whole=measure == "proportion")
    usable = none_given(reason)
    middle = centre_of(x, n, usable, measure) if centre is None else float(centre)
    if middle < 0 or (measure == "proportion" and middle > 1):
        raise ValueError(f"a {measure} of {middle} is not possible; give the centre without its multiplier")
    size = np.where(n > 0, n, np.nan)

    def between(level: float) -> tuple[Floats, Floats]:
        if measure != "proportion":
            return _poisson(middle * size, size, (1 - level) / 2)
        reach = normal_quantile(level) * np.sqrt(middle * (1 - middle) / size)
        return np.maximum(middle - reach, 0), np.minimum(middle + reach, 1)

    value = np.divide(x, n, out=np.full(x.shape, np.nan), where=usable)
    lower, upper = limits(asked, between)
    return placed(value, middle, lower, upper, reason, asked, k)


def centre_of(x: Floats, n: Floats, usable: Flags, measure: Measure) -> float:
    """Where a funnel stands that is given no centre; NaN where no row is usable."""
    if measure == "ratio":
        return 1.0
    size = float(np.sum(n[usable]))
    return float(np.sum(x[usable])) / size if size > 0 else float("nan")


def placed(
    value: Floats,
    centre: float,
    lower: Floats,
    upper: Floats,
    reason: Texts,
    confidence: tuple[float, ...],
    multiplier: float,
) -> Funnel:
    """The funnel with each point held against each level, all times the multiplier."""
    position = (value > upper).sum(axis=0) - (value < lower).sum(axis=0)
    k = multiplier
    return Funnel(k * value, np.asarray(k * centre), k * lower, k * upper, np.asarray(position), reason, confidence)


def _poisson(expected: Floats, size: Floats, tail: float) -> tuple[Floats, Floats]:
    """Counts whose chance, they and all beyond, is `tail`: smooth between whole counts, over their size."""
    some = expected > 0
    events = np.where(some, expected, 1.0)
    lower = np.where(some, np.maximum(gdtrib(1, 1 - tail, events) - 1, 0), 0 * expected)
    upper = np.where(some, gdtrib(1, tail, events), 0 * expected)
    return lower / size, upper / size
