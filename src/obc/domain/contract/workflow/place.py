"""The place of a figure in what was sent: the line of a file, the cell of a sheet, the field of a form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from obc.domain.core.kernel.problem import Problem

NO_CELLS: Mapping[str, str] = MappingProxyType({})


class Place(NamedTuple):
    """Where a row stood. `cells`: what each of its columns is called there, such as `cell F12, numerator`."""

    file: str
    line: int | None
    row: str
    cells: Mapping[str, str] = NO_CELLS

    def wrong(self, column: str | None, found: str, expected: str, *, warning: bool = False) -> Problem:
        """A problem of the row, or of one of its cells."""
        return Problem(
            file=self.file,
            line=self.line,
            where=self.cells.get(column, self.row) if column else self.row,
            found=found,
            expected=expected,
            severity="warning" if warning else "error",
        )
