"""Moves: how surely a figure has moved by more than a margin from one time to another, and several looks at once.

Each function gives a one-sided chance: how often a move at least as large would be seen if the true move were just
the margin. So a small chance says that the figure has surely moved by more. `dispersion` is how many times more the
counts vary than independent ones would (quasi-likelihood; McCullagh and Nelder 1989, section 4.5), never taken below
one. Arrays in, arrays out, stretched to one shape; what cannot be told is NaN.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, stdtr

from obc.domain.core.statistics.arrays import Floats, floats
from obc.domain.core.statistics.tails import binomial_at_least

FEWEST = 30
"""Units on either side below which the move of a share or a mean is not told."""


def share_rise(
    before: ArrayLike, of_before: ArrayLike, now: ArrayLike, of_now: ArrayLike, margin: float, dispersion: float = 1
) -> Floats:
    """The chance of such a rise of a share if it had truly risen by `margin`.

    Counts and wholes. Normal, with one success and one failure added on either side (Agresti and Caffo 2000).
    """
    x0, n0, x1, n1 = np.broadcast_arrays(floats(before), floats(of_before), floats(now), floats(of_now))
    known = (n0 >= FEWEST) & (n1 >= FEWEST)
    p0, p1 = (x0 + 1) / (n0 + 2), (x1 + 1) / (n1 + 2)
    spread = np.sqrt(max(1.0, dispersion) * (p0 * (1 - p0) / (n0 + 2) + p1 * (1 - p1) / (n1 + 2)))
    return np.asarray(np.where(known, ndtr(-(p1 - p0 - margin) / spread), np.nan))


def rate_rise(
    before: ArrayLike, time_before: ArrayLike, now: ArrayLike, time_now: ArrayLike, factor: float, dispersion: float = 1
) -> Floats:
    """The chance of such a rise of a rate if it had truly become `factor` times what it was.

    Exact: given all events, those of the later time are binomial (Przyborowski and Wilenski 1940). Events that vary
    more than Poisson are counted as so many fewer.
    """
    x0, t0, x1, t1 = np.broadcast_arrays(floats(before), floats(time_before), floats(now), floats(time_now))
    known = (t0 > 0) & (t1 > 0) & (x0 + x1 > 0)
    share = np.where(known, factor * t1 / np.where(known, t0 + factor * t1, 1), 0.5)
    spread = max(1.0, dispersion)
    return np.asarray(np.where(known, binomial_at_least(x1 / spread, (x0 + x1) / spread, share), np.nan))


def mean_rise(
    before: tuple[ArrayLike, ArrayLike, ArrayLike], now: tuple[ArrayLike, ArrayLike, ArrayLike], margin: float
) -> Floats:
    """The chance of such a rise of a mean if it had truly risen by `margin`. Each side: sum, sum of squares, number.

    Welch's t (1947), each side with its own spread.
    """
    (m0, v0, n0), (m1, v1, n1) = (_moments(*map(floats, side)) for side in (before, now))
    error = v0 / n0 + v1 / n1
    known = (n0 >= FEWEST) & (n1 >= FEWEST) & (error > 0)
    error = np.where(known, error, 1)
    freedom = error**2 / np.where(known, (v0 / n0) ** 2 / (n0 - 1) + (v1 / n1) ** 2 / (n1 - 1), 1)
    return np.asarray(np.where(known, stdtr(freedom, -(m1 - m0 - margin) / np.sqrt(error)), np.nan))


def normal_rise(change: ArrayLike, error: ArrayLike, margin: float) -> Floats:
    """The chance of such a rise where a change has a standard error of its own; NaN without one."""
    d, s = np.broadcast_arrays(floats(change), floats(error))
    known = s > 0
    return np.asarray(np.where(known, ndtr(-(d - margin) / np.where(known, s, 1)), np.nan))


def either_way(rise: ArrayLike, fall: ArrayLike) -> Floats:
    """The chance of a move either way, from that of each."""
    return np.asarray(np.minimum(1.0, 2 * np.minimum(floats(rise), floats(fall))))


def ratio_of_sums(
    tops: ArrayLike, unders: ArrayLike, of_tops: ArrayLike, of_unders: ArrayLike, products: ArrayLike, size: ArrayLike
) -> tuple[Floats, Floats]:
    """A ratio of two sums over the same units, and the standard error of its logarithm.

    From the sums, the sums of squares and the sum of products (Cochran 1977, section 6.4). NaN for fewer than two
    units or a sum of nought.
    """
    s, d, ss, dd, sd, n = np.broadcast_arrays(*map(floats, (tops, unders, of_tops, of_unders, products, size)))
    known = (n >= 2) & (s > 0) & (d > 0)
    under = np.where(known, d, 1)
    ratio = s / under
    left = np.maximum(0.0, ss - 2 * ratio * sd + ratio**2 * dd) * n / np.where(known, n - 1, 1)
    error = np.sqrt(left) / under / np.where(known, ratio, 1)
    return np.where(known, ratio, np.nan), np.where(known, error, np.nan)


def step_at(inside: ArrayLike, outside: ArrayLike, dispersion: float = 1) -> tuple[float, float]:
    """How much denser events lie just inside a limit than just outside, as a logarithm, and its standard error.

    Three equally wide bins on either side, from the limit outwards. The outer two of each side say how the density
    falls (or rises) anyway, on the log scale; the step is what the inner two show beyond that. After McCrary (2008),
    Journal of Econometrics 142: 698-714. NaN where an inner pair is empty.
    """
    near, far = floats(inside), floats(outside)
    if len(near) != 3 or len(far) != 3:
        raise ValueError("three bins on either side")
    if not near[0] + far[0]:
        return float("nan"), float("nan")
    places = np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
    counts = np.concatenate((near[::-1], far)) + 0.5
    outer = np.abs(places) > 1
    weights = np.zeros(6)
    weights[outer] = places[outer] / float((places[outer] ** 2).sum())
    weights[2], weights[3] = 1.0, -1.0
    step = float(weights @ np.log(counts))
    return step, float(np.sqrt(max(1.0, dispersion) * (weights**2 / counts).sum()))


def dispersion(counts: ArrayLike, expected: ArrayLike, variances: ArrayLike, lost: int) -> float:
    """How many times more counts vary about what is expected than independent ones would; at least one.

    `lost`: degrees of freedom that the expectations took.
    """
    x, mean, spread = np.broadcast_arrays(floats(counts), floats(expected), floats(variances))
    known = spread > 0
    free = int(known.sum()) - lost
    return max(1.0, float(((x - mean)[known] ** 2 / spread[known]).sum()) / free) if free > 0 else 1.0


def successive_dispersion(counts: ArrayLike) -> float:
    """The same for counts in order of time: by how much neighbours differ, which a step or a slow growth hardly moves.

    The median of squared differences over sums, against that of a chi-squared of one degree of freedom (0.455).
    """
    x = floats(counts)
    sums, differences = x[1:] + x[:-1], x[1:] - x[:-1]
    known = sums > 0
    return max(1.0, float(np.median(differences[known] ** 2 / sums[known])) / 0.4549) if known.any() else 1.0


def holm(chances: ArrayLike) -> Floats:
    """Chances corrected for how many there are, so that with nothing there any of them falls below a level at most
    as often as the level says (Holm 1979). NaN stays and does not count."""
    given = floats(chances)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(given[known], kind="stable")]
    found = np.full(given.shape, np.nan)
    factors = len(order) - np.arange(len(order))
    found[order] = np.minimum(1.0, np.maximum.accumulate(given[order] * factors))
    return found


def _moments(total: Floats, squares: Floats, size: Floats) -> tuple[Floats, Floats, Floats]:
    several = np.where(size >= 2, size, np.nan)
    mean = total / several
    return mean, np.maximum(0.0, squares - total * mean) / (several - 1), several
