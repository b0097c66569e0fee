"""Where a row stands in its file: the line of a CSV file, the row of a Parquet file."""

from functools import cached_property

import numpy as np

from obc.engine.records.extract import OpenFile


class Lines:
    """The lines of one file. Rows are numbered from 0; lines from 1, which is the header."""

    def __init__(self, file: OpenFile):
        self._file = file

    def of(self, rows: list[int]) -> tuple[int, ...]:
        """The lines on which these rows begin; for a Parquet file their numbers, from 1."""
        if self._file.csv is None:
            return tuple(row + 1 for row in rows)
        if self._plain:
            return tuple(row + 2 for row in rows)
        return tuple(int(self._good[row]) for row in rows if row < self._good.size)

    def shifts(self) -> tuple[tuple[int, int], ...]:
        """From which row on how much is added to the number of a row to give its line."""
        if self._file.csv is None:
            return ((0, 1),)
        if self._plain:
            return ((0, 2),)
        shift = self._good - np.arange(self._good.size)
        starts = np.flatnonzero(np.diff(shift, prepend=-1))
        return tuple((int(row), int(shift[row])) for row in starts)

    @property
    def rejected(self) -> tuple[int, ...]:
        """The lines that could not be taken apart into columns."""
        return tuple(int(line) for line in self._map[0][self._bad]) if self._file.rejected else ()

    @property
    def _plain(self) -> bool:
        return self._file.csv is not None and self._file.csv.simple and not self._file.rejected

    @cached_property
    def _map(self) -> tuple[np.ndarray, np.ndarray]:
        assert self._file.csv is not None, "only a CSV file has lines"
        return self._file.csv.rows_begin()

    @property
    def _bad(self) -> np.ndarray:
        """The places of the rows that were rejected: their first byte is that given, or follows blank lines."""
        return np.searchsorted(self._map[1], self._file.rejected)

    @cached_property
    def _good(self) -> np.ndarray:
        """The line of each row that could be taken apart."""
        return np.delete(self._map[0], self._bad)
