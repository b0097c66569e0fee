"""Engagement and the change: what was heard, what became of it, who stands behind the outcomes."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Format, Out, Programme, Trail, moment_of


class Kind(StrEnum):
    """What can be added from a file."""

    EVENT = "event"
    FINDING = "finding"


class Did(StrEnum):
    """What became of a finding."""

    CHANGED = "changed"
    KEPT = "kept"
    LATER = "later"
    NOT_DONE = "not done"


class Verdict(StrEnum):
    """What a reference group says of outcomes."""

    ENDORSED = "endorsed"
    WITH_RESERVATIONS = "endorsed with reservations"
    NOT_ENDORSED = "not endorsed"


class Settle(StrEnum):
    """What can be done with an item of the checklist."""

    CHECK_OFF = "check off"
    SET_ASIDE = "set aside"
    REOPEN = "reopen"


On = Annotated[
    datetime | None,
    typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="as it stands on a day (default: today)"),
]
Record = Annotated[str, typer.Argument(metavar="ID", help="the id of the record")]
Source = Annotated[str, typer.Option("--source", metavar="WORDS", help="where it says so")]
Says = Annotated[str, typer.Option("--says", metavar="SENTENCE", help="in your own words")]


def engagement(
    programme: Programme, on: On = None, trail: Trail = None, out: Out = None, as_: As = Format.TEXT
) -> None:
    """What was heard, what matters most to whom, what became of it, who endorsed it, and what is missing."""
    from obc.cli import engagement

    engagement.engagement(programme, trail, moment_of(on).date(), out, as_json=as_ is Format.JSON)


def communications(
    programme: Programme, on: On = None, trail: Trail = None, out: Out = None, as_: As = Format.TEXT
) -> None:
    """How ready people are for the change: checklist, messages, questions, benefits, and what is missing."""
    from obc.cli import communications

    communications.communications(programme, trail, moment_of(on).date(), out, as_json=as_ is Format.JSON)


def board_paper(
    programme: Programme,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="where to write")],
    on: On = None,
    trail: Trail = None,
    runs: Annotated[int, typer.Option(min=100, max=1_000_000, help="how often the ranges are drawn")] = 20_000,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same draws")] = 1,
    as_: As = Format.TEXT,
) -> None:
    """The paper that asks a governing body to decide: page, PDF, DOCX; its figures come from the contract."""
    from obc.cli import engagement

    engagement.board_paper(programme, trail, moment_of(on).date(), out, runs, seed, as_json=as_ is Format.JSON)


@acts()
def add(
    acting: Acting,
    kind: Annotated[Kind, typer.Argument(help="what the file holds")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="one record, as engagement.yaml would have it")],
) -> None:
    """Record an event, or something that was heard."""
    from obc.cli.engaging import add

    add(acting, kind.value, file, acting.as_json)


@acts()
def hold(
    acting: Acting,
    event: Record,
    took_part: Annotated[
        int | None, typer.Option("--took-part", metavar="N", min=0, help="how many (leave out: nobody counted)")
    ] = None,
) -> None:
    """An event that was planned was held."""
    from obc.cli.engaging import heard
    from obc.services.engagement import hold_event

    heard(acting, acting.as_json, lambda register, doing: hold_event(register, event, took_part, doing))


@acts()
def cancel(acting: Acting, event: Record) -> None:
    """An event that was planned was called off."""
    from obc.cli.engaging import heard
    from obc.services.engagement import cancel_event

    heard(acting, acting.as_json, lambda register, doing: cancel_event(register, event, doing))


@acts()
def answer(
    acting: Acting,
    finding: Record,
    did: Annotated[Did, typer.Option("--did", help="what became of it")],
    says: Says,
    source: Source,
    where: Annotated[
        str | None, typer.Option("--where", metavar="WORDS", help="what changed, if no outcome did")
    ] = None,
) -> None:
    """Answer a finding: you said, we did."""
    from obc.cli.engaging import heard
    from obc.services.engagement import answer_finding

    heard(
        acting,
        acting.as_json,
        lambda register, doing: answer_finding(register, finding, did.value, says, where, source, doing),
    )


@acts()
def tell(
    acting: Acting,
    finding: Record,
    how: Annotated[str, typer.Option("--how", metavar="WORDS", help="how those who said it were told")],
) -> None:
    """Those who said something were told what became of it."""
    from obc.cli.engaging import heard
    from obc.services.engagement import tell_back

    heard(acting, acting.as_json, lambda register, doing: tell_back(register, finding, how, doing))


@acts()
def reopen(acting: Acting, finding: Record) -> None:
    """An answer was none: the finding is open again."""
    from obc.cli.engaging import heard
    from obc.services.engagement import reopen_finding

    heard(acting, acting.as_json, lambda register, doing: reopen_finding(register, finding, doing))


@acts()
def endorse(
    acting: Acting,
    statement: Record,
    group: Annotated[str, typer.Option("--group", metavar="ID", help="the reference group")],
    says: Annotated[Verdict, typer.Option("--says", help="what it says of the outcomes, as they are worded today")],
    source: Source,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", metavar="ID", help="one outcome; may be repeated (default: all)")
    ] = None,
    reservations: Annotated[
        str | None, typer.Option("--reservations", metavar="WORDS", help="in the group's words; also why not")
    ] = None,
    worded_in: Annotated[
        str | None,
        typer.Option("--worded-in", metavar="CONTRACT", help="the words of a change (default: the contract's own)"),
    ] = None,
) -> None:
    """A reference group states whether it endorses outcomes; its chair records it."""
    from obc.cli.engaging import endorse

    endorse(acting, statement, group, says.value, outcome or [], reservations, source, worded_in, acting.as_json)


@acts()
def withdraw(acting: Acting, statement: Record) -> None:
    """A reference group takes its statement back."""
    from obc.cli.engaging import heard
    from obc.services.engagement import withdraw_statement

    heard(acting, acting.as_json, lambda register, doing: withdraw_statement(register, statement, doing))
