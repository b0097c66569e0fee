"""Days as numbers, and the contract year that each falls into."""

from datetime import date

import numpy as np
import numpy.typing as npt

from obc.domain.core.kernel.period import add_months
from obc.synthetic.model import Course
from obc.synthetic.truth import Section, Truth

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

EPOCH = date(1970, 1, 1)
YEAR = 365.25


def day(when: date) -> int:
    """Days since 1 January 1970."""
    return (when - EPOCH).days


class Calendar:
    """The span of records and its contract years; year 0 is the baseline, years before it are negative."""

    def __init__(self, truth: Truth):
        self.truth = truth
        self.first, self.last = day(truth.records_start), day(truth.records_end)
        first_year = truth.records_start.year - truth.contract_start.year
        last_year = truth.records_end.year - truth.contract_start.year + 2
        starts = [add_months(truth.contract_start, 12 * year) for year in range(first_year - 1, last_year + 1)]
        self._starts = np.array([day(start) for start in starts], dtype=np.int32)
        self._lowest = first_year
        self._group_names = tuple(group.id for group in truth.groups)

    @property
    def years(self) -> list[tuple[int, int, int]]:
        """Every contract year that touches the records: its number, first and last day, cut to the records."""
        spans = zip(self._starts[:-1], self._starts[1:], strict=True)
        cut = [
            (number, max(int(start), self.first), min(int(following) - 1, self.last))
            for number, (start, following) in enumerate(spans, self._lowest)
        ]
        return [(number, start, end) for number, start, end in cut if start <= end]

    def year(self, days: Ints) -> Ints:
        """The contract year of each day."""
        return (np.searchsorted(self._starts, days, side="right") - 1 + self._lowest).astype(np.int32)

    def true(self, section: Section, course: Course, group: npt.NDArray[np.integer], days: Ints) -> Floats:
        """The true value for each person's group on each day."""
        years = np.clip(self.year(days), 0, None)
        top = int(years.max(initial=0))
        table = np.array(
            [[course.value(name, y, section.improvement) for y in range(top + 1)] for name in self._group_names]
        )
        return table[group, years]
