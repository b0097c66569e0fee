"""The clock of a dispute: which step of the contract's dispute rule runs, until when, and whose word is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.schedules import DisputeStep
from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.contract.workflow.dispute import LineDispute
from obc.domain.contract.workflow.parties import is_commissioner


@dataclass(frozen=True)
class Stage:
    """A step that has begun: from which day, and the last day on which it can end in an agreement."""

    step: DisputeStep
    began: date
    due: date


@dataclass(frozen=True)
class Clock:
    """How far a dispute has come: the steps that have begun, the last one running.

    `days_left`: working days, negative once the last step has run out. `following`: the step that begins by itself
    when this one runs out; None at the last, after which the figure stays in dispute and its money held.
    """

    stages: tuple[Stage, ...]
    days_left: int
    following: DisputeStep | None

    @property
    def running(self) -> Stage:
        """The step of today."""
        return self.stages[-1]

    @property
    def run_out(self) -> bool:
        """Whether even the last step is over its time. Nothing is decided by silence."""
        return self.days_left < 0


def clock(steps: Sequence[DisputeStep], holidays: Holidays, dispute: LineDispute, day: date) -> Clock | None:
    """The clock of a dispute on a day: each step runs its working days, then the next begins, or earlier when asked.

    None where the contract sets no steps. Raises `Problems` where the bank holidays of a year are not known.
    """
    stages: list[Stage] = []
    began, asked = dispute.raised, list(dispute.escalated)
    for step in steps:
        due = holidays.after(began, step.within)
        stages.append(Stage(step, began, due))
        if asked and asked[0] <= min(due, day):
            began = asked.pop(0)
        elif day > due:
            began = due
        else:
            break
    if not stages:
        return None
    left = len(stages) < len(steps)
    return Clock(tuple(stages), holidays.between(day, stages[-1].due), steps[len(stages)] if left else None)


def awaits(agreement: Agreement, dispute: LineDispute, organisation: str) -> bool:
    """Whether it waits for the word of an organisation's side: the one that did not speak last."""
    last = dispute.answers[-1].organisation if dispute.answers else dispute.raised_by
    return is_commissioner(agreement, last) != is_commissioner(agreement, organisation)


def awaited(agreement: Agreement, dispute: LineDispute) -> str:
    """Whose word is next."""
    return "the commissioners" if awaits(agreement, dispute, agreement.commissioners[0].id) else "the providers"
