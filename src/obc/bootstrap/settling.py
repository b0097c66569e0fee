"""Right of the border: from indicator values to what is due."""

import hashlib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from obc import __version__
from obc.bootstrap.proving import bytes_of
from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.money.settlement.ledger import Entry
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.engine.values_file import read_values
from obc.loaders.cost_centres import read_cost_centres
from obc.loaders.published_values import read_published
from obc.loaders.returns import read_returns
from obc.loaders.whole import read_whole
from obc.services.accounts import YearAccounts, year_accounts
from obc.services.restate import restate_measured
from obc.services.score import score_year
from obc.services.settle import Settled, settle_measured, settle_published

ESTIMATED_FROM = 20_000
"""Runs of the forecast behind a month-end estimate."""

STATEMENT = "statement.json"
"""The signed document; `statement.PARTY.sig` beside it are the signatures."""


def values_of(path: Path) -> ValueSet:
    """The indicator values in a file. Raises `Problems`."""
    return read_values(path)


def score(contract: Contract, values: Path, year: int) -> Scorecard:
    """The scorecard of a contract year."""
    return score_year(contract, read_values(values), year)


def settle(
    contract: Contract,
    values: Path,
    year: int | None = None,
    circumstances: Circumstances = NONE,
    day: date | None = None,
    returns: Returns = NOTHING_RETURNED,
) -> Settled:
    """What is due, from measured or from published values. Published ones are taken as they are.

    `day`: on it a year's provisional values are final if the contract's run-out is over. `returns`: what the parties
    handed in beside measured values.
    """
    if contract.published and contract.mechanism:
        return settle_published(contract, read_published(values, contract.published, contract.mechanism), year)
    years = None if year is None else [year]
    return settle_measured(contract, read_values(values), years, circumstances, day, returns)


def returns_of(file: Path | None, contract: Contract) -> Returns:
    """What the parties handed in, from a file. Raises `Problems`."""
    if file is None or contract.mechanism is None:
        return NOTHING_RETURNED
    return read_returns(file, contract.mechanism)


def circumstances_of(file: Path | None, day: date | None = None) -> Circumstances:
    """The disputes and reliefs of a file that hold on a day; without a day, those that are not settled. `Problems`."""
    return read_whole(file, Circumstances).in_force(day) if file else NONE


def restate(
    contract: Contract,
    values: Path,
    against: Path,
    circumstances: Circumstances = NONE,
    returns: Returns = NOTHING_RETURNED,
) -> tuple[Settled, tuple[Entry, ...]]:
    """What is due anew, and the entries that bring the earlier statement's ledger to it."""
    return restate_measured(contract, read_values(values), bytes_of(against), circumstances, returns)


def accounts(
    contract: Contract,
    values: Path,
    year: int,
    known_to: date | None,
    cost_centres: Path | None,
    circumstances: Circumstances,
    seed: int,
    returns: Returns = NOTHING_RETURNED,
) -> YearAccounts:
    """A year's journal, month by month, up to its statement. Raises `Problems`."""
    centres = read_cost_centres(cost_centres) if cost_centres else {}
    known = read_values(values)
    return year_accounts(contract, known, year, known_to, centres, ESTIMATED_FROM, seed, circumstances, returns)


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


def write_reports(contract: Contract, statement: Statement, values: ValueSet, out: Path) -> None:
    """Statement, scorecards, ledger and charts for people, and the page that leads to them."""
    from obc.reports.index import write_index
    from obc.reports.ledger import write_ledger
    from obc.reports.pictures import write_charts
    from obc.reports.scorecard import write_scorecard
    from obc.reports.statement import write_statement

    write_statement(statement, contract, out)
    for one in statement.settlements:
        if one.scorecard:
            write_scorecard(one.scorecard, contract, values.values, out)
    write_ledger(statement, contract, out)
    write_charts(statement, contract, values.values, out)
    write_index(statement, contract, out)
