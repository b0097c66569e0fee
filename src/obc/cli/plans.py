"""The plan and the handovers: what the commands print."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from obc.bootstrap import governing
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.core.kernel.problem import refusal
from obc.domain.money.finance.amount import Amount
from obc.domain.programme.gates.schedule import Moved, Scheduled, schedule, slipped
from obc.reports.wording import day, plural
from obc.services import keep_plan
from obc.services.portfolio import agreed


def plan(
    programme: str, trail: Path | None, on: date, to: str | None, slip: str | None, days: int, as_json: bool
) -> None:
    """Print the plan, or what moves if a task slips."""
    governed = governing.governance(programme, trail)
    held = governed.plan.towards(to) if to else governed.plan
    if slip is not None:
        moved = slipped(held, slip, days, on)
        if as_json:
            output.as_json({"task": slip, "days": days, "moved": [_moved_json(one) for one in moved]})
        else:
            _show_moved(slip, days, moved)
        return
    scheduled = schedule(held, on)
    if as_json:
        output.as_json({"programme": governed.programme.id, "on": on, "tasks": [task_json(one) for one in scheduled]})
        return
    rows = [
        (
            "*" if one.critical else "",
            one.task.id,
            one.begin,
            one.last_day,
            one.task.due or "",
            "" if one.task.done else one.slack,
            "" if one.room is None else one.room,
            f"{plural(one.late, 'day')} late" if one.late and not one.task.done else one.task.state,
            _drawn(one, scheduled),
        )
        for one in scheduled
    ]
    output.table(("", "Task", "Begins", "Last day", "Promised", "Slack", "Room", "State", ""), rows, "lllllrrll")
    print("\n* on a critical path. Drawn: █ on it, ░ with slack, ◆ a milestone.")
    print("Slack: days until the last gate of the contract moves.")
    print("Room: days until a promise breaks, its own or that of a task which waits for it.")


def act(who: Acting, task: str, verb: str, as_json: bool) -> None:
    """Begin, finish or drop a task, and print it."""
    governed, doing = who.opened()
    turn = {"begin": keep_plan.begin, "finish": keep_plan.finish, "drop": keep_plan.drop}[verb]
    held = turn(governed, task, doing)
    if as_json:
        output.as_json({"task": held.model_dump(mode="json", by_alias=False)})
    else:
        print(f"{held.title}: {held.state}.")


def replan(who: Acting, task: str, days: int | None, not_before: date | None, due: date | None, as_json: bool) -> None:
    """Plan a task anew, and print what moves."""
    governed, doing = who.opened()
    on = doing.at.date()
    before = {one.task.id: one for one in schedule(governed.plan, on)}
    held = keep_plan.replan(governed, task, days, not_before, due, doing)
    moved = tuple(
        Moved(task=one.task, before=before[one.task.id].last_day, after=one.last_day, late=one.late)
        for one in schedule(governed.plan, on)
        if one.last_day != before[one.task.id].last_day
    )
    if as_json:
        output.as_json(
            {"task": held.model_dump(mode="json", by_alias=False), "moved": [_moved_json(one) for one in moved]}
        )
        return
    print(f"{held.title}: {plural(held.days, 'day')}, promised for {day(held.due) if held.due else 'no day'}.")
    _show_rows(moved)


def handover(who: Acting, name: str, contract: str, amount: str, groups: list[str], as_json: bool) -> None:
    """Say what one side hands over or takes, and print whether both agree."""
    governed, doing = who.opened()
    try:
        minor = TypeAdapter[int](Amount).validate_python(amount)
    except ValidationError as error:
        raise refusal("--amount", "the amount", f"'{amount}'", "write pounds, as 9_866k or 0.4m") from error
    held = agreed(governed, keep_plan.state_handover(governed, name, contract, minor, tuple(groups) or None, doing))
    if as_json:
        output.as_json({"handover": name, "agreed": held.agreed, "apart": list(held.apart)})
    else:
        print(f"{held.handover.what}: " + ("both sides agree." if held.agreed else "; ".join(held.apart) + "."))


def task_json(one: Scheduled) -> dict[str, Any]:
    """A task of the plan for machines."""
    return {
        "task": one.task.id,
        "title": one.task.title,
        "contract": one.task.contract,
        "step": one.task.step,
        "owner": one.task.owner,
        "after": list(one.task.after),
        "begins": one.begin,
        "last_day": one.last_day,
        "due": one.task.due,
        "late_days": one.late,
        "slack_days": one.slack,
        "room_days": one.room,
        "critical": one.critical,
        "state": one.task.state,
    }


_WIDE = 40


def _drawn(one: Scheduled, every: tuple[Scheduled, ...]) -> str:
    """A line of the timeline: from the first to the last day of the plan in so many letters."""
    first, last = min(held.begin for held in every), max(held.end for held in every)
    step = Fraction((last - first).days or 1, _WIDE)
    begin = min(int((one.begin - first).days / step), _WIDE - 1)
    if one.end == one.begin:
        return " " * begin + "◆"
    return " " * begin + ("█" if one.critical else "░") * max(int((one.end - one.begin).days / step), 1)


def _show_moved(slip: str, days: int, moved: tuple[Moved, ...]) -> None:
    others = [one for one in moved if one.task.id != slip]
    print(f"If '{slip}' takes {plural(days, 'day')} longer, {plural(len(others), 'other task')} move.\n")
    _show_rows(moved)


def _show_rows(moved: tuple[Moved, ...]) -> None:
    rows = [
        (one.task.id, one.before, one.after, f"{one.days:+d}", f"{plural(one.late, 'day')} late" if one.late else "")
        for one in moved
    ]
    output.table(("Task", "Last day was", "Last day is", "Days", "Against its promise"), rows, "lllrl")


def _moved_json(one: Moved) -> dict[str, Any]:
    return {"task": one.task.id, "before": one.before, "after": one.after, "days": one.days, "late_days": one.late}
