"""The communications plan: who hears what, when, from whom; and that nobody reads about their own work in the paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.engagement.events import Side
from obc.domain.programme.engagement.missing import Missing

MessageState = Literal["planned", "sent", "dropped"]

MESSAGE = Machine(
    name="the message",
    first="planned",
    moves={
        "planned": {
            "send": Move("sent", ("engagement lead", "communications lead")),
            "drop": Move("dropped", ("engagement lead", "communications lead")),
        },
    },
)


class Message(Written):
    """One message of the plan. `news`: what it is about; messages of one news are held against each other."""

    id: Slug
    news: Slug
    to: tuple[Slug, ...]
    says: Text
    by_way_of: Text
    due: date
    owner: Slug
    state: MessageState = "planned"
    sent: date | None = None
    source: Text

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.state == "sent") != (self.sent is not None):
            raise wrong(f"'{self.state}' with the day {self.sent}", "give the day it was sent, and only then", "sent")
        return self

    @property
    def day(self) -> date:
        """The day it was sent, or is to be."""
        return self.sent or self.due


def sent(message: Message, roles: tuple[str, ...], on: date) -> Message:
    """The message once it is out. Raises `Problems`."""
    state = MESSAGE.after(message.state, "send", roles, f"message '{message.id}'")
    return Message.model_validate(message.model_dump() | {"state": state, "sent": on})


def dropped(message: Message, roles: tuple[str, ...]) -> Message:
    """The message that will not go out. Raises `Problems`."""
    state = MESSAGE.after(message.state, "drop", roles, f"message '{message.id}'")
    return Message.model_validate(message.model_dump() | {"state": state})


def late_messages(messages: Sequence[Message], sides: Mapping[str, Side], on: date) -> Iterator[Missing]:
    """Messages that are late, and news that the public hears before those it touches (`sides`: side by group)."""
    for one in messages:
        if one.state == "planned" and one.due < on:
            yield Missing(what="a message", which=one.id, says=f"due {one.due} and not sent; it is with {one.owner}")
    for news in dict.fromkeys(one.news for one in messages):
        about = [one for one in messages if one.news == news and one.state != "dropped"]
        public = [one for one in about if "public" in _sides(one, sides)]
        for one in about:
            first = next(
                (early for early in public if early.day < one.day and "public" not in _sides(one, sides)), None
            )
            if first:
                said = f"goes out on {one.day}, after the public hears of '{news}' on {first.day} ({first.id})"
                yield Missing(what="the right order", which=one.id, says=said)


def _sides(message: Message, sides: Mapping[str, Side]) -> set[str]:
    return {sides[group] for group in message.to if group in sides}
