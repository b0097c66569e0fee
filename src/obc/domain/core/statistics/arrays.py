"""What callers give and get: numbers in, arrays out, and missing never taken for zero."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.intp]
Texts: TypeAlias = NDArray[np.object_]
Labels: TypeAlias = NDArray[Any]


def floats(given: ArrayLike) -> Floats:
    """`given` as floats of the same shape; None, NaN, infinite and masked entries become NaN: missing.

    Scalars, Decimals, lists and masked arrays are all taken. Raises ValueError where something is no number.
    """
    if isinstance(given, np.ma.MaskedArray):
        given = np.ma.filled(given.astype(np.float64), np.nan)
    numbers = np.asarray(given, dtype=np.float64)
    infinite = np.isinf(numbers)
    return np.where(infinite, np.nan, numbers) if infinite.any() else numbers


def words(shape: tuple[int, ...], word: str) -> Texts:
    """An array of one word (a member of an enumeration stays one), for others to be put in."""
    texts = np.empty(shape, dtype=np.object_)
    texts[...] = word
    return texts


def same_length(**given: Floats) -> None:
    """Raise ValueError, naming them, unless all arrays have one dimension and the same length."""
    shapes = {name: array.shape for name, array in given.items()}
    if len(set(shapes.values())) > 1 or any(len(shape) != 1 for shape in shapes.values()):
        said = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(f"the rows do not match: {said}; give one-dimensional arrays of one length")


def one_of(name: str, given: str, allowed: tuple[str, ...]) -> None:
    """Raise ValueError, saying what to write, unless `given` is one of the words allowed."""
    if given not in allowed:
        raise ValueError(f"{name} is '{given}'; write {', '.join(allowed[:-1])} or {allowed[-1]}")


def positive(name: str, given: float) -> float:
    """`given`, or ValueError where it is not a number above zero."""
    if not (np.isfinite(given) and given > 0):
        raise ValueError(f"{name} is {given}; give a number above zero")
    return float(given)
