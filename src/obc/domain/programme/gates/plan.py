"""The plan: tasks with how long they take and what they wait for: `plan.yaml`."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.gates.gate import PREPARING

TASK = Machine(
    name="the task",
    first="to do",
    moves={
        "to do": {"begin": Move("begun"), "finish": Move("done"), "supersede": Move("superseded", PREPARING)},
        "begun": {"finish": Move("done"), "supersede": Move("superseded", PREPARING)},
        "done": {},
        "superseded": {},
    },
)
"""Its owner, or whoever runs the programme, says how it goes."""


class Task(Written):
    """Something to do. `days` are calendar days; none of them: a milestone, at the start of its day.

    `not before`: the first day on which it can begin, whatever it waits for. `due`: the day by which it is promised.
    `gate`: the gate that is decided then.
    """

    id: Slug
    title: Text
    contract: Slug | None = None
    step: Slug
    owner: Slug
    days: int = Field(ge=0)
    after: tuple[Slug, ...] = ()
    not_before: date | None = None
    due: date | None = None
    gate: Slug | None = None
    begun: date | None = None
    done: date | None = None
    superseded: bool = False
    source: Text

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        if self.done is not None and self.begun is None:
            raise wrong("done, and never begun", "write the day on which it began", "begun")
        if self.done is not None and self.begun is not None and self.done < self.begun:
            raise wrong(f"done on {self.done}, begun on {self.begun}", "write a day on or after it began", "done")
        return self

    @property
    def state(self) -> str:
        """How far it has come."""
        if self.superseded:
            return "superseded"
        return "done" if self.done else "begun" if self.begun else "to do"


class Plan(Written):
    """Every task. What one waits for is on the list, and nothing waits for itself, not even in the long run."""

    tasks: tuple[Task, ...]

    @model_validator(mode="after")
    def _can_be_done(self) -> Self:
        known = [one.id for one in self.tasks]
        for place, task in enumerate(self.tasks):
            if task.id in known[:place]:
                raise wrong(f"'{task.id}' twice", "give each task an id of its own", "tasks", place, "id")
            for at, name in enumerate(task.after):
                if name not in known:
                    raise wrong(f"'{name}', which is nowhere", "name a task", "tasks", place, "after", at)
        self.in_order()
        return self

    @property
    def live(self) -> "Plan":
        """Without what holds no more; who waited for it waits for what it waited for."""
        held = {one.id: one for one in self.tasks}

        def instead(names: tuple[str, ...]) -> tuple[str, ...]:
            found = (instead(held[name].after) if held[name].superseded else (name,) for name in names)
            return tuple(dict.fromkeys(one for names in found for one in names))

        tasks = (one for one in self.tasks if not one.superseded)
        return Plan(tasks=tuple(one.model_copy(update={"after": instead(one.after)}) for one in tasks))

    def in_order(self) -> tuple[Task, ...]:
        """Tasks, each after all that it waits for. Raises what validators raise where they wait in a circle."""
        waiting, done = list(self.tasks), dict[str, Task]()
        while waiting:
            ready = [one for one in waiting if set(one.after) <= set(done)]
            if not ready:
                circle = ", ".join(f"'{one.id}'" for one in waiting)
                raise wrong(f"tasks that wait for each other: {circle}", "take one of the waits out", "tasks")
            done |= {one.id: one for one in ready}
            waiting = [one for one in waiting if one.id not in done]
        return tuple(done.values())

    def towards(self, target: str) -> "Plan":
        """Only what a task waits for, near and far, and itself. Raises `Problems` where there is no such task."""
        held = {one.id: one for one in self.tasks}
        if target not in held:
            raise refusal("plan.yaml", "the task", f"'{target}', which is nowhere", f"there is {', '.join(held)}")
        needed, waiting = {target}, [target]
        while waiting:
            new = set(held[waiting.pop()].after) - needed
            needed |= new
            waiting += sorted(new)
        return Plan(tasks=tuple(one for one in self.tasks if one.id in needed))


def begun(task: Task, by: Person, on: date) -> Task:
    """The task begun. Its owner says so, or whoever runs the programme."""
    _may(task, "begin", by)
    return task.model_copy(update={"begun": on})


def finished(task: Task, by: Person, on: date) -> Task:
    """The task done; one that nobody saw begin began on that day."""
    _may(task, "finish", by)
    if task.begun is not None and on < task.begun:
        raise refusal(f"task '{task.id}'", "finish", f"{on}, before it began", f"write {task.begun} or later")
    return task.model_copy(update={"begun": task.begun or on, "done": on})


def replanned(task: Task, by: Person, days: int | None, not_before: date | None, due: date | None) -> Task:
    """The task with another length, earliest day or promised day. What is done is not planned anew."""
    if not TASK.verbs(task.state):
        raise refusal(f"task '{task.id}'", TASK.name, f"'replan' while it is {task.state}", "plan another task")
    _owns(task, "replan", by)
    given = {"days": days, "not_before": not_before, "due": due}
    return Task.model_validate(task.model_dump() | {key: value for key, value in given.items() if value is not None})


def dropped(task: Task, by: Person) -> Task:
    """The task superseded: nobody waits for it any more."""
    TASK.after(task.state, "supersede", by.roles, f"task '{task.id}'")
    return task.model_copy(update={"superseded": True})


def _may(task: Task, verb: str, by: Person) -> None:
    TASK.after(task.state, verb, by.roles, f"task '{task.id}'")
    _owns(task, verb, by)


def _owns(task: Task, verb: str, by: Person) -> None:
    if by.id != task.owner and not set(by.roles) & set(PREPARING):
        expected = f"it is for {task.owner}, or a {' or '.join(PREPARING)}, to do"
        raise refusal(f"task '{task.id}'", verb, f"{by.id}, who does not own it", expected)
