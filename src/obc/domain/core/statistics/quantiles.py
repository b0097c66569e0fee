"""Quantiles: areas or providers put into equal parts by the rank of their value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Index, Labels, Texts, floats
from obc.domain.core.statistics.groups import grouped, one_group
from obc.domain.core.statistics.reason import Reason, first_reason, none_given


@dataclass(frozen=True, slots=True, eq=False)
class Quantiles:
    """The part each row falls into.

    value: 1 to `number`, NaN where it is not available. reason: "" or why it is not. number: how many parts.
    """

    value: Floats
    reason: Texts
    number: int

    @property
    def available(self) -> Flags:
        """Where a row has its part."""
        return none_given(self.reason)


def quantiles(
    values: ArrayLike, number: int = 10, *, groups: ArrayLike | None = None, highest_first: bool = True
) -> Quantiles:
    """Put each row into one of `number` parts (deciles, quintiles) of all rows, or of its group.

    Part 1 holds the highest values, the lowest with `highest_first=False`. Equal values share the part of the
    first of them. Missing values are not ranked. A group with fewer values than parts is not available.
    As `phe_quantile` of the Fingertips methods, whose arithmetic is done here in integers.
    Raises ValueError where there are fewer than two parts or the shapes do not match.
    """
    if number < 2:
        raise ValueError(f"{number} parts is no division; give two or more")
    rows = np.atleast_1d(floats(values))
    by = one_group(len(rows)) if groups is None else grouped(groups)
    if rows.shape != by.index.shape:
        raise ValueError(f"values have the shape {rows.shape} and groups {by.index.shape}; give one a row")
    present = ~np.isnan(rows)
    ranked = np.bincount(by.index[present], minlength=by.size)[by.index]  # how many the row is ranked among
    reason = first_reason((~present, Reason.VALUE_MISSING), (ranked < number, Reason.FEWER_THAN_PARTS))
    ranks = _ranks(np.where(present, -rows if highest_first else rows, np.inf), by.index)
    part = number + 1 + (-(ranked + 1 - ranks) * number) // np.maximum(ranked, 1)
    return Quantiles(np.where(none_given(reason), np.maximum(part, 1), np.nan), reason, number)


def _ranks(keys: Floats, index: Index) -> Labels:
    """From 1 within each group, lowest key first; equal keys have the rank of the first of them."""
    order = np.lexsort((keys, index))
    key, group, place = keys[order], index[order], np.arange(len(keys))
    new_group = np.diff(group, prepend=-1) > 0
    new_key = new_group.copy()
    new_key[1:] |= key[1:] != key[:-1]
    first = np.maximum.accumulate(np.where(new_key, place, 0))
    start = np.maximum.accumulate(np.where(new_group, place, 0))
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[order] = first - start + 1
    return ranks
