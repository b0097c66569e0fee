"""A risk: an entry of the register, with its ratings, its controls and what has become of it."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.risks.scale import Rating

Category = Literal["decision", "demand", "finance", "information", "market", "people", "quality", "time"]
"""decision: that it is not taken, or another's. people: those who do the work, and whether they want to."""

Register = Literal["provider", "implementation"]
"""Whose risk it is: of those who will provide, or of the programme that sets the contract up."""

Ending = Literal["no longer possible", "happened", "accepted"]

OWNER = "risk owner"
OWNING = (OWNER, "programme director", "programme manager")
CLOSING = ("programme director", "programme manager", "governing body member", "programme board member")

RISK = Machine(
    name="the risk",
    first="open",
    moves={
        "open": {
            "assess": Move("open", OWNING),
            "control": Move("open", OWNING),
            "review": Move("open"),
            "escalate": Move("escalated", OWNING),
            "close": Move("closed", CLOSING),
            "supersede": Move("superseded", OWNING),
        },
        "escalated": {
            "assess": Move("escalated", OWNING),
            "control": Move("escalated", OWNING),
            "review": Move("escalated"),
            "take back": Move("open", OWNING),
            "close": Move("closed", CLOSING),
            "supersede": Move("superseded", OWNING),
        },
        "closed": {"reopen": Move("open", OWNING)},
        "superseded": {},
    },
)


class Control(Written):
    """What is done about a risk. A control that is planned controls nothing yet."""

    id: Slug
    what: Text
    in_place: bool = False
    evidence: Text | None = None

    @model_validator(mode="after")
    def _shown(self) -> Self:
        if self.in_place and self.evidence is None:
            raise wrong("in place, and nothing shows it", "say where it can be seen", "evidence")
        return self


class Closing(Written):
    """How a risk came to its end."""

    how: Ending
    by: Slug
    on: date


class Escalation(Written):
    """To which body a risk was taken."""

    to: Slug
    by: Slug
    on: date


class Risk(Written):
    """A risk as it stands.

    `before`: as if nothing were done about it; `after`: once every control works. Which of the two holds is
    `standing`: a promise of a control is no control.
    """

    id: Slug
    title: Text
    what: Text
    register_: Register
    category: Category
    contracts: tuple[Slug, ...] = ()
    before: Rating
    controls: tuple[Control, ...] = Field(min_length=1)
    after: Rating
    owner: Slug
    raised: date
    assessed_by: Slug | None = None
    reviewed: date | None = None
    review_by: date
    source: Text
    state: str = RISK.first
    escalated: Escalation | None = None
    closed: Closing | None = None
    superseded_by: Slug | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.state not in RISK.states:
            raise wrong(f"'{self.state}'", f"write one of {', '.join(RISK.states)}", "state")
        if self.after.score > self.before.score:
            found = f"{self.after.score} after controls, {self.before.score} before"
            raise wrong(found, "controls do not make a risk worse: mend one of the ratings", "after")
        for state, key in (("closed", "closed"), ("escalated", "escalated"), ("superseded", "superseded_by")):
            if (self.state == state) != (getattr(self, key) is not None):
                found = f"'{self.state}' {'with' if getattr(self, key) else 'without'} '{key.replace('_', ' ')}'"
                raise wrong(found, f"say it where the state is {state}, and only there", key.replace("_", " "))
        return self

    @property
    def live(self) -> bool:
        """Whether it can still happen."""
        return self.state in ("open", "escalated")

    @property
    def controlled(self) -> bool:
        """Whether every control is in place."""
        return all(one.in_place for one in self.controls)

    @property
    def standing(self) -> Rating:
        """The rating that holds today: `after` once every control is in place, `before` until then."""
        return self.after if self.controlled else self.before
