"""Commands to start with: the demonstration, a new contract, its check."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli import output
from obc.cli.arguments import (
    As,
    Contract,
    Format,
)


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR")] = Path("demo-output"),
    people: Annotated[int, typer.Option(min=1_000, help="how many made-up people")] = 30_000,
    seed: Annotated[int, typer.Option(help="same seed, same bytes")] = 1,
    as_: As = Format.TEXT,
) -> None:
    """The Oxfordshire contract from records to statement."""
    from obc.cli.demo import show

    show(out, people, seed, as_json=as_ is Format.JSON)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="lower-case words joined by hyphens")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="in which folder")] = Path(),
) -> None:
    """A contract folder to start from."""
    from obc.bootstrap import contracts

    folder = contracts.new_contract(name, out)
    print(f"Wrote {folder}. Change it, then run: obc contract check {folder}")


def check(contract: Contract, as_: As = Format.TEXT) -> None:
    """All problems of a contract, with file and line."""
    from obc.bootstrap import contracts

    problems = contracts.check_contract(contract)
    if as_ is Format.JSON:
        output.problems_as_json(problems)
    else:
        output.say_problems(problems)
    raise typer.Exit(output.status_of(problems))
