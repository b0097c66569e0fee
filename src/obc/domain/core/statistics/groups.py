"""Groups by array: rows with the same label are counted together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Index, Labels


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which group each row belongs to. `labels` are sorted, each once; `index` points rows at them."""

    labels: Labels
    index: Index

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.labels)

    def total(self, rows: Floats) -> Floats:
        """The sum of each group; missing where any member is."""
        sums = np.bincount(self.index, weights=rows, minlength=self.size)
        return sums.astype(np.float64, copy=False)  # of no rows at all NumPy gives integers

    def count(self) -> Floats:
        """How many rows each group has."""
        return np.bincount(self.index, minlength=self.size).astype(np.float64)

    def any(self, rows: Flags | np.bool_) -> Flags:
        """Whether it is true of any member."""
        return np.bincount(self.index[np.asarray(rows)], minlength=self.size) > 0


def grouped(given: ArrayLike) -> Groups:
    """The groups of a one-dimensional array of labels: numbers, texts or dates.

    Raises ValueError where a label is missing or the labels are not of one kind.
    """
    labels: Labels = np.asarray(given)
    if isinstance(given, np.ma.MaskedArray) and np.ma.getmaskarray(given).any():
        raise ValueError("a group label is missing; name a group for every row")
    if labels.ndim != 1:
        raise ValueError(f"groups have the shape {labels.shape}; give one label a row")
    if labels.dtype.kind in "iub" and len(labels):
        return _of_integers(labels)
    if labels.dtype.kind in "fmM":
        if np.isnan(labels.astype(np.float64)).any() if labels.dtype.kind == "f" else np.isnat(labels).any():
            raise ValueError("a group label is missing; name a group for every row")
        unique, index = np.unique(labels, return_inverse=True)
        return Groups(unique, index)
    return _of_texts(labels)


def one_group(rows: int) -> Groups:
    """All rows in one group."""
    return Groups(np.zeros(1, dtype=np.intp), np.zeros(rows, dtype=np.intp))


def _of_integers(labels: Labels) -> Groups:
    """Codes close to one another are counted in place, which takes no sorting."""
    least, most = int(labels.min()), int(labels.max())
    if most - least > 4 * len(labels):
        unique, index = np.unique(labels, return_inverse=True)
        return Groups(unique, index)
    offset = (labels.astype(np.int64) - least).astype(np.intp)
    present = np.bincount(offset) > 0
    return Groups(np.flatnonzero(present) + least, (np.cumsum(present) - 1)[offset])


def _of_texts(labels: Labels) -> Groups:
    """A dictionary finds a text faster than sorting a million of them does."""
    rows: list[Any] = labels.tolist()
    if any(label is None for label in rows):
        raise ValueError("a group label is missing; name a group for every row")
    try:
        unique = sorted(set(rows))
    except TypeError as mixed:
        raise ValueError("the group labels are not of one kind; give all numbers or all texts") from mixed
    place = {label: i for i, label in enumerate(unique)}
    kept: Labels = np.array(unique, dtype=labels.dtype)
    return Groups(kept, np.fromiter((place[label] for label in rows), dtype=np.intp, count=len(rows)))
