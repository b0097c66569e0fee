"""Plain counts: what the records look like beside the indicators, so that a change of recording can be told from a
change of lives. Counts, sums and sums of squares only; nobody can be told from them but by a count of one.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from obc.domain.core.kernel.period import Period

Whole = Annotated[int, Field(ge=0)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entries(_Row):
    """What a provider wrote into one table in one month: days of people with a row, so that the thirteen answers of
    one person on one day count once."""

    table: str
    provider: str
    month: date
    entries: Whole


class Clustered(_Row):
    """How often a cluster was recorded in a period; of these, how many were scored on the day, with what totals."""

    period: Period
    cluster: str
    recorded: Whole
    scored: Whole
    total: Decimal
    squares: Decimal


class CareOf(_Row):
    """What one segment was given in a period: its people, their days as members, and what was spent on them.

    Sums over people of days, spend, their squares and their product; `joined`: people who first came into the segment.
    """

    period: Period
    segment: str
    people: Whole
    days: Whole
    spend_minor: int
    days_squared: int
    spend_squared: int
    spend_days: int
    joined: Whole


class Decided(_Row):
    """How many people a scope rule decides on the last day of a period."""

    period: Period
    rule: str
    status: Literal["in", "later", "out"]
    people: Whole


class Rated(_Row):
    """Pairs of first and last readings of an indicator's items, the last in the period: rated by one or by two.

    `total` and `squares` are of the change for the better.
    """

    period: Period
    indicator: str
    raters: Literal["the same", "different"]
    pairs: Whole
    total: Decimal
    squares: Decimal


class Timed(_Row):
    """How many units came just inside and just outside an indicator's limit of time.

    Three bins on either side, from the limit outwards, each `width` days (or hours) wide.
    """

    period: Period
    indicator: str
    limit: str
    width: int
    unit: Literal["days", "hours"]
    inside: tuple[Whole, Whole, Whole]
    outside: tuple[Whole, Whole, Whole]


class PlainCounts(_Row):
    """All of them, of the periods compared."""

    entries: tuple[Entries, ...] = ()
    clusters: tuple[Clustered, ...] = ()
    care: tuple[CareOf, ...] = ()
    scope: tuple[Decided, ...] = ()
    raters: tuple[Rated, ...] = ()
    times: tuple[Timed, ...] = ()
