"""The standstill: how long an award waits after its notice, and what representations do to it."""

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.procurement.law import Standstill
from obc.domain.programme.procurement.procedure import REVIEW, REVIEWED, Procedure


class Waiting(BaseModel):
    """The days of a standstill. `ends` None: representations came, and no further decision has been made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notice: date
    begins: date
    representations_until: date
    ends: date | None
    award_from: date | None
    regulation: str
    says: str


def waiting(rule: Standstill, holidays: Holidays, course: Procedure) -> Waiting | None:
    """The standstill of an assessment; None before its notice.

    It begins on the day after the notice. Representations may be made until midnight at the end of the last of so many
    working days after that day (SI 2023/1348, regulation 12(2) and (3)). Where some came, the award waits for a further
    decision and for the working days after it.
    """
    if course.notice is None:
        return None
    begins = course.notice + timedelta(days=1)
    until = holidays.after(begins, rule.working_days)
    ends: date | None = until
    says = f"no representations: it ends at midnight on {until:%-d %B %Y}"
    if course.state == REVIEW:
        ends, says = None, "representations came: it stays open until a further decision is made and told"
    elif course.state == REVIEWED and course.decisions:
        ends = holidays.after(course.decisions[-1].on, rule.after_review)
        says = f"{rule.after_review} working days after the further decision: it ends at midnight on {ends:%-d %B %Y}"
    return Waiting(
        notice=course.notice,
        begins=begins,
        representations_until=until,
        ends=ends,
        award_from=ends + timedelta(days=1) if ends else None,
        regulation=rule.regulation,
        says=says,
    )


def in_time(wait: Waiting, on: date) -> None:
    """Refuse a representation that comes too late. Raises `Problems`."""
    if on > wait.representations_until:
        found = f"one that came on {on:%-d %B %Y}, after midnight on {wait.representations_until:%-d %B %Y}"
        raise refusal("standstill", "representation", found, "it does not keep the standstill open: answer it apart")


def over(wait: Waiting | None, on: date, state: str) -> None:
    """Refuse an award before the standstill has ended; None: the law lays none down. Raises `Problems`."""
    if wait is None:
        return
    if wait.award_from is None:
        raise refusal("standstill", "award", f"representations under review ({state})", "decide on them first")
    if on < wait.award_from:
        found = f"an award on {on:%-d %B %Y}, before the standstill has ended ({wait.regulation})"
        raise refusal("standstill", "award", found, f"award on {wait.award_from:%-d %B %Y} or later")
