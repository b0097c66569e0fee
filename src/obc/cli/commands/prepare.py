"""Acts on the change: checklist, messages, questions, benefits."""

from datetime import datetime
from typing import Annotated

import typer

from obc.cli.arguments import As, At, By, Format, Programme, Trail, Why, moment_of
from obc.cli.commands.engage import Record, Says, Settle, Source


def item(
    programme: Programme,
    item: Record,
    do: Annotated[Settle, typer.Option("--do", help="what to do with it")],
    by: By,
    why: Why,
    shows: Annotated[
        str | None, typer.Option("--shows", metavar="WORDS", help="the evidence that it is in place, or not needed")
    ] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Check off an item of the change-management checklist, set it aside, or reopen it."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import ready
    from obc.services.communications import settle_item

    acting = Acting(programme, trail, by, why, moment_of(at))
    ready(acting, as_ is Format.JSON, lambda change, doing: settle_item(change, item, do.value, shows, doing))


def send(
    programme: Programme, message: Record, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """A message of the communications plan went out."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import ready
    from obc.services.communications import send_message

    acting = Acting(programme, trail, by, why, moment_of(at))
    ready(acting, as_ is Format.JSON, lambda change, doing: send_message(change, message, doing))


def drop(
    programme: Programme, message: Record, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """A message of the communications plan will not go out."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import ready
    from obc.services.communications import drop_message

    acting = Acting(programme, trail, by, why, moment_of(at))
    ready(acting, as_ is Format.JSON, lambda change, doing: drop_message(change, message, doing))


def ask(
    programme: Programme,
    question: Record,
    asks: Annotated[str, typer.Option("--asks", metavar="QUESTION", help="never with the name of who asked")],
    source: Source,
    by: By,
    why: Why,
    event: Annotated[str | None, typer.Option("--event", metavar="ID", help="the event it came up at")] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Put a question that people ask into the register."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import ready
    from obc.services.communications import ask

    acting = Acting(programme, trail, by, why, moment_of(at))
    ready(acting, as_ is Format.JSON, lambda change, doing: ask(change, question, asks, event, source, doing))


def reply(
    programme: Programme,
    question: Record,
    says: Says,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Answer a question; somebody else publishes it."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import ready
    from obc.services.communications import reply

    acting = Acting(programme, trail, by, why, moment_of(at))
    ready(acting, as_ is Format.JSON, lambda change, doing: reply(change, question, says, doing))


def publish(
    programme: Programme, question: Record, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Publish an answer that somebody else wrote."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import ready
    from obc.services.communications import publish_answer

    acting = Acting(programme, trail, by, why, moment_of(at))
    ready(acting, as_ is Format.JSON, lambda change, doing: publish_answer(change, question, doing))


def take_back(
    programme: Programme, question: Record, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Take an answer back that was wrong."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import ready
    from obc.services.communications import take_back

    acting = Acting(programme, trail, by, why, moment_of(at))
    ready(acting, as_ is Format.JSON, lambda change, doing: take_back(change, question, doing))


def measure(
    programme: Programme,
    benefit: Record,
    value: Annotated[str, typer.Option("--value", metavar="VALUE", help="as 21.5 % or 12")],
    day: Annotated[datetime, typer.Option("--measured", metavar="DAY", formats=["%Y-%m-%d"], help="the day it is for")],
    source: Source,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Record how far a benefit has come."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import measure_benefit

    acting = Acting(programme, trail, by, why, moment_of(at))
    measure_benefit(acting, benefit, value, day.date(), source, as_ is Format.JSON)
