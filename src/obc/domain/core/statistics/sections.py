"""Series and sections: rows in time order, cut where a chart is re-based."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Index, Labels
from obc.domain.core.statistics.groups import Groups, grouped, one_group


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """Rows brought into order, series by series.

    order: where each ordered row came from. series: the series of each ordered row, with its labels.
    of: the section of each ordered row. base: whether a row is among those that fix the limits.
    """

    order: Index
    series: Groups
    of: Groups
    base: Flags

    def starts(self) -> Flags:
        """Where a section begins."""
        return np.diff(self.of.index, prepend=-1) > 0

    def mean(self, rows: Floats) -> Floats:
        """For each row the mean over the base of its section, missing ones left out; NaN where none is there.

        Taken about the section's first row, so that equal values have exactly their value as mean.
        """
        first = rows[np.flatnonzero(self.starts())][self.of.index]
        first = np.where(np.isnan(first), 0.0, first)
        there = self.base & ~np.isnan(rows)
        number = self.of.total(there.astype(np.float64))[self.of.index]
        total = self.of.total(np.where(there, rows - first, 0.0))[self.of.index]
        return np.asarray(first + np.divide(total, number, out=np.full(len(rows), np.nan), where=number > 0))

    def moving_ranges(self, rows: Floats) -> Floats:
        """The distance of each row of the base from the one before it; NaN where a section begins or a row is
        missing."""
        ranges = np.abs(np.diff(rows, prepend=np.nan))
        return np.where(self.starts() | ~self.base, np.nan, ranges)

    def back(self, rows: Labels) -> Labels:
        """Ordered rows in the order they came in."""
        given = np.empty_like(rows)
        given[self.order] = rows
        return given


def sections(rows: int, groups: ArrayLike | None, rebase: Sequence[int], baseline_points: int | None) -> Sections:
    """The sections of `rows` rows: one a series, and a new one at each row that `rebase` names.

    The first `baseline_points` of each section fix its limits; None: all do.
    Raises ValueError for no rows, a row that is not there or fewer than two baseline points.
    """
    if not rows:
        raise ValueError("there are no points to chart; give one or more")
    series = one_group(rows) if groups is None else grouped(groups)
    if len(series.index) != rows:
        raise ValueError(f"there are {rows} rows and {len(series.index)} group labels; give one a row")
    if any(not 0 <= at < rows for at in rebase):
        raise ValueError(f"rebase names a row that is not there; give rows from 0 to {rows - 1}")
    if baseline_points is not None and baseline_points < 2:
        raise ValueError(f"{baseline_points} baseline points have no range; give two or more, better twelve")
    order: Index = np.argsort(series.index, kind="stable")
    ordered = Groups(series.labels, series.index[order])
    begins = np.zeros(rows, dtype=np.bool_)
    begins[list(rebase)] = True
    begins = begins[order] | (np.diff(ordered.index, prepend=-1) > 0)
    of = Groups(np.arange(int(begins.sum())), np.cumsum(begins) - 1)
    within = np.arange(rows) - np.maximum.accumulate(np.where(begins, np.arange(rows), 0))
    base = within < (rows if baseline_points is None else baseline_points)
    return Sections(order, ordered, of, np.asarray(base, dtype=np.bool_))
