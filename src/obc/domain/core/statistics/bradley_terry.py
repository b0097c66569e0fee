"""Bradley–Terry: how much each option is worth, from which of two was preferred how often."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats

_ROUNDS = 10_000
_STILL = 1e-10


def bradley_terry(wins: ArrayLike, *, imagined: float = 0.0) -> Floats:
    """The worth of each option, adding up to 1: a is preferred to b with the chance a / (a + b).

    `wins[..., i, j]` is how often i was preferred to j; leading axes are separate sets, fitted together. Fitted by
    minorisation–maximisation (Hunter 2004, Annals of Statistics 32: 384–406, section 2). NaN in a set without a
    maximum: where the options fall in two groups and none of the one was ever preferred to any of the other (Ford
    1957, American Mathematical Monthly 64(8): 28–33).

    `imagined` comparisons of each option with one of middling worth, half of them won, pull all towards the middle and
    give every set a maximum (the mode under a gamma prior; Caron and Doucet 2012, Journal of Computational and
    Graphical Statistics 21: 174–196). Raises ValueError where counts are no square or below zero.
    """
    counts = np.asarray(wins, dtype=np.float64)
    if counts.ndim < 2 or counts.shape[-1] != counts.shape[-2] or counts.shape[-1] < 2:
        raise ValueError(f"wins have the shape {counts.shape}; give options × options, of two options or more")
    if not (np.isfinite(counts).all() and (counts >= 0).all()) or imagined < 0:
        raise ValueError("wins are counts: give numbers from 0 on")
    options = counts.shape[-1]
    sets = counts.reshape(-1, options, options) * (1 - np.eye(options))
    met = sets + sets.transpose(0, 2, 1)
    won = sets.sum(axis=2) + imagined / 2
    worth = np.ones((len(sets), options))
    known = np.ones(len(sets), dtype=np.bool_) if imagined > 0 else _connected(sets)
    for _ in range(_ROUNDS):
        against = (met / (worth[:, :, None] + worth[:, None, :])).sum(axis=2) + imagined / (worth + 1)
        with np.errstate(invalid="ignore", divide="ignore"):
            better = won / against
        if imagined == 0:  # nothing fixes the scale: hold the geometric mean at 1
            with np.errstate(divide="ignore"):
                better = better / np.exp(np.log(np.where(better > 0, better, 1.0)).mean(axis=1, keepdims=True))
        moved = np.abs(better - worth)[known].max(initial=0.0)
        worth = np.where(known[:, None], better, 1.0)
        if moved < _STILL:
            break
    shares = np.where(known[:, None], worth / worth.sum(axis=1, keepdims=True), np.nan)
    return shares.reshape(counts.shape[:-1])


def _connected(sets: Floats) -> Flags:
    """Whether every option can be reached from every other by steps from a winner to a loser."""
    options = sets.shape[-1]
    reach = (sets > 0) | np.eye(options, dtype=np.bool_)
    for _ in range(int(np.ceil(np.log2(options))) + 1):
        reach = np.matmul(reach.astype(np.int64), reach.astype(np.int64)) > 0
    return np.asarray(reach.all(axis=(1, 2)))
