"""Commands that keep the plan and the handovers."""

from datetime import datetime
from typing import Annotated

import typer

from obc.cli.acting import Acting
from obc.cli.arguments import As, At, By, Format, Programme, Trail, Why, day_of, moment_of

TaskId = Annotated[str, typer.Argument(metavar="TASK", help="the id of a task")]


def begin(
    programme: Programme, task: TaskId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Say that a task has begun."""
    from obc.cli import plans

    plans.act(Acting(programme, trail, by, why, moment_of(at)), task, "begin", as_ is Format.JSON)


def finish(
    programme: Programme, task: TaskId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Say that a task is done."""
    from obc.cli import plans

    plans.act(Acting(programme, trail, by, why, moment_of(at)), task, "finish", as_ is Format.JSON)


def drop(
    programme: Programme, task: TaskId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Say that a task holds no more. What waited for it waits for what it waited for."""
    from obc.cli import plans

    plans.act(Acting(programme, trail, by, why, moment_of(at)), task, "drop", as_ is Format.JSON)


def replan(
    programme: Programme,
    task: TaskId,
    by: By,
    why: Why,
    days: Annotated[int | None, typer.Option("--days", metavar="N", min=0, help="calendar days it takes")] = None,
    not_before: Annotated[
        datetime | None, typer.Option("--not-before", metavar="DAY", formats=["%Y-%m-%d"], help="its earliest day")
    ] = None,
    due: Annotated[
        datetime | None, typer.Option("--due", metavar="DAY", formats=["%Y-%m-%d"], help="the day that is promised")
    ] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Give a task another length, earliest day or promised day; shows what moves."""
    from obc.cli import plans

    if days is None and not_before is None and due is None:
        raise typer.BadParameter("give --days, --not-before or --due")
    plans.replan(
        Acting(programme, trail, by, why, moment_of(at)),
        task,
        days,
        day_of(not_before),
        day_of(due),
        as_ is Format.JSON,
    )


def state(
    programme: Programme,
    handover: Annotated[str, typer.Argument(metavar="HANDOVER", help="the id of a handover")],
    contract: Annotated[str, typer.Option("--side", metavar="CONTRACT", help="for which contract you speak")],
    amount: Annotated[str, typer.Option("--amount", metavar="POUNDS", help="a year, as 9_866k or 0.4m")],
    by: By,
    why: Why,
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="NAME", help="who is handed over (default: as before)")
    ] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Say what your side hands over or takes: people and money. Both sides must say the same."""
    from obc.cli import plans

    plans.handover(
        Acting(programme, trail, by, why, moment_of(at)), handover, contract, amount, group or [], as_ is Format.JSON
    )
