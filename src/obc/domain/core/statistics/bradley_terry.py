"""Bradley–Terry: how much each option is worth, from which of two was preferred how often."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats

_ROUNDS = 10_000
_STILL = 1e-6


def bradley_terry(wins: ArrayLike, *, imagined: float = 0.0) -> Floats:
    """The worth of each option, adding up to 1: a is preferred to b with the chance a / (a + b).

    `wins[..., i, j]` is how often i was preferred to j; leading axes are separate sets, fitted together. The
    likelihood is maximised by the iteration of Newman (2023, Journal of Machine Learning Research 24(238)), which
    comes to the same as minorisation–maximisation (Hunter 2004, Annals of Statistics 32: 384–406) in far fewer
    rounds. NaN in a set without a maximum: where the options fall in two groups and none of the one was ever
    preferred to any of the other (Ford 1957, American Mathematical Monthly 64(8): 28–33).

    `imagined` comparisons of each option with one of middling worth, half of them won, pull all towards the middle and
    give every set a maximum (the mode under a logistic prior; Newman 2023, section 3). Raises ValueError where counts
    are no square or below zero.
    """
    counts = np.asarray(wins, dtype=np.float64)
    if counts.ndim < 2 or counts.shape[-1] != counts.shape[-2] or counts.shape[-1] < 2:
        raise ValueError(f"wins have the shape {counts.shape}; give options × options, of two options or more")
    if not (np.isfinite(counts).all() and (counts >= 0).all()) or imagined < 0:
        raise ValueError("wins are counts: give numbers from 0 on")
    options = counts.shape[-1]
    sets = counts.reshape(-1, options, options) * (1 - np.eye(options))
    shares = np.full((len(sets), options), np.nan)
    going = np.arange(len(sets)) if imagined > 0 else np.flatnonzero(_connected(sets))
    worth = np.ones((len(going), options))
    for _ in range(_ROUNDS):
        better = _nearer(sets[going], worth, imagined / 2)
        still = np.abs(better / worth - 1).max(axis=1) < _STILL
        shares[going] = better / better.sum(axis=1, keepdims=True)
        going, worth = going[~still], better[~still]  # each set is left as soon as it no longer moves
        if not len(going):
            break
    return shares.reshape(counts.shape[:-1])


def _nearer(sets: Floats, worth: Floats, each_way: float) -> Floats:
    """One round: each option in turn is given the worth that fits all others as they stand by now."""
    worth = worth.copy()
    for i in range(worth.shape[1]):
        among = 1 / (worth[:, [i]] + worth)
        middling = each_way / (worth[:, i] + 1)
        won = (sets[:, i, :] * worth * among).sum(axis=1) + middling
        worth[:, i] = won / ((sets[:, :, i] * among).sum(axis=1) + middling)
    if each_way == 0:  # nothing fixes the scale: hold the geometric mean at 1
        worth = worth / np.exp(np.log(worth).mean(axis=1, keepdims=True))
    return worth


def _connected(sets: Floats) -> Flags:
    """Whether every option can be reached from every other by steps from a winner to a loser."""
    options = sets.shape[-1]
    reach = (sets > 0) | np.eye(options, dtype=np.bool_)
    for _ in range(int(np.ceil(np.log2(options))) + 1):
        reach = np.matmul(reach.astype(np.int64), reach.astype(np.int64)) > 0
    return np.asarray(reach.all(axis=(1, 2)))
