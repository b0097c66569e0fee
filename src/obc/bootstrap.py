"""The one place where parts are plugged together."""

import hashlib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from obc import __version__
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.money.settlement.comparison import Comparison
from obc.domain.money.settlement.ledger import Entry
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.engine.values_file import read_values
from obc.loaders import contract as folders
from obc.loaders.new_contract import new_contract as copy_template
from obc.loaders.published_values import read_published
from obc.reports.signature import refusals
from obc.services.restate import restate_measured
from obc.services.score import score_year
from obc.services.settle import settle_measured, settle_published
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


def settle(contract: Contract, values: Path, year: int | None = None) -> tuple[Statement, Comparison | None]:
    """The statement of what is due, and, for published values, how it compares with what was paid."""
    if contract.published and contract.mechanism:
        published = read_published(values, contract.published, contract.mechanism)
        return settle_published(contract, published, code_version(), year)
    years = None if year is None else [year]
    return settle_measured(contract, read_values(values), code_version(), years), None


def restate(contract: Contract, values: Path, against: Path) -> tuple[Statement, tuple[Entry, ...]]:
    """The statement anew, and the entries that bring the earlier statement's ledger to it."""
    return restate_measured(contract, read_values(values), _bytes(against), code_version())


def verify(statement: Path, contract: Contract) -> Verdict:
    """Check a statement and the signatures beside it."""
    signatures = {path.name: path.read_bytes() for path in sorted(statement.parent.glob(f"{statement.stem}.*.sig"))}
    return verify_statement(_bytes(statement), signatures, contract, refusals)


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
        found = error.strerror or "no file"
        raise Problems((Problem(file=path.name, where="the file", found=found, expected="give its path"),)) from error
