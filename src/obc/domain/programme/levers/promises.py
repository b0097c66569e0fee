"""Promises: who does what by when, and why; kept when somebody else has confirmed it."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.states import Machine, Move

PROMISE = Machine(
    "the promise",
    "open",
    {
        "open": {"finish": Move("finished"), "drop": Move("dropped", ("commissioner manager", "contract manager"))},
        "finished": {"confirm": Move("confirmed"), "send back": Move("open")},
    },
)


class Promise(Written):
    """Something that one person has promised to do. `from`: the escalation, feedback, lever or review it comes from."""

    id: Slug
    contract: Slug
    title: Text
    owner: Slug
    due: date
    from_: Slug
    state: Literal["open", "finished", "confirmed", "dropped"] = "open"
    evidence: Text | None = None

    def late(self, on: date) -> bool:
        """Whether it is past its day and not finished."""
        return self.state == "open" and on > self.due


def promise_after(stood: Promise, verb: str, by: Person, evidence: str | None) -> Promise:
    """A promise after `verb`: its owner finishes it with evidence, and somebody else confirms."""
    where = f"promise '{stood.id}'"
    state = PROMISE.after(stood.state, verb, by.roles, where)
    if verb == "finish" and by.id != stood.owner:
        raise refusal(where, verb, f"{by.id}, who does not own it", f"it is for {stood.owner} to finish")
    if verb == "finish" and not evidence:
        raise refusal(where, verb, "no evidence", "say what shows it")
    if verb in ("confirm", "send back") and by.id == stood.owner:
        raise refusal(where, verb, f"{by.id}, who owns it", "somebody else looks at what was done")
    return stood.model_copy(update={"state": state, "evidence": evidence or stood.evidence})


def late_first(promises: Sequence[Promise], on: date) -> tuple[Promise, ...]:
    """Open promises by their day, then the others."""
    return tuple(sorted(promises, key=lambda one: (one.state != "open", one.due, one.id)))
