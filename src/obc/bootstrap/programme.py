"""The programme around the contract: the case for change."""

from datetime import date
from pathlib import Path

from obc.bootstrap.contracts import load_contract
from obc.bootstrap.engagement import engagement
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.case_for_change.case import Case
from obc.domain.programme.case_for_change.difference import CaseDifference
from obc.loaders import contract as folders
from obc.loaders.programme import ProgrammeFolder
from obc.services.case import compare_cases, make_case


def case(contract: str, runs: int, seed: int) -> Case:
    """The case for change of a contract, with every driver drawn `runs` times. Raises `Problems`."""
    return make_case(*folders.load_case(contract), runs, seed)


def write_business_case(
    contract: str, out: Path, runs: int, seed: int, programme: ProgrammeFolder | None = None, on: date | None = None
) -> tuple[Path, ...]:
    """Write the business case of a contract: page, PDF, DOCX, workbook and charts. Raises `Problems`.

    `programme`: whose engagement is about this contract; the statements of its reference groups on the day are printed.
    """
    from obc.reports.business_case import write_business_case as write
    from obc.reports.engagement import endorsed

    loaded, file = folders.load_case(contract)
    stated = None
    if programme is not None and on is not None:
        made = engagement(programme)
        if made.contract != loaded.id:
            found = f"an engagement about {made.contract}"
            raise refusal(programme.name, "--programme", found, f"name the programme of {loaded.id}")
        stated = endorsed(made.heard(on), made.file)
    return write(make_case(loaded, file, runs, seed), loaded, file, out, stated)


def case_difference(before: str, after: str) -> CaseDifference:
    """What moved between the money of two contracts, and why. Raises `Problems`."""
    return compare_cases(load_contract(before), load_contract(after))
