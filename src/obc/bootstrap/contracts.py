"""Contracts: found, read, checked, begun."""

from datetime import date
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.known import known_on as as_known_on
from obc.domain.core.kernel.problem import Problem
from obc.loaders import contract as folders
from obc.loaders.new_contract import new_contract as copy_template
from obc.loaders.places import find_contract

RETURNS = "open-book.csv"
"""What the parties handed in of their costs, beside the files of a worked contract; illustrative."""


def load_contract(contract: str, as_known: date | None = None) -> Contract:
    """The contract in a folder, or the worked one of that name; as agreed by the end of a day. Raises `Problems`."""
    loaded = folders.load_contract(contract)
    return loaded if as_known is None else as_known_on(loaded, as_known)


def beside(contract: str, file: str) -> Path | None:
    """A file that lies in a contract's folder beside those that make it up; None where there is none."""
    path = find_contract(contract)[0] / file
    return path if path.is_file() else None


def check_contract(contract: str, on: date | None = None) -> tuple[Problem, ...]:
    """Every problem of a contract. `on`: also say which definitions are past their review on that day."""
    return folders.check_contract(contract, on)


def new_contract(name: str, parent: Path) -> Path:
    """A contract folder called `name`, to start from."""
    copy_template(parent / name)
    return parent / name
