"""The change-management checklist: what must be in place before people are asked to work differently."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.engagement.missing import Missing

ItemState = Literal["open", "in place", "not needed"]
OWNERS = ("programme director", "programme manager", "engagement lead", "clinical lead", "commissioner manager")

ITEM = Machine(
    name="the checklist item",
    first="open",
    moves={
        "open": {"check off": Move("in place", OWNERS), "set aside": Move("not needed", ("programme director",))},
        "in place": {"reopen": Move("open")},
        "not needed": {"reopen": Move("open")},
    },
)
"""Anybody may reopen an item: what was in place once can be gone."""


class Item(Written):
    """One thing to have in place, by whom and when. `shows`: the evidence that it is, or why it is not needed."""

    id: Slug
    asks: Text
    owner: Slug
    due: date
    state: ItemState = "open"
    shows: Text | None = None
    source: Text

    @model_validator(mode="after")
    def _shown(self) -> Self:
        if (self.state == "open") != (self.shows is None):
            told = "evidence" if self.shows else "nothing to show for it"
            raise wrong(f"'{self.state}' with {told}", "give evidence where it is not open, and only there", "shows")
        return self


def settled(item: Item, verb: str, shows: str | None, roles: tuple[str, ...]) -> Item:
    """The item checked off, set aside (with what `shows` it) or reopened. Raises `Problems`."""
    state = ITEM.after(item.state, verb, roles, f"checklist item '{item.id}'")
    return Item.model_validate(item.model_dump() | {"state": state, "shows": shows if state != "open" else None})


def overdue_items(items: Sequence[Item], on: date) -> tuple[Missing, ...]:
    """Items that are open after their day."""
    return tuple(
        Missing(
            what="an item of the checklist", which=one.id, says=f"open, due {one.due}, with {one.owner}: {one.asks}"
        )
        for one in items
        if one.state == "open" and one.due < on
    )
