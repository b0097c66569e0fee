"""Tasks: what was promised, by whom, by when, out of what; done when somebody else has confirmed it."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.states import Machine, Move

TASK = Machine(
    "the task",
    "open",
    {
        "open": {"finish": Move("finished"), "drop": Move("dropped", ("commissioner manager", "contract manager"))},
        "finished": {"confirm": Move("confirmed"), "send back": Move("open")},
    },
)


class Task(Written):
    """Something that one person has promised. `from`: the escalation, feedback, lever or review it comes from."""

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


def task_after(stood: Task, verb: str, by: Person, evidence: str | None) -> Task:
    """A task after `verb`: its owner finishes it with evidence, and somebody else confirms."""
    where = f"task '{stood.id}'"
    state = TASK.after(stood.state, verb, by.roles, where)
    if verb == "finish" and by.id != stood.owner:
        raise refusal(where, verb, f"{by.id}, who does not own it", f"it is for {stood.owner} to finish")
    if verb == "finish" and not evidence:
        raise refusal(where, verb, "no evidence", "say what shows it")
    if verb in ("confirm", "send back") and by.id == stood.owner:
        raise refusal(where, verb, f"{by.id}, who owns it", "somebody else looks at what was done")
    return stood.model_copy(update={"state": state, "evidence": evidence or stood.evidence})


def late_first(tasks: Sequence[Task], on: date) -> tuple[Task, ...]:
    """Open tasks by their day, then the others."""
    return tuple(sorted(tasks, key=lambda one: (one.state != "open", one.due, one.id)))
