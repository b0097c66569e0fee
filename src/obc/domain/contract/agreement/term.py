"""The term: when the contract begins, how long it lasts, how its years are counted."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from obc.domain.core.kernel.figure import Written, Year
from obc.domain.core.kernel.period import Length, Period, add_months
from obc.domain.core.kernel.problem import wrong

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


class Break(Written):
    """A break clause: a party may end the contract after a year, if it gives notice in time."""

    after: Year
    by: Literal["any party", "commissioners", "providers"]
    notice: Length
    source: Text


class Term(Written):
    """Contract years of twelve months from the first day, and the years by which the term may be extended.

    `breaks` are the years after which a party may end it. `ended after`: the year after which it was ended; nothing
    of later years is measured, forecast or paid.

    Years are called 1, 2, 3 …; with `first year: 2014` they are called 2014, 2015 …, as in schemes that go by
    the calendar.
    """

    start: date = Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))
    years: Years
    extension: Years = Span(years=0)
    first_year: Year = 1
    breaks: tuple[Break, ...] = ()
    ended_after: Year | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _breaks_within(self) -> Self:
        last = self.first_year + self.years.years + self.extension.years - 1
        for i, clause in enumerate(self.breaks):
            if not self.first_year <= clause.after < last:
                found, cure = f"a break after year {clause.after}", f"years run from {self.first_year} to {last}"
                raise wrong(found, f"{cure}: break after one that is not the last", "breaks", i, "after")
        if self.ended_after is not None and not self.first_year <= self.ended_after <= last:
            found, expected = f"ended after year {self.ended_after}", f"years run from {self.first_year} to {last}"
            raise wrong(found, expected, "ended after")
        return self

    def notice_by(self, clause: Break) -> date:
        """The last day on which notice of a break can be given."""
        return (-clause.notice).after(self.year(clause.after).after) - timedelta(days=1)

    @property
    def agreed_years(self) -> tuple[int, ...]:
        """What the years of the term are called, without the extension."""
        return tuple(range(self.first_year, self.first_year + self.years.years))

    @property
    def possible_years(self) -> tuple[int, ...]:
        """The years of the term and of the extension."""
        return tuple(range(self.first_year, self.first_year + self.years.years + self.extension.years))

    @property
    def running_years(self) -> tuple[int, ...]:
        """The years of the term and of the extension, as far as the contract was not ended before."""
        return tuple(year for year in self.possible_years if self.ended_after is None or year <= self.ended_after)

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
