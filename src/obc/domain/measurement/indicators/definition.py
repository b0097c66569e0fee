"""An indicator definition: how one thing that matters is measured, written so that a clinician can edit it.

The meaning is this frozen tree. The slow reference (`reference.py`) says what it means for one person; the
engine only translates it. `sentence.py` prints it as plain English.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.period import Length
from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.indicators.conditions import Choice, Condition, Where, column_of, table_of
from obc.domain.measurement.indicators.windows import At, Between

Unit = Literal["person", "referral", "spell", "carer", "response"]
"""What is counted. A person counts once a period; the others once a row of their table."""

KEYS: dict[Unit, str] = {
    "person": "person_id",
    "referral": "referral_id",
    "spell": "spell_id",
    "carer": "carer_id",
    "response": "response_id",
}
"""The column that identifies a unit."""


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _conditions(given: Any) -> Any:
    return [given] if isinstance(given, dict) else given


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(_conditions)]
"""Conditions that must all hold."""


class EventAnchor(_Node):
    """Units that begin with an event: the anchor is its day.

    `first`: the person's (or carer's) first such row ever, one a unit. `each`: every row is a unit, or, where
    the unit is a person or carer, the first row of the period. The row falls into the period, or into the
    period moved back by `falls` (so that a year has passed).
    """

    event: str
    take: Literal["first", "each"] = "each"
    where: Where = ()
    column: str = Field(
        default="happened", description="the day that counts: `happened`, or for discharges `discharged`"
    )
    falls: Annotated[Length | None, Field(description="how long before the period: `12 months`")] = None
    who: Conditions = ()

    @model_validator(mode="after")
    def _known(self) -> Self:
        table = table_of(self.event)
        for name in (self.column, *(item.column for item in self.where)):
            if not table.has(name):
                raise wrong(f"the column '{name}'", f"{table.name} has {', '.join(c.name for c in table.columns)}")
        if table.column(self.column).kind != "date":
            raise wrong(f"the column '{self.column}'", "an event is placed by a date")
        return self


class CohortAnchor(_Node):
    """Everybody (or every carer) who meets the conditions on a day of the period: the anchor is that day."""

    cohort: Literal["period start", "period end"]
    who: Conditions = ()


class TimeAnchor(_Node):
    """The days that people spend as members of a segment within the period: person-time for a rate.

    The anchor is the first day of the period. A person leaves at death.
    """

    person_time: Literal["of members"] = Field(alias="person-time")


_ANCHORS = {"event": "event", "cohort": "cohort", "person-time": "time", "person_time": "time"}


def _anchor(given: Any) -> str | None:
    if isinstance(given, dict):
        return next((tag for key, tag in _ANCHORS.items() if key in given), None)
    return {"EventAnchor": "event", "CohortAnchor": "cohort", "TimeAnchor": "time"}.get(type(given).__name__)


Anchor = Annotated[
    Annotated[EventAnchor, Tag("event")] | Annotated[CohortAnchor, Tag("cohort")] | Annotated[TimeAnchor, Tag("time")],
    Discriminator(
        _anchor,
        custom_error_type="anchor",
        custom_error_message="a denominator has one of the keys event, cohort, person-time",
    ),
]
"""What the denominator is made of, told apart by its key."""


class Events(_Node):
    """The numerator of a rate: rows of a table in the period, while the person is a member of the segment.

    `once` counts a person at most once (deaths).
    """

    events: str
    where: Where = ()
    once: bool = False

    @model_validator(mode="after")
    def _known(self) -> Self:
        table = table_of(self.events)
        for item in self.where:
            if not table.has(item.column):
                raise wrong(
                    f"the column '{item.column}'", f"{table.name} has {', '.join(c.name for c in table.columns)}"
                )
        return self


class Score(_Node):
    """The value of a mean: the total of the items on the latest day in the window that has all of them.

    Unknown when there is no such day; unknown units are never in a mean. Two totals on one day: `ties` says which.
    """

    total: str
    items: Choice
    between: Between
    ties: Literal["higher", "lower"]
    of_the: Literal["unit", "person"] = Field(default="unit", alias="of the")

    @model_validator(mode="after")
    def _known(self) -> Self:
        column_of(self.total)
        return self


class HowMany(_Node):
    """The value of a mean: how many of these conditions hold (a score of checks). Never unknown."""

    how_many: tuple[Condition, ...] = Field(alias="how many", min_length=1)


_VALUES = {"total": "score", "how many": "many", "how_many": "many"}


def _value(given: Any) -> str | None:
    if isinstance(given, dict):
        return next((tag for key, tag in _VALUES.items() if key in given), None)
    return {"Score": "score", "HowMany": "many"}.get(type(given).__name__)


Value = Annotated[
    Annotated[Score, Tag("score")] | Annotated[HowMany, Tag("many")],
    Discriminator(
        _value, custom_error_type="value", custom_error_message="a value has one of the keys total, how many"
    ),
]
"""What a mean is taken of."""


class IndicatorDefinition(_Node):
    """One indicator: what is counted, of whom, when; what happens to unknowns; and why anybody should care.

    A proportion has a `numerator` of conditions, a rate has `events`, a mean has a `value`.
    """

    id: Slug
    title: str
    why: str
    measure: Literal["proportion", "rate", "mean"]
    direction: Literal["higher is better", "lower is better"]
    counts: Unit = "person"
    denominator: Anchor
    numerator: Conditions = ()
    events: Events | None = None
    value: Value | None = None
    unknown: Literal["stays in the denominator", "leaves the denominator"] = "stays in the denominator"
    member_on: At = Field(
        alias="member on", description="the day on which segment membership counts; outside any segment is not counted"
    )
    provider: Literal["of the row", "of the member"] = Field(
        default="of the member",
        description="whose figure it is: the provider of the anchor's row, or the one responsible for the person on "
        "the membership day (their latest referral); a person with two providers counts once",
    )
    multiplier: int = Field(default=1, ge=1, description="a rate is given per so many person-years")
    compared_with: Literal["general population"] | None = Field(
        default=None,
        alias="compared with",
        description="also give observed over expected deaths at the general population's rates by age and sex",
    )
    source: str
    owner: str
    review_by: date = Field(alias="review by")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        parts = {"proportion": "numerator", "rate": "events", "mean": "value"}
        for measure, part in parts.items():
            given = bool(getattr(self, part))
            if given and measure != self.measure:
                raise wrong(f"a {self.measure} with '{part}'", f"a {self.measure} has '{parts[self.measure]}' instead")
            if not given and measure == self.measure:
                raise wrong(f"a {self.measure} without '{part}'", f"add '{part}'")
        if (self.measure == "rate") != isinstance(self.denominator, TimeAnchor):
            raise wrong(f"a {self.measure}", "a rate, and only a rate, is over person-time: 'person-time: of members'")
        if self.compared_with and self.measure != "rate":
            raise wrong("'compared with'", "only a rate can be compared with the general population")
        if isinstance(self.denominator, EventAnchor):
            if not table_of(self.denominator.event).has(KEYS[self.counts]):
                raise wrong(f"a {self.counts} counted from {self.denominator.event}", f"it has no {KEYS[self.counts]}")
            if self.denominator.take == "first" and self.counts not in ("person", "carer"):
                raise wrong(f"take: first of a {self.counts}", "only a person or a carer has a first event")
        elif self.counts not in ("person", "carer") or (self.counts == "carer" and self.measure == "rate"):
            raise wrong(f"counts: {self.counts}", "a cohort is of people or carers, person-time of people")
        if self.provider == "of the row" and not isinstance(self.denominator, EventAnchor):
            raise wrong("provider: of the row", "only an event has a row; write 'of the member'")
        return self
