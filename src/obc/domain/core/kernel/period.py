"""Periods and offsets: when something counts."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last day of the month where there is no such day.

    31 January + 1 month is 28 (or 29) February, as SQL engines have it.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Period(BaseModel):
    """A run of whole days, both ends included: 1 April to 30 June is one quarter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")
        return self

    @property
    def after(self) -> date:
        """The first day that is no longer in the period."""
        return self.end + timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.after - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start:%-d %B %Y} to {self.end:%-d %B %Y}"

    def parts(self, months: int) -> Iterator["Period"]:
        """The period cut into runs of `months`; the last one may be short."""
        start, n = self.start, 1
        while start <= self.end:
            following = add_months(self.start, months * n)
            yield Period(start=start, end=min(following - timedelta(days=1), self.end))
            start, n = following, n + 1

    @classmethod
    def of_months(cls, start: date, months: int) -> "Period":
        """The period of `months` that begins on `start`."""
        return cls(start=start, end=add_months(start, months) - timedelta(days=1))


_UNITS = {"hour": "hours", "day": "days", "week": "days", "month": "months", "year": "months"}
_TIMES = {"week": 7, "year": 12}
_DURATION = re.compile(r"^\s*(\d{1,5})\s+(hour|day|week|month|year)s?\s*$")


class Duration(BaseModel):
    """A length of time as people write it: `9 months`, `28 days`, `4 hours`. One unit, never mixed.

    Months are calendar months (see `add_months`), never 30 days. Negative lengths point backwards.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: int = 0
    days: int = 0
    hours: int = 0

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read `9 months`. Raises ValueError with what to write instead."""
        found = _DURATION.match(text)
        if not found:
            raise ValueError(f"'{text}' is not a length of time; write for example '9 months', '28 days' or '4 hours'")
        unit = found[2]
        return cls(**{_UNITS[unit]: int(found[1]) * _TIMES.get(unit, 1)})

    def __neg__(self) -> "Duration":
        return Duration(months=-self.months, days=-self.days, hours=-self.hours)

    def after(self, day: date) -> date:
        """The day this long after `day`. Hours do not move a day."""
        return add_months(day, self.months) + timedelta(days=self.days)

    def __str__(self) -> str:
        for name in ("months", "days", "hours"):
            size = abs(getattr(self, name))
            if size:
                unit = name
                if name == "months" and size % 12 == 0:
                    size, unit = size // 12, "years"
                return f"{size} {unit[:-1] if size == 1 else unit}"
        return "0 days"


def _duration(given: Any) -> Any:
    return Duration.parse(given) if isinstance(given, str) else given


Length = Annotated[Duration, BeforeValidator(_duration), PlainSerializer(str)]
"""A `Duration` that a contract writes as text."""
