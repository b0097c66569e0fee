"""Commands on what was promised."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting
from obc.cli.arguments import As, At, By, Format, Programme, Trail, Why, day_or_today, moment_of
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


def make(
    programme: Programme,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="the promise as YAML: id, contract, title, owner, due …")
    ],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Put a promise on file."""
    from obc.cli import voices

    voices.promise(Acting(programme, trail, by, why, moment_of(at)), file, as_ is Format.JSON)


def keep(
    programme: Programme,
    promise: PromiseId,
    how: Annotated[Keeping, typer.Argument(metavar="HOW", help="finish, confirm, send-back or drop")],
    by: By,
    why: Why,
    evidence: Shown = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Finish a promise of one's own, confirm or send back somebody else's, drop one."""
    from obc.cli import voices

    who = Acting(programme, trail, by, why, moment_of(at))
    voices.keep(who, promise, how.value.replace("-", " "), evidence, as_ is Format.JSON)
