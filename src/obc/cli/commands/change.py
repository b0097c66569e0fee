"""Commands of the change mechanism: propose, agree, refuse, withdraw, take effect."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting
from obc.cli.arguments import As, At, By, Contract, Format, Trail, Why, day_or_today, moment_of
from obc.cli.commands.contract import In
from obc.cli.commands.govern import On

ChangeId = Annotated[str, typer.Argument(metavar="CHANGE", help="the id of a proposed change")]


def show(contract: Contract, programme: In, on: On = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Every change of a contract: who has agreed, whose answer is late, what it changes in plain words."""
    from obc.cli import changing

    changing.show(contract, programme, trail, day_or_today(on), as_ is Format.JSON)


def propose(
    contract: Contract,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the change as YAML: id, title, because, effective …")],
    programme: In,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Propose a change; refused where the contract would no longer hold together."""
    from obc.cli import changing

    changing.propose(Acting(programme, trail, by, why, moment_of(at)), contract, file, as_ is Format.JSON)


def agree(
    contract: Contract,
    change: ChangeId,
    programme: In,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Agree for one's own party; the last agreement makes it a variation."""
    _turn("agree", contract, change, Acting(programme, trail, by, why, moment_of(at)), as_)


def refuse(
    contract: Contract,
    change: ChangeId,
    programme: In,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Refuse for one's own party, which ends it."""
    _turn("refuse", contract, change, Acting(programme, trail, by, why, moment_of(at)), as_)


def withdraw(
    contract: Contract,
    change: ChangeId,
    programme: In,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Take a change back; for the party that proposed it."""
    _turn("withdraw", contract, change, Acting(programme, trail, by, why, moment_of(at)), as_)


def take_effect(
    contract: Contract,
    change: ChangeId,
    programme: In,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Let an agreed change take effect, once its day has come and the contract's folder says so."""
    _turn("take_effect", contract, change, Acting(programme, trail, by, why, moment_of(at)), as_)


def _turn(how: str, contract: str, change: str, who: Acting, as_: Format) -> None:
    from obc.cli import changing

    changing.turn(who, contract, change, how, as_ is Format.JSON)
