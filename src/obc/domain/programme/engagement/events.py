"""Stakeholder groups, and the events, workshops, focus groups and surveys at which they were heard."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.rate import Exact
from obc.domain.core.kernel.states import Machine, Move

Side = Literal["people and carers", "professionals", "providers", "partners", "public", "our own"]
"""Whose view it is. `our own`: the staff and boards of the commissioner."""

EventKind = Literal["event", "workshop", "focus group", "survey", "briefing", "meeting", "conference", "media"]
EventState = Literal["planned", "held", "cancelled"]

EVENT = Machine(
    name="the event",
    first="planned",
    moves={
        "planned": {
            "hold": Move("held", ("engagement lead",)),
            "cancel": Move("cancelled", ("engagement lead",)),
        },
    },
)
"""What can become of an engagement event."""


class StakeholderGroup(Written):
    """People with a like interest in the outcomes."""

    id: Slug
    title: Text
    side: Side
    reached_by: Text
    source: Text


class Rating(Written):
    """What those who took part thought of the event itself."""

    share: Exact = Field(ge=0, le=1)
    says: Text


class Event(Written):
    """Somewhere people were heard. Numbers that nobody wrote down are absent, never 0.

    `from`, `to`: the days; `dated` is how the source puts it, where it gives no day.
    """

    id: Slug
    kind: EventKind
    title: Text
    state: EventState = "planned"
    from_: date
    to: date | None = None
    dated: Text | None = None
    place: Text | None = None
    groups: tuple[Slug, ...] = Field(min_length=1)
    invited: int | None = Field(default=None, ge=1)
    took_part: int | None = Field(default=None, ge=0)
    rated: Rating | None = None
    about: Text
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise wrong(f"an event that ends on {self.to}, before {self.from_}", "write the later day as 'to'", "to")
        if self.took_part is not None and self.state != "held":
            found = f"{self.took_part} people at an event that is {self.state}"
            raise wrong(found, "write 'state: held', or leave the number out", "took part")
        return self

    @property
    def last_day(self) -> date:
        """The day by which it was to be over."""
        return self.to or self.from_


def held(event: Event, took_part: int | None, roles: tuple[str, ...], on: date) -> Event:
    """The event once it was held, with how many took part (None: nobody counted). Raises `Problems`."""
    state = EVENT.after(event.state, "hold", roles, f"event '{event.id}'")
    if on < event.from_:
        found = f"held on {on}, before it begins on {event.from_}"
        raise refusal(f"event '{event.id}'", "hold", found, "record it once it was held")
    return Event.model_validate(event.model_dump() | {"state": state, "took part": took_part})


def cancelled(event: Event, roles: tuple[str, ...]) -> Event:
    """The event once it was called off. Raises `Problems`."""
    state = EVENT.after(event.state, "cancel", roles, f"event '{event.id}'")
    return Event.model_validate(event.model_dump() | {"state": state})
