"""Commands of the change mechanism: propose, agree, refuse, withdraw, take effect."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Contract, Format, Trail, day_or_today
from obc.cli.commands.contract import In
from obc.cli.commands.govern import On

ChangeId = Annotated[str, typer.Argument(metavar="CHANGE", help="the id of a proposed change")]


def show(contract: Contract, programme: In, on: On = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Every change of a contract: who has agreed, whose answer is late, what it changes in plain words."""
    from obc.cli import changing

    changing.show(contract, programme, trail, day_or_today(on), as_ is Format.JSON)


@acts(In)
def propose(
    acting: Acting,
    contract: Contract,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the change as YAML: id, title, because, effective …")],
) -> None:
    """Propose a change; refused where the contract would no longer hold together."""
    from obc.cli import changing

    changing.propose(acting, contract, file, acting.as_json)


@acts(In)
def agree(acting: Acting, contract: Contract, change: ChangeId) -> None:
    """Agree for one's own party; the last agreement makes it a variation."""
    _turn(acting, "agree", contract, change)


@acts(In)
def refuse(acting: Acting, contract: Contract, change: ChangeId) -> None:
    """Refuse for one's own party, which ends it."""
    _turn(acting, "refuse", contract, change)


@acts(In)
def withdraw(acting: Acting, contract: Contract, change: ChangeId) -> None:
    """Take a change back; for the party that proposed it."""
    _turn(acting, "withdraw", contract, change)


@acts(In)
def take_effect(acting: Acting, contract: Contract, change: ChangeId) -> None:
    """Let an agreed change take effect, once its day has come and the contract's folder says so."""
    _turn(acting, "take_effect", contract, change)


def _turn(acting: Acting, how: str, contract: str, change: str) -> None:
    from obc.cli import changing

    changing.turn(acting, contract, change, how, acting.as_json)
