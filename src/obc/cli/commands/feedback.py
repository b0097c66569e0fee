"""Commands on what patients and carers say."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting
from obc.cli.arguments import As, At, By, Format, Programme, Trail, Why, day_or_today, moment_of
from obc.cli.commands.govern import On
from obc.cli.commands.lever import ForOne

FeedbackId = Annotated[str, typer.Argument(metavar="FEEDBACK", help="the id of what was said")]


class Answer(StrEnum):
    """What becomes of feedback."""

    REPLY = "reply"
    CHANGE = "change"
    REOPEN = "reopen"


def show(programme: Programme, contract: ForOne, on: On = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """What patients and carers said, by theme: answered in time, changed, and the indicators it bears on."""
    from obc.cli import voices

    voices.feedback(programme, trail, contract, day_or_today(on), as_ is Format.JSON)


def hear(
    programme: Programme,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the feedback as YAML, summed up: it points to nobody")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Put feedback on file."""
    from obc.cli import voices

    voices.hear(Acting(programme, trail, by, why, moment_of(at)), file, as_ is Format.JSON)


def answer(
    programme: Programme,
    feedback: FeedbackId,
    how: Annotated[Answer, typer.Argument(metavar="HOW", help="reply, change or reopen")],
    by: By,
    why: Why,
    says: Annotated[str | None, typer.Option("--says", metavar="TEXT", help="the reply, or what was changed")] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Reply to feedback, or say what was changed because of it."""
    from obc.cli import voices

    who = Acting(programme, trail, by, why, moment_of(at))
    voices.answer(who, feedback, how.value, says, as_ is Format.JSON)
