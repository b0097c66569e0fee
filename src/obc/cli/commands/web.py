"""Commands of the web application and of its audit trail."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli import output
from obc.cli.arguments import As, Format


class Scope(StrEnum):
    """What a token lets a program do."""

    READ = "read"
    SUBMIT = "submit"


Home = Annotated[
    Path | None, typer.Option("--home", metavar="DIR", help="where its data are (default: obc-data, or OBC_HOME)")
]


def serve(
    demo: Annotated[bool, typer.Option("--demo", help="with the worked contract and made-up users")] = False,
    production: Annotated[bool, typer.Option("--production", help="refuse to start with unsafe settings")] = False,
    contract: Annotated[
        list[str] | None,
        typer.Option("--contract", metavar="CONTRACT", help="take this contract in, or its new version"),
    ] = None,
    records: Annotated[
        list[str] | None,
        typer.Option("--records", metavar="CONTRACT=DIR", help="offer to measure this folder of records"),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="where it listens")] = "127.0.0.1",
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="with a worker beside it")] = True,
    home: Home = None,
) -> None:
    """The web application, on this machine, with its worker."""
    from obc.cli import serving

    if demo and production:
        raise typer.BadParameter("--demo makes users whose password everybody knows: leave one of the two out")
    mode = "demo" if demo else "production" if production else "local"
    serving.serve(mode, contract or [], records or [], host, port, home, worker)


def work(home: Home = None) -> None:
    """A worker apart from the web application: settles, measures, forecasts, writes papers."""
    from obc.cli import serving

    serving.work(home)


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a trail, as the audit page exported it")],
    head: Annotated[str | None, typer.Option("--head", metavar="HASH", help="the head that was written down")] = None,
    anchors: Annotated[
        Path | None, typer.Option("--anchors", metavar="FILE", help="what 'obc audit anchor' wrote, kept elsewhere")
    ] = None,
    anchor_key: Annotated[
        str | None, typer.Option("--anchor-key", metavar="KEY", help="the public key that signs each anchor")
    ] = None,
    as_: As = Format.TEXT,
) -> None:
    """Check an exported audit trail, offline: no line changed, added between, taken out or written anew."""
    from obc.cli import auditing

    problems = auditing.verify(file, head, anchors, anchor_key, as_json=as_ is Format.JSON)
    raise typer.Exit(output.status_of(problems))


def anchor(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="grows by a line for each trail; keep it elsewhere")],
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="a private key that is not kept beside the database")
    ] = None,
    home: Home = None,
    as_: As = Format.TEXT,
) -> None:
    """Write the heads of all trails down, outside the database."""
    from obc.cli import auditing

    auditing.anchor(file, key, home, as_json=as_ is Format.JSON)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="where to write, such as obc-2026-04-01.zip")],
    home: Home = None,
) -> None:
    """Everything the application holds, as one file; others may go on working."""
    from obc.cli import serving

    serving.backup(file, home)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="what 'obc backup' wrote")],
    home: Home = None,
) -> None:
    """Fill a new, empty home from a backup."""
    from obc.cli import serving

    serving.restore(file, home)


def token(
    contract: Annotated[str, typer.Argument(metavar="CONTRACT", help="the id of a contract that is held")],
    user: Annotated[str, typer.Option("--user", metavar="NAME", help="as whom the program acts")],
    purpose: Annotated[str, typer.Option("--purpose", metavar="WORDS", help="what it is for")],
    days: Annotated[int, typer.Option(min=1, max=366, help="how long it holds")] = 90,
    scope: Annotated[Scope, typer.Option("--scope", help="read, or send figures in as well")] = Scope.READ,
    home: Home = None,
) -> None:
    """A token with which a program uses the API in one contract. It is shown once."""
    from obc.cli import serving

    serving.token(contract, user, purpose, days, scope is Scope.SUBMIT, home)
