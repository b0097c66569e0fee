"""Engagement and the change: what was heard, what became of it, who stands behind the outcomes."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import As, At, By, Format, Out, Programme, Trail, Why, moment_of


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


def add(
    programme: Programme,
    kind: Annotated[Kind, typer.Argument(help="what the file holds")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="one record, as engagement.yaml would have it")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Record an event, or something that was heard."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import add

    add(Acting(programme, trail, by, why, moment_of(at)), kind.value, file, as_ is Format.JSON)


def hold(
    programme: Programme,
    event: Record,
    by: By,
    why: Why,
    took_part: Annotated[
        int | None, typer.Option("--took-part", metavar="N", min=0, help="how many (leave out: nobody counted)")
    ] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """An event that was planned was held."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import heard
    from obc.services.engagement import hold_event

    acting = Acting(programme, trail, by, why, moment_of(at))
    heard(acting, as_ is Format.JSON, lambda register, doing: hold_event(register, event, took_part, doing))


def cancel(
    programme: Programme, event: Record, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """An event that was planned was called off."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import heard
    from obc.services.engagement import cancel_event

    acting = Acting(programme, trail, by, why, moment_of(at))
    heard(acting, as_ is Format.JSON, lambda register, doing: cancel_event(register, event, doing))


def answer(
    programme: Programme,
    finding: Record,
    did: Annotated[Did, typer.Option("--did", help="what became of it")],
    says: Says,
    source: Source,
    by: By,
    why: Why,
    where: Annotated[
        str | None, typer.Option("--where", metavar="WORDS", help="what changed, if no outcome did")
    ] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Answer a finding: you said, we did."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import heard
    from obc.services.engagement import answer_finding

    acting = Acting(programme, trail, by, why, moment_of(at))
    heard(
        acting,
        as_ is Format.JSON,
        lambda register, doing: answer_finding(register, finding, did.value, says, where, source, doing),
    )


def tell(
    programme: Programme,
    finding: Record,
    how: Annotated[str, typer.Option("--how", metavar="WORDS", help="how those who said it were told")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Those who said something were told what became of it."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import heard
    from obc.services.engagement import tell_back

    acting = Acting(programme, trail, by, why, moment_of(at))
    heard(acting, as_ is Format.JSON, lambda register, doing: tell_back(register, finding, how, doing))


def reopen(
    programme: Programme, finding: Record, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """An answer was none: the finding is open again."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import heard
    from obc.services.engagement import reopen_finding

    acting = Acting(programme, trail, by, why, moment_of(at))
    heard(acting, as_ is Format.JSON, lambda register, doing: reopen_finding(register, finding, doing))


def endorse(
    programme: Programme,
    statement: Record,
    group: Annotated[str, typer.Option("--group", metavar="ID", help="the reference group")],
    says: Annotated[Verdict, typer.Option("--says", help="what it says of the outcomes, as they are worded today")],
    source: Source,
    by: By,
    why: Why,
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
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """A reference group states whether it endorses outcomes; its chair records it."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import endorse

    acting = Acting(programme, trail, by, why, moment_of(at))
    endorse(acting, statement, group, says.value, outcome or [], reservations, source, worded_in, as_ is Format.JSON)


def withdraw(
    programme: Programme, statement: Record, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """A reference group takes its statement back."""
    from obc.cli.acting import Acting
    from obc.cli.engaging import heard
    from obc.services.engagement import withdraw_statement

    acting = Acting(programme, trail, by, why, moment_of(at))
    heard(acting, as_ is Format.JSON, lambda register, doing: withdraw_statement(register, statement, doing))
