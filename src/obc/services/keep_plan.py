"""Keep the plan and the handovers: what has begun, what is done, what moves, what both sides say."""

from collections.abc import Callable
from datetime import date

from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates import plan
from obc.domain.programme.gates.handover import stated
from obc.domain.programme.gates.plan import Task
from obc.domain.programme.gates.programme import Handover
from obc.services.governance import Governance
from obc.services.register import Doing


def begin(governed: Governance, task: str, doing: Doing) -> Task:
    """Say that a task has begun. Raises `Problems`."""
    return _change(governed, task, "begin", doing, lambda held: plan.begun(held, doing.by, doing.at.date()))


def finish(governed: Governance, task: str, doing: Doing) -> Task:
    """Say that a task is done. Raises `Problems`."""
    return _change(governed, task, "finish", doing, lambda held: plan.finished(held, doing.by, doing.at.date()))


def replan(
    governed: Governance, task: str, days: int | None, not_before: date | None, due: date | None, doing: Doing
) -> Task:
    """Give a task another length, earliest day or promised day. Raises `Problems`."""
    return _change(governed, task, "replan", doing, lambda held: plan.replanned(held, doing.by, days, not_before, due))


def drop(governed: Governance, task: str, doing: Doing) -> Task:
    """Say that a task holds no more. Raises `Problems`."""
    return _change(governed, task, "supersede", doing, lambda held: plan.dropped(held, doing.by))


def state_handover(
    governed: Governance, handover: str, contract: str, amount: int, groups: tuple[str, ...] | None, doing: Doing
) -> Handover:
    """Keep what one side says of a handover. Raises `Problems`."""
    contracts, on = governed.contracts, doing.at.date()
    return governed.handovers.change(
        handover, "state", doing, lambda held: stated(held, contracts, doing.by, contract, amount, groups, on)
    )


def _change(governed: Governance, task: str, verb: str, doing: Doing, turn: Callable[[Task], Task]) -> Task:
    gate = governed.tasks.named(task).gate
    if gate is not None and verb in ("begin", "finish"):
        found = f"the day on which the gate '{gate}' is decided"
        raise refusal(f"task '{task}'", verb, found, f"decide at the gate: obc gate decide … {gate}")
    return governed.tasks.change(task, verb, doing, turn)
