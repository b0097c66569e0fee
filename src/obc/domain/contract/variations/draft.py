"""A draft: the contract's folder as one party would have it, worked on until it is offered to the others."""

from datetime import date
from typing import Literal

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.states import Machine, Move

DRAFTERS = ("commissioner manager", "commissioner finance", "provider lead", "provider analyst")
"""Who may work on a draft of their side. Whether it is offered is for those to say who speak for it."""

DRAFT = Machine(
    "the draft",
    "open",
    {
        "open": {
            "write": Move("open", DRAFTERS),
            "import": Move("open", DRAFTERS),
            "offer": Move("offered"),
            "set aside": Move("set aside", DRAFTERS),
        },
    },
)


class Draft(Written):
    """A draft of one organisation, which nobody else sees. `base` and `folder` are digests: of the folder that was in
    force when it was begun, and of the folder as drafted. `answers`: the offer to which it is a counter-offer.
    """

    id: Slug
    title: Text
    organisation: Slug
    begun: date
    base: str
    folder: str
    answers: Slug | None = None
    state: Literal["open", "offered", "set aside"] = "open"


def moved(draft: Draft, verb: str, roles: tuple[str, ...], folder: str | None = None) -> Draft:
    """The draft after a verb, with another folder where one is given. Raises `Problems` where it is not allowed."""
    state = DRAFT.after(draft.state, verb, roles, f"draft '{draft.id}'")
    return draft.model_copy(update={"state": state, "folder": folder or draft.folder})
