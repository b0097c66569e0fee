"""The programme around the contract: the case for change."""

from pathlib import Path

from obc.bootstrap.contracts import load_contract
from obc.domain.programme.case_for_change.case import Case
from obc.domain.programme.case_for_change.difference import CaseDifference
from obc.loaders import contract as folders
from obc.services.case import compare_cases, make_case


def case(contract: str, runs: int, seed: int) -> Case:
    """The case for change of a contract, with every driver drawn `runs` times. Raises `Problems`."""
    return make_case(*folders.load_case(contract), runs, seed)


def write_business_case(contract: str, out: Path, runs: int, seed: int) -> tuple[Path, ...]:
    """Write the business case of a contract: page, PDF, DOCX, workbook and charts. Raises `Problems`."""
    from obc.reports.business_case import write_business_case as write

    loaded, file = folders.load_case(contract)
    return write(make_case(loaded, file, runs, seed), loaded, file, out)


def case_difference(before: str, after: str) -> CaseDifference:
    """What moved between the money of two contracts, and why. Raises `Problems`."""
    return compare_cases(load_contract(before), load_contract(after))
