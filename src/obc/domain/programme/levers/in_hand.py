"""Levers in hand: pulled by somebody for a reason, on evidence, until a day; let go again or renewed."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.levers.catalogue import STAGES, Lever
from obc.domain.programme.levers.escalation import HEAD, MANAGERS, Escalation

SUPPORTING = (*MANAGERS, *HEAD, "programme director", "risk owner")
"""Who may pull a lever that supports."""
PRESSING = (*MANAGERS, *HEAD)
"""Who may pull a lever that punishes, if somebody else opened the escalation."""

IN_HAND = Machine(
    "the lever in hand",
    "proposed",
    {
        "proposed": {"pull": Move("in hand", SUPPORTING), "drop": Move("dropped", SUPPORTING)},
        "in hand": {"renew": Move("in hand", SUPPORTING), "let go": Move("dropped", SUPPORTING)},
    },
)


class InHand(Written):
    """A lever that somebody has in hand: what is done with it, for whom it answers, and until when it is held.

    `risk`, `escalation`: what it is the answer to. `lapses`: its last day; after it, it holds no more unless renewed.
    """

    id: Slug
    lever: Slug
    what: Text
    owner: Slug
    contract: Slug | None = None
    risk: Slug | None = None
    escalation: Slug | None = None
    evidence: Text | None = None
    since: date | None = None
    lapses: date | None = None
    state: Literal["in hand", "proposed", "dropped"]
    source: Text

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        if self.lapses is not None and self.since is not None and self.lapses <= self.since:
            raise wrong(f"{self.lapses}, where it is held since {self.since}", "give it a later day", "lapses")
        return self

    def lapsed(self, on: date) -> bool:
        """Whether its last day is over."""
        return self.state == "in hand" and self.lapses is not None and on > self.lapses

    def standing(self, on: date) -> str:
        """How it stands on a day, in a word or two."""
        return "lapsed" if self.lapsed(on) else self.state


class Pull(Written):
    """What somebody wants to do with a lever: the file or form that it is pulled from."""

    id: Slug
    lever: Slug
    contract: Slug
    what: Text
    owner: Slug
    evidence: Text
    lapses: date
    risk: Slug | None = None
    escalation: Slug | None = None


class Permitted(BaseModel):
    """Whether a lever may be pulled now, why, and what it takes where not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lever: str
    now: bool
    because: str
    takes: str | None = None


def permitted(lever: Lever, escalation: Escalation | None) -> Permitted:
    """What the ladder says of a lever, given the open escalation that it would answer (None: there is none)."""
    if lever.from_stage == "none":
        return Permitted(lever=lever.id, now=True, because="it supports: it may be pulled at any time")
    stage = escalation.state if escalation and escalation.open else "none"
    stands = f"the escalation '{escalation.id}' is at {stage}" if escalation else "no escalation is open"
    reached = stage != "closed" and STAGES.index(stage) >= STAGES.index(lever.from_stage)
    if not reached:
        first = f"an escalation must have reached {lever.from_stage} first"
        return Permitted(lever=lever.id, now=False, because=stands, takes=first)
    if lever.move:
        takes = f"it is a step of the ladder: '{lever.move}' on the escalation"
        return Permitted(lever=lever.id, now=True, because=stands, takes=takes)
    return Permitted(lever=lever.id, now=True, because=stands)


def furthest(escalations: tuple[Escalation, ...], contract: str) -> Escalation | None:
    """The open escalation of a contract that has gone furthest."""
    own = [one for one in escalations if one.contract == contract and one.open]
    return max(own, key=lambda one: STAGES.index(one.state) if one.state != "closed" else 0, default=None)


def pulled(pull: Pull, lever: Lever, escalation: Escalation | None, by: Person, on: date) -> InHand:
    """The lever in hand. Raises `Problems`: too early, not for this person, or a day that is over."""
    where = f"lever '{lever.id}'"
    if lever.move:
        found = "a step of the ladder"
        raise refusal(where, "pull", found, f"take the escalation on instead: '{lever.move}'")
    stands = permitted(lever, escalation)
    if not stands.now:
        raise refusal(where, "pull", stands.because, stands.takes or "wait")
    roles = SUPPORTING if lever.manner == "supportive" else PRESSING
    if not set(by.roles) & set(roles):
        found = f"{by.id}, who is {', '.join(by.roles) or 'nothing here'}"
        raise refusal(where, "pull", found, f"it is for {' or '.join(roles)} to do")
    if lever.manner == "punitive" and escalation and by.id == escalation.opened_by:
        raise refusal(where, "pull", f"{by.id}, who opened the escalation", "a second person decides on a sanction")
    if pull.lapses <= on:
        raise refusal(where, "lapses", f"{pull.lapses}", "give it a day that is to come")
    given = pull.model_dump(by_alias=False)
    return InHand.model_validate({**given, "since": on, "state": "in hand", "source": f"pulled by {by.id}"})


def renewed(stood: InHand, lapses: date, by: Person, on: date) -> InHand:
    """The lever held on until a later day. Raises `Problems`."""
    state = IN_HAND.after(stood.state, "renew", by.roles, f"lever in hand '{stood.id}'")
    if lapses <= on or (stood.lapses and lapses <= stood.lapses):
        raise refusal(f"lever in hand '{stood.id}'", "renew", f"{lapses}", "give it a later day than it has")
    return stood.model_copy(update={"state": state, "lapses": lapses})


def let_go(stood: InHand, verb: str, by: Person) -> InHand:
    """The lever dropped: proposed and not pulled, or held and let go. Raises `Problems`."""
    return stood.model_copy(update={"state": IN_HAND.after(stood.state, verb, by.roles, f"lever in hand '{stood.id}'")})
