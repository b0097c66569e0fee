"""Commands from indicator values to a proved settlement."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.arguments import (
    As,
    AsKnown,
    Contract,
    Format,
    HandedIn,
    Out,
    Profile,
    Published,
    Special,
    Values,
    Year,
    day_of,
)


def score(
    contract: Contract,
    values: Values,
    year: Annotated[int, typer.Option("--year", metavar="N", help="the contract year")],
    out: Out = None,
    profile: Published = Profile.NONE,
    as_: As = Format.TEXT,
) -> None:
    """Points earned by outcome and indicator."""
    from obc.cli import settling

    settling.score(contract, values, year, out, profile.value, as_ is Format.JSON)


def settle(
    contract: Contract,
    values: Values,
    year: Year = None,
    as_known: AsKnown = None,
    circumstances: Special = None,
    returns: HandedIn = None,
    explain: Annotated[bool, typer.Option("--explain", help="print each number's way through the mechanism")] = False,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """What is due to whom, in every year of the values."""
    from obc.cli import settling

    settling.settle(contract, values, year, day_of(as_known), circumstances, returns, explain, out, as_ is Format.JSON)


def restate(
    contract: Contract,
    values: Values,
    against: Annotated[Path, typer.Option("--against", metavar="STATEMENT", help="the statement as it was")],
    circumstances: Special = None,
    returns: HandedIn = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """What late data change: a re-run minus the ledger."""
    from obc.cli import settling

    settling.restate(contract, values, against, circumstances, returns, out, as_ is Format.JSON)


def verify(
    statement: Annotated[Path, typer.Argument(metavar="STATEMENT", help="statement.json, signatures beside it")],
    contract: Annotated[
        str | None, typer.Option("--contract", metavar="CONTRACT", help="check the keys it lists")
    ] = None,
    vouched_by: Annotated[
        str | None, typer.Option("--vouched-by", metavar="KEY", help="the installation trusted on days, by public key")
    ] = None,
    as_: As = Format.TEXT,
) -> None:
    """Check a statement and its signatures, offline; by keys.json beside it where keys were rotated or revoked."""
    from obc.cli import settling

    raise typer.Exit(settling.verify(statement, contract, vouched_by, as_ is Format.JSON))


def sign(
    statement: Annotated[Path, typer.Argument(metavar="STATEMENT", help="statement.json")],
    party: Annotated[str, typer.Option("--party", metavar="ID", help="the party of the contract that signs")],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="its private key, as 'obc key' wrote it")],
) -> None:
    """Sign a statement for a party: a file beside it."""
    from obc.bootstrap import proving

    print(f"Wrote {proving.sign(statement, party, key)}")


def key(out: Annotated[Path, typer.Argument(metavar="FILE", help="where to keep the private key")]) -> None:
    """A new pair of keys to sign with."""
    from obc.bootstrap import proving

    print(f"Wrote the private key {out}: keep it secret. List the public key in contract.yaml:")
    print(f"    public key: {proving.new_key(out)}")


def rotate(
    contract: Annotated[str, typer.Option("--contract", metavar="ID", help="the id of the contract")],
    party: Annotated[str, typer.Option("--party", metavar="ID", help="whose key it is")],
    old: Annotated[Path, typer.Option("--old", metavar="FILE", help="the private key in force now")],
    new: Annotated[str, typer.Option("--new", metavar="KEY", help="the public key that 'obc key' printed")],
    begins: Annotated[datetime, typer.Option("--from", metavar="DAY", formats=["%Y-%m-%d"], help="its first day")],
    out: Annotated[Path, typer.Argument(metavar="FILE", help="where to write, such as rotation.json")],
) -> None:
    """Sign a party's new key with its old one, on its own machine; the keys page takes the file in."""
    from obc.bootstrap import proving

    out.write_bytes(proving.rotate(contract, party, old, new, begins.date()).model_dump_json(by_alias=True).encode())
    print(f"Wrote {out}: send it in on the keys page, where a second person of your party confirms it.")


def accounts(
    contract: Contract,
    values: Values,
    year: Annotated[int, typer.Option("--year", metavar="N", help="the contract year")],
    known_to: Annotated[
        datetime | None, typer.Option("--to", metavar="DAY", formats=["%Y-%m-%d"], help="the last month ends by it")
    ] = None,
    cost_centres: Annotated[
        Path | None, typer.Option("--cost-centres", metavar="FILE", help="CSV: account, cost_centre")
    ] = None,
    circumstances: Special = None,
    returns: HandedIn = None,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same estimates")] = 1,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """Month-end accounts: accruals, the year-end estimate, a journal that reconciles to the statement."""
    from obc.cli import accounting

    accounting.accounts(
        contract, values, year, day_of(known_to), cost_centres, circumstances, returns, seed, out, as_ is Format.JSON
    )
