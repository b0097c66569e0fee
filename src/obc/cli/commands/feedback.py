"""Commands on what patients and carers say."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Format, Programme, Trail, day_or_today
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


@acts()
def hear(
    acting: Acting,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the feedback as YAML, summed up: it points to nobody")],
) -> None:
    """Put feedback on file."""
    from obc.cli import voices

    voices.hear(acting, file, acting.as_json)


@acts()
def answer(
    acting: Acting,
    feedback: FeedbackId,
    how: Annotated[Answer, typer.Argument(metavar="HOW", help="reply, change or reopen")],
    says: Annotated[str | None, typer.Option("--says", metavar="TEXT", help="the reply, or what was changed")] = None,
) -> None:
    """Reply to feedback, or say what was changed because of it."""
    from obc.cli import voices

    who = acting
    voices.answer(who, feedback, how.value, says, acting.as_json)
