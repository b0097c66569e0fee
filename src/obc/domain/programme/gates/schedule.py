"""The critical path: when each task runs, how far it can slip, and what moves if it does.

The critical path method (Kelley and Walker, 1959): forwards for the earliest days, backwards for the latest. A task
takes calendar days and begins on the day after the last of those it waits for; so does a milestone, which takes none.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.plan import Plan, Task


class Scheduled(BaseModel):
    """When a task runs. `end` is the day after its last, so that a milestone ends when it begins.

    `slack`: days that its end may slip before the last gate of its contract moves; after that gate, and where there is
    none, before the last day of the plan moves. `room`: days before it makes a promised day be missed, its own
    or that of a task which waits for it, whatever else does; below 0: it does already; None: nothing is promised.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: Task
    begin: date
    end: date
    slack: int
    room: int | None

    @property
    def last_day(self) -> date:
        """The last day of work; of a milestone, its day."""
        return self.end - timedelta(days=1) if self.end > self.begin else self.begin

    @property
    def critical(self) -> bool:
        """Whether the whole moves with it."""
        return self.slack == 0 and self.task.state not in ("done", "superseded")

    @property
    def late(self) -> int:
        """By how many days it misses the day that was promised; 0: it does not, or none was."""
        return max((self.last_day - self.task.due).days, 0) if self.task.due else 0


class Moved(BaseModel):
    """A task whose days move, and the promise that it then misses, if any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: Task
    before: date
    after: date
    late: int

    @property
    def days(self) -> int:
        """By how many days its end moves."""
        return (self.after - self.before).days


def with_decisions(plan: Plan, gates: Sequence[Gate]) -> Plan:
    """The plan with its gates' decisions: a milestone is reached on the day on which its gate was passed."""
    passed = {one.id: one.decision.on for one in gates if one.passed and one.decision}
    tasks = (
        one.model_copy(update={"begun": passed[one.gate], "done": passed[one.gate]}) if one.gate in passed else one
        for one in plan.tasks
    )
    return Plan(tasks=tuple(tasks))


def schedule(plan: Plan, today: date | None = None) -> tuple[Scheduled, ...]:
    """Every task with its days, in the order of the plan. The plan's last day is that of the task which ends last.

    `today`: nothing that is still to do begins before it, and what has begun does not end before it.
    """
    tasks = plan.live.in_order()
    begins, ends = _forwards(tasks, today)
    last = max(ends.values(), default=date.min)
    goals = _last_gates(tasks, ends)
    latest = _backwards(tasks, begins, ends, {one.id: ends[one.id] if one.id in goals else date.max for one in tasks})
    aside = _backwards(tasks, begins, ends, {one.id: last for one in tasks})
    promised = {one.id: one.due + timedelta(days=bool(one.days)) for one in tasks if one.due and not one.done}
    bearable = _backwards(tasks, begins, ends, {one.id: promised.get(one.id, date.max) for one in tasks})
    found = {}
    for one in tasks:
        end, until = ends[one.id], bearable[one.id]
        room = (until - end).days if until < date.max and not one.done else None
        gated = latest[one.id] < date.max
        slack = ((latest if gated else aside)[one.id] - end).days
        found[one.id] = Scheduled(task=one, begin=begins[one.id], end=end, slack=slack, room=room)
    return tuple(found[one.id] for one in plan.tasks if one.id in found)


def critical_path(scheduled: tuple[Scheduled, ...]) -> tuple[Scheduled, ...]:
    """The tasks that hold up the last day of the plan, in time."""
    return tuple(sorted((one for one in scheduled if one.critical), key=lambda one: (one.begin, one.end)))


def late_first(scheduled: Sequence[Scheduled]) -> tuple[Scheduled, ...]:
    """Tasks as a meeting goes through them: late ones first, then those to do by their last day, what is done last."""
    return tuple(sorted(scheduled, key=lambda one: (one.task.done is not None, -one.late, one.last_day, one.task.id)))


def slipped(plan: Plan, task: str, days: int, today: date | None = None) -> tuple[Moved, ...]:
    """What moves if a task takes `days` longer, the task itself first, the others in time. Raises `Problems`.

    A milestone takes no days: it is reached so many later.
    """
    held = next((one for one in plan.live.tasks if one.id == task), None)
    if held is None:
        known = ", ".join(one.id for one in plan.live.tasks)
        raise refusal("plan.yaml", "the task", f"'{task}', which is nowhere", f"there is {known}")
    if held.done is not None:
        raise refusal("plan.yaml", f"the task '{task}'", f"done on {held.done}", "what is done slips no more")
    before = {one.task.id: one for one in schedule(plan, today)}
    later = {"days": held.days + days} if held.days else {"not_before": before[task].begin + timedelta(days=days)}
    longer = held.model_copy(update=later)
    other = Plan(tasks=tuple(longer if one.id == task else one for one in plan.live.tasks))
    moved = [
        Moved(task=one.task, before=before[one.task.id].last_day, after=one.last_day, late=one.late)
        for one in schedule(other, today)
        if one.end != before[one.task.id].end
    ]
    return tuple(sorted(moved, key=lambda one: (one.task.id != task, one.after, one.task.id)))


def _forwards(tasks: tuple[Task, ...], today: date | None) -> tuple[dict[str, date], dict[str, date]]:
    begins, ends = dict[str, date](), dict[str, date]()
    undated = [one.id for one in tasks if not (one.after or one.not_before or one.begun)]
    if undated:
        raise refusal(
            "plan.yaml", f"the task '{undated[0]}'", "no day to begin on", "say 'not before', or what it waits for"
        )
    for task in tasks:
        known = [ends[name] for name in task.after] + ([task.not_before] if task.not_before else [])
        if task.begun is None and today is not None:
            known.append(today)
        begin = task.begun or max(known)
        begins[task.id] = begin
        if task.done is not None:
            ends[task.id] = task.done + timedelta(days=1) if task.days else task.done
            continue
        ends[task.id] = begin + timedelta(days=task.days)
        if task.begun is not None and today is not None:
            ends[task.id] = max(ends[task.id], today)
    return begins, ends


def _last_gates(tasks: tuple[Task, ...], ends: dict[str, date]) -> set[str]:
    """The task at which the last gate of each contract is decided: what its plan leads to."""
    last: dict[str | None, str] = {}
    for task in tasks:
        before = last.get(task.contract)
        if task.gate is not None and (before is None or ends[before] <= ends[task.id]):
            last[task.contract] = task.id
    return set(last.values())


def _backwards(
    tasks: tuple[Task, ...], begins: dict[str, date], ends: dict[str, date], own: dict[str, date]
) -> dict[str, date]:
    """The latest end of each task that keeps its own limit and those of all that wait for it."""
    latest = dict(own)
    for task in reversed(tasks):
        if task.begun is not None or latest[task.id] == date.max:
            continue  # what has begun is held up no more; what has no limit sets none
        begin = latest[task.id] - (ends[task.id] - begins[task.id])
        for name in task.after:
            latest[name] = min(latest[name], begin)
    return latest
