"""The one place where parts are plugged together."""

import hashlib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from obc import __version__
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.money.settlement.ledger import Entry
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.engine.values_file import read_values
from obc.loaders import contract as folders
from obc.loaders.new_contract import new_contract as copy_template
from obc.loaders.published_values import read_published
from obc.reports import signature as signatures
from obc.services.restate import read_statement, restate_measured
from obc.services.score import score_year
from obc.services.settle import Settled, settle_measured, settle_published
from obc.services.verify import Verdict
from obc.services.verify import verify as verify_statement

STATEMENT = "statement.json"
"""The signed document; `statement.PARTY.sig` beside it are the signatures."""


def load_contract(contract: str) -> Contract:
    """The contract in a folder, or the worked contract of that name. Raises `Problems`."""
    return folders.load_contract(contract)


def check_contract(contract: str, on: date | None = None) -> tuple[Problem, ...]:
    """Every problem of a contract. `on`: also say which definitions are past their review on that day."""
    return folders.check_contract(contract, on)


def new_contract(name: str, parent: Path) -> Path:
    """A contract folder called `name`, to start from."""
    copy_template(parent / name)
    return parent / name


def score(contract: Contract, values: Path, year: int) -> Scorecard:
    """The scorecard of a contract year."""
    return score_year(contract, read_values(values), year)


def settle(contract: Contract, values: Path, year: int | None = None) -> Settled:
    """What is due, from measured or from published values."""
    if contract.published and contract.mechanism:
        return settle_published(contract, read_published(values, contract.published, contract.mechanism), year)
    return settle_measured(contract, read_values(values), None if year is None else [year])


def restate(contract: Contract, values: Path, against: Path) -> tuple[Settled, tuple[Entry, ...]]:
    """What is due anew, and the entries that bring the earlier statement's ledger to it."""
    return restate_measured(contract, read_values(values), _bytes(against))


def verify(statement: Path, contract: Contract) -> Verdict:
    """Check a statement and the signatures beside it."""
    given = {path.name: path.read_bytes() for path in sorted(statement.parent.glob(f"{statement.stem}.*.sig"))}
    return verify_statement(_bytes(statement), given, contract, signatures.refusals)


def sign(statement: Path, party: str, key: Path) -> Path:
    """Sign a statement for a party; the signature is a file beside it. Returns its path."""
    document = _bytes(statement)
    read_statement(document)
    try:
        signature = signatures.sign(document, party, _bytes(key).decode())
    except ValueError as error:
        raise _refused(
            key.name, "no private key of the kind we sign with", "give the file that 'obc key' wrote"
        ) from error
    path = statement.with_name(f"{statement.stem}.{party}.sig")
    path.write_bytes(signature)
    return path


def new_key(out: Path) -> str:
    """Write a new private key into a file that only its owner may read; returns the public key."""
    pair = signatures.new_keys()
    try:
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(pair.private_pem)
    except OSError as error:
        raise _refused(out.name, error.strerror or "a place to write to", "name a new file") from error
    return pair.public_key


@cache
def code_version() -> str:
    """The version of obc and the hash of its code and definitions: what a settlement was worked out with."""
    package = files("obc")
    hashed = hashlib.sha256()
    root = Path(str(package))
    for path in sorted(
        p for p in root.rglob("*") if p.suffix in (".py", ".yaml") and "worked_contracts" not in p.parts
    ):
        hashed.update(f"{path.relative_to(root).as_posix()}\0".encode())
        hashed.update(path.read_bytes())
    return f"{__version__} sha256:{hashed.hexdigest()}"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refused(path.name, error.strerror or "no file", "give the path of a file") from error


def _refused(file: str, found: str, expected: str) -> Problems:
    return Problems((Problem(file=file, where="the file", found=found, expected=expected),))
