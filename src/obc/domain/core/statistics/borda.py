"""Borda: an order of options from how people rank them, counted by positions."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Floats


def positions(rankings: ArrayLike) -> Floats:
    """`rankings` checked: one row a ballot, one column an option; 1 is first, 0 is not ranked.

    Raises ValueError where a row does not use each position from 1 on once.
    """
    rows = np.asarray(rankings, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] < 2:
        raise ValueError(f"rankings have the shape {rows.shape}; give ballots × options, of two options or more")
    for i, row in enumerate(rows):
        ranked = np.sort(row[row > 0])
        if len(ranked) == 0 or not np.array_equal(ranked, np.arange(1, len(ranked) + 1)):
            raise ValueError(f"ballot {i} ranks {row.tolist()}; give each position from 1 on once, 0 for the rest")
    return rows


def borda(rankings: ArrayLike) -> Floats:
    """What each ballot gives to each option: the share of the other options that it stands above, 0 to 1.

    Of m options the one in position p stands above m − p. Options that a ballot leaves out share the places that are
    left: each stands above half of the others left out. So every ballot gives m / 2 in all, however many it ranks
    (Dummett 1997, Principles of Electoral Reform; the averaged count of incomplete ballots). Shape: ballots × options.
    """
    rows = positions(rankings)
    options = rows.shape[1]
    left = (rows == 0).sum(axis=1, keepdims=True)
    above = np.where(rows > 0, options - rows, (left - 1) / 2)
    return np.asarray(above / (options - 1))


def preferred_pairs(rankings: ArrayLike) -> Floats:
    """Ballots × options × options: 1 where a ballot puts the row's option above the column's.

    What is ranked stands above what is left out; of two left out nothing is known, and both ways are 0.
    """
    rows = positions(rankings)
    place = np.where(rows > 0, rows, np.inf)
    return np.asarray((place[:, :, None] < place[:, None, :]).astype(np.float64))
