"""Feedback of patients and carers, all term: what was said, what was answered, what changed."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.states import Machine, Move

ANSWERERS = ("provider lead", "commissioner manager", "contract manager")
FEEDBACK = Machine(
    "the feedback",
    "heard",
    {
        "heard": {"reply": Move("answered", ANSWERERS)},
        "answered": {"change": Move("changed", ANSWERERS), "reopen": Move("heard")},
    },
)


class Theme(Written):
    """What feedback is about. It bears on indicators of the contract or on a quality expectation."""

    id: Slug
    title: Text
    indicators: tuple[Slug, ...] = ()
    expectation: Slug | None = None


class Feedback(Written):
    """One thing that somebody said. `said` and `suggestion` are summed up so that they point to nobody."""

    id: Slug
    contract: Slug
    received: date
    channel: Text
    from_: Literal["people who use services", "carers", "both"]
    theme: Slug
    said: Text
    suggestion: Text | None = None
    state: Literal["heard", "answered", "changed"] = "heard"
    reply: Text | None = None
    replied: date | None = None
    change: Text | None = None
    changed: date | None = None
    source: Text | None = None


class ThemeHeard(BaseModel):
    """A theme in numbers. `in time`: answered within the policy's clock, of `due`, those whose clock has run out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    theme: str
    title: str
    indicators: tuple[str, ...]
    expectation: str | None
    heard: int = Field(ge=0)
    suggestions: int
    answered: int
    due: int
    in_time: int
    changed: int


def heard(
    themes: Sequence[Theme], feedback: Sequence[Feedback], on: date, within: int, holidays: Holidays
) -> tuple[ThemeHeard, ...]:
    """Each theme by a day, those first that were heard most."""
    rows = []
    for theme in themes:
        own = [one for one in feedback if one.theme == theme.id and one.received <= on]
        clocks = [(one, holidays.after(one.received, within)) for one in own]
        rows.append(
            ThemeHeard(
                theme=theme.id,
                title=theme.title,
                indicators=theme.indicators,
                expectation=theme.expectation,
                heard=len(own),
                suggestions=sum(one.suggestion is not None for one in own),
                answered=sum(one.replied is not None for one in own),
                due=sum(clock < on or one.replied is not None for one, clock in clocks),
                in_time=sum(one.replied is not None and one.replied <= clock for one, clock in clocks),
                changed=sum(one.changed is not None for one in own),
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.heard))


def answered(stood: Feedback, verb: str, by: Person, on: date, text: str | None) -> Feedback:
    """Feedback after a reply, or after what was changed because of it. Both say something."""
    where = f"feedback '{stood.id}'"
    state = FEEDBACK.after(stood.state, verb, by.roles, where)
    if verb != "reopen" and not text:
        raise refusal(where, verb, "nothing said", "write the reply, or what was changed")
    said = {"reply": {"reply": text, "replied": on}, "change": {"change": text, "changed": on}}.get(verb)
    return stood.model_copy(update={"state": state, **(said or {"reply": None, "replied": None})})
