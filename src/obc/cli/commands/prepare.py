"""Acts on the change: checklist, messages, questions, benefits."""

from datetime import datetime
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.commands.engage import Record, Says, Settle, Source


@acts()
def item(
    acting: Acting,
    item: Record,
    do: Annotated[Settle, typer.Option("--do", help="what to do with it")],
    shows: Annotated[
        str | None, typer.Option("--shows", metavar="WORDS", help="the evidence that it is in place, or not needed")
    ] = None,
) -> None:
    """Check off an item of the change-management checklist, set it aside, or reopen it."""
    from obc.cli.engaging import ready
    from obc.services.communications import settle_item

    ready(acting, acting.as_json, lambda change, doing: settle_item(change, item, do.value, shows, doing))


@acts()
def send(acting: Acting, message: Record) -> None:
    """A message of the communications plan went out."""
    from obc.cli.engaging import ready
    from obc.services.communications import send_message

    ready(acting, acting.as_json, lambda change, doing: send_message(change, message, doing))


@acts()
def drop(acting: Acting, message: Record) -> None:
    """A message of the communications plan will not go out."""
    from obc.cli.engaging import ready
    from obc.services.communications import drop_message

    ready(acting, acting.as_json, lambda change, doing: drop_message(change, message, doing))


@acts()
def ask(
    acting: Acting,
    question: Record,
    asks: Annotated[str, typer.Option("--asks", metavar="QUESTION", help="never with the name of who asked")],
    source: Source,
    event: Annotated[str | None, typer.Option("--event", metavar="ID", help="the event it came up at")] = None,
) -> None:
    """Put a question that people ask into the register."""
    from obc.cli.engaging import ready
    from obc.services.communications import ask

    ready(acting, acting.as_json, lambda change, doing: ask(change, question, asks, event, source, doing))


@acts()
def reply(acting: Acting, question: Record, says: Says) -> None:
    """Answer a question; somebody else publishes it."""
    from obc.cli.engaging import ready
    from obc.services.communications import reply

    ready(acting, acting.as_json, lambda change, doing: reply(change, question, says, doing))


@acts()
def publish(acting: Acting, question: Record) -> None:
    """Publish an answer that somebody else wrote."""
    from obc.cli.engaging import ready
    from obc.services.communications import publish_answer

    ready(acting, acting.as_json, lambda change, doing: publish_answer(change, question, doing))


@acts()
def take_back(acting: Acting, question: Record) -> None:
    """Take an answer back that was wrong."""
    from obc.cli.engaging import ready
    from obc.services.communications import take_back

    ready(acting, acting.as_json, lambda change, doing: take_back(change, question, doing))


@acts()
def measure(
    acting: Acting,
    benefit: Record,
    value: Annotated[str, typer.Option("--value", metavar="VALUE", help="as 21.5 % or 12")],
    day: Annotated[datetime, typer.Option("--measured", metavar="DAY", formats=["%Y-%m-%d"], help="the day it is for")],
    source: Source,
) -> None:
    """Record how far a benefit has come."""
    from obc.cli.engaging import measure_benefit

    measure_benefit(acting, benefit, value, day.date(), source, acting.as_json)
