"""The term: when the contract begins, how long it lasts, how its years are counted."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from obc.domain.core.kernel.figure import Written, Year
from obc.domain.core.kernel.period import Period, add_months

Text = Annotated[str, StringConstraints(min_length=1)]

MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3


class Span(Written):
    """A number of whole years, with its source."""

    years: int = Field(ge=0, le=50)
    source: Text | None = None


def _span(given: Any) -> Any:
    return {"years": given} if isinstance(given, str | int) else given


Years = Annotated[Span, BeforeValidator(_span)]
"""A `Span`, written as `5` or as `{years: 5, source: …}`."""


class Term(Written):
    """Contract years of twelve months from the first day, and the years by which the term may be extended.

    Years are called 1, 2, 3 …; with `first year: 2014` they are called 2014, 2015 …, as in schemes that go by
    the calendar.
    """

    start: date = Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))
    years: Years
    extension: Years = Span(years=0)
    first_year: Year = 1
    source: Text | None = None

    @property
    def agreed_years(self) -> tuple[int, ...]:
        """What the years of the term are called, without the extension."""
        return tuple(range(self.first_year, self.first_year + self.years.years))

    @property
    def possible_years(self) -> tuple[int, ...]:
        """The years of the term and of the extension."""
        return tuple(range(self.first_year, self.first_year + self.years.years + self.extension.years))

    def year(self, number: int) -> Period:
        """The days of one contract year. Raises KeyError outside term and extension."""
        if number not in self.possible_years:
            raise KeyError(f"no contract year {number}: years run from {self.first_year} to {self.possible_years[-1]}")
        start = add_months(self.start, (number - self.first_year) * MONTHS_A_YEAR)
        return Period.of_months(start, MONTHS_A_YEAR)

    def quarters(self, number: int) -> tuple[Period, ...]:
        """The four quarters of one contract year."""
        return tuple(self.year(number).parts(MONTHS_A_QUARTER))

    def year_of(self, day: date) -> int | None:
        """The contract year that a day falls in, or None."""
        return next((number for number in self.possible_years if day in self.year(number)), None)
