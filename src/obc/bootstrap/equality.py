"""Equality: a contract's indicators for different people, measured from records."""

from collections.abc import Callable
from pathlib import Path

from obc.bootstrap.measuring import records_of
from obc.domain.contract.agreement.contract import Contract
from obc.engine.session import Session
from obc.loaders.area_figures import read_parts
from obc.services.equality import DEPRIVATION, Divided, divide_contract


def divide(
    contract: Contract,
    records: Path,
    mapping: str | None,
    deprivation: Path | None,
    column: str,
    year: int | None,
    profile: str,
    progress: Callable[[int, int], None] | None = None,
) -> Divided:
    """Every proportion by deprivation, sex, age and ethnic group. `deprivation`: small areas with their tenth."""
    parts = read_parts(deprivation, column, DEPRIVATION) if deprivation else None
    with records_of(contract, records, mapping) as session:
        lists = session.lists if parts is None else {**session.lists, parts.id: parts}
        known = Session(session.connection, session.report, lists)
        return divide_contract(contract, known, parts, year, profile, progress)


def write_divided(found: Divided, contract: Contract, out: Path) -> tuple[Path, ...]:
    """Write the page with its charts."""
    from obc.reports.equality import write_equality as write

    return write(found.splits, contract, found.period, found.profile, out)
