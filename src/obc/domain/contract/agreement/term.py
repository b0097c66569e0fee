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
    of later years is measured, forecast or paid. `first day` and `last day`: where the contract begins within its
    first year, or ends within a year; then those years are shorter, and quarters and months end where they do.

    Years are called 1, 2, 3 …; with `first year: 2014` they are called 2014, 2015 …, as in schemes that go by
    the calendar.
    """

    start: date = Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))
    years: Years
    extension: Years = Span(years=0)
    first_year: Year = 1
    breaks: tuple[Break, ...] = ()
    ended_after: Year | None = None
    first_day: date | None = None
    last_day: date | None = None
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

    @model_validator(mode="after")
    def _days_within(self) -> Self:
        if not self.years.years:
            return self  # which the agreement refuses
        first = self.whole_year(self.first_year)
        if self.first_day is not None and self.first_day not in first:
            raise wrong(f"{self.first_day}", f"year {self.first_year} runs from {first}", "first day")
        last = Period(start=self.first_day or self.start, end=self.whole_year(self.possible_years[-1]).end)
        if self.last_day is not None and self.last_day not in last:
            raise wrong(f"{self.last_day}", f"the contract can run from {last}", "last day")
        if self.last_day is not None and self.ended_after is not None:
            raise wrong("both 'last day' and 'ended after'", "say once when it ended", "last day")
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
        last = self.ended_after
        if self.last_day is not None:
            last = self.year_of(self.last_day)
        return tuple(year for year in self.possible_years if last is None or year <= last)

    def year(self, number: int) -> Period:
        """The days of one contract year on which the contract runs; twelve months, but where it begins or ends.

        Raises KeyError outside term and extension.
        """
        whole = self.whole_year(number)
        first = self.first_day if self.first_day and self.first_day in whole else whole.start
        last = self.last_day if self.last_day and self.last_day in whole else whole.end
        return Period(start=first, end=last)

    def whole_year(self, number: int) -> Period:
        """The twelve months that a contract year has or would have. Raises KeyError outside term and extension."""
        if number not in self.possible_years:
            raise KeyError(f"no contract year {number}: years run from {self.first_year} to {self.possible_years[-1]}")
        start = add_months(self.start, (number - self.first_year) * MONTHS_A_YEAR)
        return Period.of_months(start, MONTHS_A_YEAR)

    def quarters(self, number: int) -> tuple[Period, ...]:
        """The quarters of one contract year; the first and the last may be short, where the year is."""
        whole = self.whole_year(number).parts(MONTHS_A_QUARTER)
        year = self.year(number)
        days = [(max(one.start, year.start), min(one.end, year.end)) for one in whole]
        return tuple(Period(start=start, end=end) for start, end in days if start <= end)

    def year_of(self, day: date) -> int | None:
        """The contract year that a day falls in, whether the contract runs on it or not, or None."""
        return next((number for number in self.possible_years if day in self.whole_year(number)), None)
