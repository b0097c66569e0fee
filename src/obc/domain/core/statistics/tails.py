"""Tails: the exact chance that a count or a mean comes out beyond a mark, and what makes it as likely as wanted.

Binomial tails are incomplete beta functions and Poisson tails incomplete gamma functions (Abramowitz and Stegun
1964, 26.5.24 and 26.4.21): exact, also where a normal approximation is not. Arrays in, arrays out, stretched to one
shape; a count that cannot be reached has the chance 0 and no true value that makes it likely (NaN).
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, gammainc, gammaincc, gammainccinv, gammaincinv, stdtr, stdtrit

from obc.domain.core.statistics.arrays import Floats, floats


def binomial_at_least(count: ArrayLike, size: ArrayLike, share: ArrayLike) -> Floats:
    """The chance of at least `count` of `size` where each has the chance `share`."""
    k, n, p = np.broadcast_arrays(floats(count), floats(size), floats(share))
    inside = (k > 0) & (k <= n)
    tail = betainc(np.where(inside, k, 1), np.where(inside, n - k + 1, 1), p)
    return np.asarray(np.where(inside, tail, np.where(k <= 0, 1.0, 0.0)))


def binomial_at_most(count: ArrayLike, size: ArrayLike, share: ArrayLike) -> Floats:
    """The chance of at most `count` of `size`: that at least the rest do not."""
    return binomial_at_least(floats(size) - floats(count), size, 1 - floats(share))


def binomial_share(count: ArrayLike, size: ArrayLike, chance: ArrayLike) -> Floats:
    """The share at which at least `count` of `size` has just the `chance` (Clopper and Pearson 1934)."""
    k, n, wanted = np.broadcast_arrays(floats(count), floats(size), floats(chance))
    inside = (k > 0) & (k <= n)
    found = betaincinv(np.where(inside, k, 1), np.where(inside, n - k + 1, 1), wanted)
    return np.asarray(np.where(inside, found, np.where(k <= 0, 0.0, np.nan)))


def poisson_at_least(count: ArrayLike, expected: ArrayLike) -> Floats:
    """The chance of at least `count` events where `expected` are expected."""
    k, mean = np.broadcast_arrays(floats(count), floats(expected))
    return np.asarray(np.where(k > 0, gammainc(np.where(k > 0, k, 1), mean), 1.0))


def poisson_at_most(count: ArrayLike, expected: ArrayLike) -> Floats:
    """The chance of at most `count` events where `expected` are expected."""
    k, mean = np.broadcast_arrays(floats(count), floats(expected))
    return np.asarray(np.where(k >= 0, gammaincc(np.where(k >= 0, k + 1, 1), mean), 0.0))


def poisson_expected_at_least(count: ArrayLike, chance: ArrayLike) -> Floats:
    """How many must be expected for at least `count` events to have just the `chance` (Garwood 1936)."""
    k, wanted = np.broadcast_arrays(floats(count), floats(chance))
    return np.asarray(np.where(k > 0, gammaincinv(np.where(k > 0, k, 1), wanted), 0.0))


def poisson_expected_at_most(count: ArrayLike, chance: ArrayLike) -> Floats:
    """How many may be expected for at most `count` events to have just the `chance`; NaN below none."""
    k, wanted = np.broadcast_arrays(floats(count), floats(chance))
    return np.asarray(np.where(k >= 0, gammainccinv(np.where(k >= 0, k + 1, 1), wanted), np.nan))


def student_above(distance: ArrayLike, deviation: ArrayLike, size: ArrayLike) -> Floats:
    """The chance that a mean of `size` values comes out `distance` or more above the true one.

    `deviation` is that of single values, estimated from as many; Student's t on size - 1 degrees of freedom.
    NaN for fewer than two values; without deviation a mean is the true one.
    """
    d, s, n = np.broadcast_arrays(floats(distance), floats(deviation), floats(size))
    several = np.where(n > 1, n, np.nan)
    error = s / np.sqrt(several)
    t = np.divide(d, error, out=np.where(d > 0, np.inf, -np.inf), where=error > 0)
    return np.asarray(np.where(np.isnan(several), np.nan, stdtr(several - 1, -t)))


def student_reach(chance: ArrayLike, deviation: ArrayLike, size: ArrayLike) -> Floats:
    """How far above a mark the true mean must lie for a mean of `size` values to reach it with the `chance`."""
    wanted, s, n = np.broadcast_arrays(floats(chance), floats(deviation), floats(size))
    several = np.where(n > 1, n, np.nan)
    return np.asarray(stdtrit(several - 1, wanted) * s / np.sqrt(several))
