"""A dispute on lines of a submission: what is wrong, what would be right, what shows it, who said what when."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.money.settlement.circumstances import Dispute

Text = Annotated[str, StringConstraints(min_length=1)]
Count = Annotated[Decimal, Field(ge=0)]
End = Literal["as submitted", "as claimed"]
"""How a dispute ends: the figure stays, or the one that was held against it takes its place."""


class Line(Written):
    """One line of a submission: whose figure of which days."""

    indicator: Slug
    segment: Slug = ALL
    provider: Text = ALL
    start: date
    end: date

    @classmethod
    def of(cls, value: IndicatorValue) -> "Line":
        """The line that a value stands on."""
        return cls(
            indicator=value.indicator,
            segment=value.segment,
            provider=value.provider,
            start=value.period_start,
            end=value.period_end,
        )

    @property
    def key(self) -> tuple[str, str, str, date, date]:
        """As values have it."""
        return self.indicator, self.segment, self.provider, self.start, self.end


class Claim(Written):
    """A line in dispute with the counts that the disputer holds right; none where they do not know them."""

    line: Line
    numerator: Count | None = None
    denominator: Count | None = None
    sum_of_squares: Count | None = None

    @property
    def known(self) -> bool:
        """Whether another figure is held against the line."""
        return self.numerator is not None and self.denominator is not None


class Attached(Written):
    """A paper that somebody brought as evidence; counts only, never a record of a person."""

    id: Slug
    name: Text
    kind: Literal["PDF", "CSV", "XLSX", "PNG"]
    size: int
    paper: str
    by: Slug
    at: datetime


class Answer(Written):
    """What somebody says to a dispute."""

    by: Slug
    organisation: Slug
    at: datetime
    text: Text
    attached: tuple[Attached, ...] = ()


class LineDispute(Written):
    """Lines that a party does not accept, for one reason. What hangs on them is held; all else is agreed and paid.

    `escalated`: the days on which somebody asked for the next step before the clock did. `settled`: the day it ended.
    """

    id: Slug
    claims: tuple[Claim, ...] = Field(min_length=1)
    why: Text
    raised_by: Slug
    by: Slug
    raised: date
    attached: tuple[Attached, ...] = ()
    answers: tuple[Answer, ...] = ()
    escalated: tuple[date, ...] = ()
    settled: date | None = None
    ended: End | None = None
    ended_by: Slug | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines in dispute."""
        return tuple(one.line for one in self.claims)

    @property
    def papers(self) -> tuple[Attached, ...]:
        """Everything that was brought as evidence, by either side."""
        return (*self.attached, *(paper for one in self.answers for paper in one.attached))

    def freezes(self, year: int, start: date, end: date) -> tuple[Dispute, ...]:
        """What a settlement of that year holds back for it: its lines of the whole year, for all providers."""
        own = [one for one in self.lines if (one.provider, one.start, one.end) == (ALL, start, end)]
        return tuple(
            Dispute(
                id=self.id if n == 1 else f"{self.id}-line-{n}",
                year=year,
                indicator=one.indicator,
                segment=one.segment,
                why=self.why,
                raised_by=self.raised_by,
                raised=self.raised,
                settled=self.settled,
            )
            for n, one in enumerate(own, start=1)
        )
