"""An indicator definition: how one thing that matters is measured, written so that a clinician can edit it.

The meaning is this frozen tree. The slow reference (`reference.py`) says what it means for one person; the
engine only translates it. `sentence.py` prints it as plain English.
"""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.period import Length, Period
from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.indicators.conditions import (
    Choice,
    Condition,
    Count,
    Own,
    Where,
    check_coded,
    check_dated,
    check_scored,
    check_where,
    leaves,
    table_of,
)
from obc.domain.measurement.indicators.factors import AdjustedBy
from obc.domain.measurement.indicators.windows import At, Between
from obc.domain.measurement.records.tables import BY_NAME

Unit = Literal["person", "referral", "spell", "carer", "response", "row"]
"""What is counted. A person counts once a period; the others once a row of their table, `row` any row of records."""

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

    `first`: the unit's first such row ever, one a unit. `each`: every row is a unit; or, where a unit may have
    several rows (a person's referrals), its first row of the period. First is the earliest day, then the
    earliest time of day (none is last), then the smallest key. The row falls into the period, or into the
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
        if not table.has("person_id"):
            raise wrong(f"the table '{self.event}'", "an event happens to a person")
        if not table.has(self.column) or table.column(self.column).kind != "date":
            dates = ", ".join(c.name for c in table.columns if c.kind == "date")
            raise wrong(f"the column '{self.column}'", f"an event is placed by a date: {dates}")
        check_where(table, self.where)
        if self.falls and self.falls.hours:
            raise wrong(f"falls: {self.falls}", "a period is moved by days, months or years")
        return self

    @property
    def timed(self) -> bool:
        """Whether the anchor may have a time of day."""
        return self.column == "happened" and table_of(self.event).has("happened_at")

    def rows_are(self, unit: Unit) -> bool:
        """Whether every row is a unit of its own, so that none of a unit's rows is first."""
        return table_of(self.event).key == (KEYS[unit],)

    def days(self, period: Period) -> tuple[date, date]:
        """First and last day on which an event falls that counts in the period.

        The ends of periods that follow one another still do when moved back: no day is lost or counted twice.
        """
        if self.falls is None:
            return period.start, period.end
        back = -self.falls
        return back.after(period.start), back.after(period.after) - timedelta(days=1)


class CohortAnchor(_Node):
    """Everybody (or every carer) who meets the conditions on a day of the period: the anchor is that day.

    A person is whoever is a member of a segment on the membership day; a carer is any carer of such a person.
    """

    cohort: Literal["period start", "period end"]
    who: Conditions = ()


class TimeAnchor(_Node):
    """The days that people spend as members of a segment within the period: person-time for a rate.

    The first and the last day of membership, and the day of death, are counted; later days are not. Every day
    counts for the segment and provider of that day.
    """

    person_time: Literal["of members"] = Field(alias="person-time")


class RowsAnchor(_Node):
    """The rows of tables in the period, good and bad: what is measured is the records themselves.

    A provider that fell silent has as many rows more as are usual in those months, all of them missing. Rows are of
    a provider and of no segment.
    """

    rows_of: Annotated[tuple[str, ...], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)] = (
        Field(alias="rows of", min_length=1)
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        for i, name in enumerate(self.rows_of):
            table = table_of(name)
            if not (table.has("provider") and table.has("happened")):
                whose = ", ".join(n for n, t in BY_NAME.items() if t.has("provider") and t.has("happened"))
                raise wrong(f"the table '{name}'", f"its rows are of no provider; choose one of {whose}", "rows of", i)
        return self


_ANCHORS = {
    "event": "event",
    "cohort": "cohort",
    "person-time": "time",
    "person_time": "time",
    "rows of": "rows",
    "rows_of": "rows",
}


def _anchor(given: Any) -> str | None:
    if isinstance(given, dict):
        return next((tag for key, tag in _ANCHORS.items() if key in given), None)
    kinds = {"EventAnchor": "event", "CohortAnchor": "cohort", "TimeAnchor": "time", "RowsAnchor": "rows"}
    return kinds.get(type(given).__name__)


Anchor = Annotated[
    Annotated[EventAnchor, Tag("event")]
    | Annotated[CohortAnchor, Tag("cohort")]
    | Annotated[TimeAnchor, Tag("time")]
    | Annotated[RowsAnchor, Tag("rows")],
    Discriminator(
        _anchor,
        custom_error_type="anchor",
        custom_error_message="a denominator has one of the keys event, cohort, person-time, rows of",
    ),
]
"""What the denominator is made of, told apart by its key."""


class Events(_Node):
    """The numerator of a rate: rows of a table in the period, while the person is a member and alive.

    An event counts for the segment and provider of its day, and on the day of death. `once` counts a person at
    most once a period, at the first such event.
    """

    events: str
    where: Where = ()
    once: bool = False

    @model_validator(mode="after")
    def _known(self) -> Self:
        table = table_of(self.events)
        check_dated(table)
        check_where(table, self.where)
        return self


class Score(_Node):
    """The value of a mean: the total of the items on the latest day in the window that has all of them.

    Unknown when there is no such day; unknown units are never in a mean. An item scored twice on that day:
    `ties` says which score is taken.
    """

    total: str
    items: Choice
    between: Between
    ties: Literal["higher", "lower"]
    of_the: Literal["unit", "person"] = Field(default="unit", alias="of the")

    @model_validator(mode="after")
    def _known(self) -> Self:
        check_scored(self.total, self.between)
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.total.partition(".")[0]


class HowMany(_Node):
    """The value of a mean: how many of these conditions hold (a score of checks).

    Never unknown: a condition whose answer is unknown does not hold.
    """

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
    quality: Literal["complete", "timely", "valid", "consistent"] | None = Field(
        default=None, description="of rows of records: what makes one a good row, in place of a numerator"
    )
    unknown: Literal["stays in the denominator", "leaves the denominator"] = "stays in the denominator"
    member_on: At | None = Field(
        default=None,
        alias="member on",
        description="the day on which segment membership counts; outside any segment is not counted. A rate has "
        "none: every day counts for the segment of that day",
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
    adjusted_by: AdjustedBy | None = Field(
        default=None,
        alias="adjusted by",
        description="also count by what people are like, so that a proportion can be adjusted for the mix of people",
    )
    source: str
    owner: str
    review_by: date = Field(alias="review by")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if isinstance(self.denominator, RowsAnchor) or self.quality or self.counts == "row":
            return self._of_rows()
        parts = {"proportion": "numerator", "rate": "events", "mean": "value"}
        for measure, part in parts.items():
            given = bool(getattr(self, part))
            if given and measure != self.measure:
                raise wrong(f"a {self.measure} with '{part}'", f"a {self.measure} has '{parts[self.measure]}' instead")
            if not given and measure == self.measure:
                raise wrong(f"a {self.measure} without '{part}'", f"add '{part}'")
        if (self.measure == "rate") != isinstance(self.denominator, TimeAnchor):
            raise wrong(f"a {self.measure}", "a rate, and only a rate, is over person-time: 'person-time: of members'")
        if (self.measure == "rate") == (self.member_on is not None):
            if self.measure == "rate":
                raise wrong("a rate with 'member on'", "leave it out: every day counts for the segment of that day")
            raise wrong(f"a {self.measure} without 'member on'", "add the day: 'member on: anchor'")
        if self.compared_with and (self.events is None or self.events.events != "deaths"):
            raise wrong("'compared with'", "only a rate of deaths can be compared with the general population")
        if self.adjusted_by and self.measure != "proportion":
            raise wrong(f"a {self.measure} with 'adjusted by'", "only a proportion is adjusted; leave it out")
        if isinstance(self.denominator, EventAnchor):
            if not table_of(self.denominator.event).has(KEYS[self.counts]):
                raise wrong(f"a {self.counts} counted from {self.denominator.event}", f"it has no {KEYS[self.counts]}")
            if self.denominator.take == "first" and self.denominator.rows_are(self.counts):
                raise wrong(f"take: first of a {self.counts}", f"a {self.counts} has only one; leave 'take' out")
        elif self.counts not in ("person", "carer") or (self.counts == "carer" and self.measure == "rate"):
            raise wrong(f"counts: {self.counts}", "a cohort is of people or carers, person-time of people")
        if self.provider == "of the row" and not (
            isinstance(self.denominator, EventAnchor) and table_of(self.denominator.event).has("provider")
        ):
            raise wrong("provider: of the row", "only an event has a row; write 'of the member'")
        for condition in self.conditions:
            self._check(condition)
        return self

    def _of_rows(self) -> Self:
        """What is measured of rows of records needs a quality, and nothing that asks about people."""
        if not (isinstance(self.denominator, RowsAnchor) and self.quality and self.counts == "row"):
            raise wrong(
                "rows of records, but not all that they need",
                "write 'counts: row', 'denominator: {rows of: …}' and 'quality: complete', or none of the three",
            )
        if self.measure != "proportion":
            raise wrong(f"a {self.measure} of rows", "good rows are a proportion of all")
        for part in ("numerator", "events", "value", "member_on", "compared_with", "adjusted_by"):
            if getattr(self, part):
                raise wrong(f"rows of records with '{part.replace('_', ' ')}'", "it asks about people; leave it out")
        return self

    def _check(self, condition: Condition) -> None:
        event = self.denominator if isinstance(self.denominator, EventAnchor) else None
        for leaf in leaves(condition):
            if isinstance(leaf, Own):
                if event is None:
                    raise wrong(f"own: {leaf.own}", "only an event has a row of its own")
                check_coded(table_of(event.event), leaf.own)
            if isinstance(leaf, Count) and leaf.between.in_hours and not (event and event.timed):
                raise wrong(f"{leaf.count} counted in hours", "only an event with a time of day can start the clock")

    @property
    def who(self) -> tuple[Condition, ...]:
        """The conditions on who is counted."""
        return self.denominator.who if isinstance(self.denominator, EventAnchor | CohortAnchor) else ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, wherever they stand."""
        many = self.value.how_many if isinstance(self.value, HowMany) else ()
        return (*self.who, *self.numerator, *many)
