"""Commands on what was promised."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Format, Programme, Trail, day_or_today
from obc.cli.commands.govern import On
from obc.cli.commands.lever import Shown

PromiseId = Annotated[str, typer.Argument(metavar="PROMISE", help="the id of a promise")]


class Keeping(StrEnum):
    """What becomes of a promise."""

    FINISH = "finish"
    CONFIRM = "confirm"
    SEND_BACK = "send-back"
    DROP = "drop"


def show(programme: Programme, on: On = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Who promised what by when; the late ones first."""
    from obc.cli import voices

    voices.promises(programme, trail, day_or_today(on), as_ is Format.JSON)


@acts()
def make(
    acting: Acting,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="the promise as YAML: id, contract, title, owner, due …")
    ],
) -> None:
    """Put a promise on file."""
    from obc.cli import voices

    voices.promise(acting, file, acting.as_json)


@acts()
def keep(
    acting: Acting,
    promise: PromiseId,
    how: Annotated[Keeping, typer.Argument(metavar="HOW", help="finish, confirm, send-back or drop")],
    evidence: Shown = None,
) -> None:
    """Finish a promise of one's own, confirm or send back somebody else's, drop one."""
    from obc.cli import voices

    who = acting
    voices.keep(who, promise, how.value.replace("-", " "), evidence, acting.as_json)
