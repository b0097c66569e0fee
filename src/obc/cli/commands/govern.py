"""Commands that show how a programme is governed: gates, plan, portfolio, risks, trail."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import As, Format, Out, Programme, Trail, day_or_today

On = Annotated[
    datetime | None,
    typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="as seen on that day (default: today)"),
]


def gates(programme: Programme, on: On = None, trail: Trail = None, out: Out = None, as_: As = Format.TEXT) -> None:
    """Phases, gates, what is due next and the critical path; --out writes page, PDF and workbook."""
    from obc.cli import gates

    gates.overview(programme, trail, day_or_today(on), out, as_ is Format.JSON)


def portfolio(programme: Programme, on: On = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Phase, money and risk of each contract, and whether both sides agree on what is handed over."""
    from obc.cli import gates

    gates.portfolio(programme, trail, day_or_today(on), as_ is Format.JSON)


def plan(
    programme: Programme,
    to: Annotated[str | None, typer.Option("--to", metavar="TASK", help="only what this one waits for")] = None,
    slip: Annotated[
        str | None, typer.Option("--slip", metavar="TASK=DAYS", help="what moves if a task takes so much longer")
    ] = None,
    on: On = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """The plan with its critical path, the room there is, and what moves if a task slips."""
    from obc.cli import plans

    task, days = None, 0
    if slip is not None:
        task, _, length = slip.partition("=")
        if not length.isdecimal():
            raise typer.BadParameter("write --slip TASK=DAYS, for example --slip negotiation=21")
        days = int(length)
    plans.plan(programme, trail, day_or_today(on), to, task, days, as_ is Format.JSON)


def risks(
    programme: Programme,
    risk: Annotated[str | None, typer.Argument(metavar="[RISK]", help="one risk, with its controls")] = None,
    on: On = None,
    trail: Trail = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """The register of risks, what is beyond the appetite, and the heat map; --out writes page, PDF and workbook."""
    from obc.cli import risks

    if risk is None:
        risks.register(programme, trail, day_or_today(on), out, as_ is Format.JSON)
    else:
        risks.one(programme, risk, trail, as_ is Format.JSON)


def impact(programme: Programme, as_: As = Format.TEXT) -> None:
    """What the change does to those who provide today, the hardest hit first."""
    from obc.cli import risks

    risks.impact(programme, as_ is Format.JSON)


def trail(
    programme: Programme,
    record: Annotated[str | None, typer.Option("--record", metavar="ID", help="only one record's actions")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="only gate, risk, task …")] = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Who did what, when and why, before and after, on any register; and whether the chain holds."""
    from obc.cli import trails

    trails.show(programme, Path(trail) if trail else None, record, kind, as_ is Format.JSON)
