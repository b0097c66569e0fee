"""Ways to draw that every part of the county uses."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from obc.synthetic.extract import Coded

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Generator = np.random.Generator

NONE = "none"
"""The label in a mix that stands for nothing recorded."""


def chance(rng: Generator, share: npt.NDArray[np.float64] | float, count: int) -> Flags:
    """Yes with the given probability, `count` times."""
    return rng.random(count) < share


def between(rng: Generator, least: int, most: int, count: int) -> Ints:
    """Whole numbers from `least` to `most`, both included."""
    return rng.integers(least, most, count, dtype=np.int32, endpoint=True)


def within(rng: Generator, least: Ints, most: Ints) -> Ints:
    """One whole number from each `least` to its `most`, both included."""
    return (least + np.floor(rng.random(len(least)) * (most - least + 1))).astype(np.int32)


def pick(rng: Generator, shares: Sequence[float], count: int) -> Ints:
    """Places in `shares`, drawn with these probabilities."""
    steps = np.cumsum(shares)
    return np.minimum(np.searchsorted(steps, rng.random(count) * steps[-1], side="right"), len(steps) - 1).astype(
        np.int32
    )


def code(rng: Generator, mix: Sequence[tuple[str, float]], count: int) -> Coded:
    """Codes of a mix; `none` is not recorded."""
    return _coded(tuple(label for label, _ in mix), pick(rng, [share for _, share in mix], count))


def code_by(rng: Generator, mixes: Sequence[Sequence[tuple[str, float]]], which: npt.NDArray[np.integer]) -> Coded:
    """Codes, each from the mix that `which` names."""
    labels = tuple(dict.fromkeys(label for mix in mixes for label, _ in mix))
    at = np.zeros(len(which), dtype=np.int32)
    for number, mix in enumerate(mixes):
        here = np.flatnonzero(which == number)
        places = np.array([labels.index(label) for label, _ in mix], dtype=np.int32)
        at[here] = places[pick(rng, [share for _, share in mix], len(here))]
    return _coded(labels, at)


def _coded(labels: tuple[str, ...], at: Ints) -> Coded:
    if NONE in labels:
        at = np.where(at == labels.index(NONE), -1, at)
    return Coded(labels, at)
