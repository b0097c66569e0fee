"""Commands for who may do what: for whoever runs obc, on its own machine."""

from typing import Annotated

import typer

from obc.cli.arguments import As, Format
from obc.cli.commands.web import Home

Book = Annotated[str, typer.Argument(metavar="CONTRACT", help="the id of a contract or a programme that is held")]
User = Annotated[str, typer.Option("--user", metavar="NAME", help="their username: lower-case words and hyphens")]
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="the reason, for the trail")]
Role = Annotated[str, typer.Option("--role", metavar="ROLE", help="such as administrator")]


def show(contract: Book, home: Home = None, as_: As = Format.TEXT) -> None:
    """Who has which role, since when, until when, given by whom."""
    from obc.cli import letting_in

    letting_in.show(contract, home, as_ is Format.JSON)


def add(
    user: User,
    name: Annotated[str, typer.Option("--name", metavar="WORDS", help="what others see")],
    email: Annotated[str, typer.Option("--email", metavar="ADDRESS", help="where their mail goes")],
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="ID", help="who they are to the OpenID provider that is set")
    ] = None,
    home: Home = None,
) -> None:
    """An account; prints the link, which works once, with which they set their password."""
    from obc.cli import letting_in

    letting_in.add(user, name, email, subject, home)


def give(
    contract: Book,
    user: User,
    role: Role,
    organisation: Annotated[str, typer.Option("--for", metavar="ID", help="the organisation they act for")],
    why: Why,
    home: Home = None,
) -> None:
    """Give somebody a role: so the first administrator is made."""
    from obc.cli import letting_in

    letting_in.give(contract, user, role, organisation, why, home)


def end(contract: Book, user: User, role: Role, why: Why, home: Home = None) -> None:
    """End a role."""
    from obc.cli import letting_in

    letting_in.end(contract, user, role, why, home)


def lock(user: User, why: Why, home: Home = None) -> None:
    """Lock an account; its sessions end."""
    from obc.cli import letting_in

    letting_in.lock(user, True, why, home)


def unlock(user: User, why: Why, home: Home = None) -> None:
    """Unlock an account, also one that wrong passwords locked."""
    from obc.cli import letting_in

    letting_in.lock(user, False, why, home)


def link(user: User, home: Home = None) -> None:
    """Print a new link for somebody who is invited and has set no password yet."""
    from obc.cli import letting_in

    letting_in.link(user, home)
