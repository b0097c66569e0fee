"""Sound sizes: how many it takes until chance alone passes a mark no more often than wanted.

Exact chances go up and down as a denominator grows by one, since counts are whole. The size given is the one from
which on the chance stays within the share wanted, not the first that happens to.
"""

import math

import numpy as np

from obc.domain.core.statistics.arrays import Flags, Floats
from obc.domain.core.statistics.tails import (
    binomial_at_least,
    binomial_at_most,
    poisson_at_least,
    poisson_at_most,
    poisson_expected_at_most,
    student_above,
)

MOST = 5_000_000
"""A mark so near the true value that more than this many are needed has no sound size."""


def sound_binomial_size(true: float, mark: float, within: float) -> int | None:
    """The denominator from which on a share of `true` passes `mark` with a chance of at most `within`.

    A mark above the true share is passed from below, one under it from above. None where the mark is the true
    share itself, or too near it. Chernoff's bound, exp(-n KL(mark, true)), says where the search can end.
    """
    if not 0 < true < 1 or true == mark:
        return None
    if not 0 < mark < 1:
        return _whole_run(true, mark, within)
    distance = mark * math.log(mark / true) + (1 - mark) * math.log((1 - mark) / (1 - true))
    last = _end(distance, within)
    if last is None:
        return None
    n: Floats = np.arange(1, last + 1, dtype=np.float64)
    if mark > true:
        chance = binomial_at_least(np.ceil(_firm(np.multiply(mark, n))), n, true)
    else:
        chance = binomial_at_most(np.floor(_firm(np.multiply(mark, n))), n, true)
    return _after_last(chance > within)


def _whole_run(true: float, mark: float, within: float) -> int | None:
    """All of n, or none of n: a chance of true to the power of n. Beyond the scale nothing ever passes."""
    if not 0 <= mark <= 1:
        return 1
    return math.ceil(math.log(within) / math.log(true if mark == 1 else 1 - true))


def sound_poisson_events(ratio: float, within: float) -> float | None:
    """How many events must be expected until a mark of `ratio` times as many is sound.

    A ratio above 1 is passed from below, one under 1 from above. None where it is 1, or too near it.
    """
    if ratio == 1:
        return None
    if ratio <= 0:
        return -math.log(within) if ratio == 0 else 0.0
    distance = ratio * math.log(ratio) - ratio + 1
    last = _end(distance / ratio, within)
    if last is None:
        return None
    k = np.arange(0 if ratio < 1 else 1, last + 1)
    # of all expectations that ask for k events, the one that makes them likeliest
    chance = poisson_at_least(k, k / ratio) if ratio > 1 else poisson_at_most(k, k / ratio)
    worst = np.flatnonzero(chance > within)
    if not worst.size:
        return 0.0
    last_bad = int(k[worst[-1]])
    if ratio > 1:
        return last_bad / ratio
    return min((last_bad + 1) / ratio, float(poisson_expected_at_most(last_bad, within)))


def sound_mean_size(distance: float, deviation: float, within: float) -> int | None:
    """How many values it takes until their mean comes out `distance` from the true one by chance `within`.

    None without a distance, or with one so small against the deviation that too many would be needed.
    """
    if distance <= 0:
        return None
    last = _end((distance / deviation) ** 2 / 2, within / 10) if deviation > 0 else 2
    if last is None:
        return None
    return _after_last(student_above(distance, deviation, np.arange(2, last + 10)) > within) + 1


def _end(distance: float, within: float) -> int | None:
    """Where exp(-n distance) is down to `within`; None where that is too far."""
    needed = -math.log(within) / distance if distance > 0 else math.inf
    return None if needed > MOST else math.ceil(needed) + 1


def _firm(places: Floats) -> Floats:
    """Products that are whole but for rounding, brought back to the whole number."""
    whole = np.rint(places)
    return np.where(np.abs(places - whole) < 1e-9 * np.maximum(1, whole), whole, places)


def _after_last(bad: Flags) -> int:
    """The number after the last that is bad, counted from 1."""
    found = np.flatnonzero(bad)
    return int(found[-1]) + 2 if found.size else 1
