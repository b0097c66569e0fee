"""Commands that keep the plan and the handovers."""

from datetime import datetime
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import day_of

TaskId = Annotated[str, typer.Argument(metavar="TASK", help="the id of a task")]


@acts()
def begin(acting: Acting, task: TaskId) -> None:
    """Say that a task has begun."""
    from obc.cli import plans

    plans.act(acting, task, "begin", acting.as_json)


@acts()
def finish(acting: Acting, task: TaskId) -> None:
    """Say that a task is done."""
    from obc.cli import plans

    plans.act(acting, task, "finish", acting.as_json)


@acts()
def drop(acting: Acting, task: TaskId) -> None:
    """Say that a task holds no more. What waited for it waits for what it waited for."""
    from obc.cli import plans

    plans.act(acting, task, "drop", acting.as_json)


@acts()
def replan(
    acting: Acting,
    task: TaskId,
    days: Annotated[int | None, typer.Option("--days", metavar="N", min=0, help="calendar days it takes")] = None,
    not_before: Annotated[
        datetime | None, typer.Option("--not-before", metavar="DAY", formats=["%Y-%m-%d"], help="its earliest day")
    ] = None,
    due: Annotated[
        datetime | None, typer.Option("--due", metavar="DAY", formats=["%Y-%m-%d"], help="the day that is promised")
    ] = None,
) -> None:
    """Give a task another length, earliest day or promised day; shows what moves."""
    from obc.cli import plans

    if days is None and not_before is None and due is None:
        raise typer.BadParameter("give --days, --not-before or --due")
    plans.replan(
        acting,
        task,
        days,
        day_of(not_before),
        day_of(due),
        acting.as_json,
    )


@acts()
def state(
    acting: Acting,
    handover: Annotated[str, typer.Argument(metavar="HANDOVER", help="the id of a handover")],
    contract: Annotated[str, typer.Option("--side", metavar="CONTRACT", help="for which contract you speak")],
    amount: Annotated[str, typer.Option("--amount", metavar="POUNDS", help="a year, as 9_866k or 0.4m")],
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="NAME", help="who is handed over (default: as before)")
    ] = None,
) -> None:
    """Say what your side hands over or takes: people and money. Both sides must say the same."""
    from obc.cli import plans

    plans.handover(acting, handover, contract, amount, group or [], acting.as_json)
