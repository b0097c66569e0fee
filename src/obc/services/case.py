"""Work out the case for change of a contract."""

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.money.finance.simulation import RUNS, SEED
from obc.domain.programme.case_for_change.case import Case, worked_out
from obc.domain.programme.case_for_change.case_file import CaseFile
from obc.domain.programme.case_for_change.difference import CaseDifference, difference


def make_case(contract: Contract, file: CaseFile | None, runs: int = RUNS, seed: int = SEED) -> Case:
    """The case of a contract. Raises `Problems` where it has no finance file."""
    if contract.finance is None:
        problem = Problem(
            file="finance.yaml",
            where="the file",
            found="no such file",
            expected="write services, growth, savings and envelope into it: a case for change is made of them",
        )
        raise Problems((problem,))
    agreement = contract.agreement
    return worked_out(contract.id, agreement.title, agreement.currency, contract.finance, file, runs, seed)


def compare_cases(before: Contract, after: Contract) -> CaseDifference:
    """What moved from one contract's money to another's, and why. Raises `Problems` where one has no finance file."""
    for contract in (before, after):
        if contract.finance is None:
            make_case(contract, None)
    assert before.finance is not None and after.finance is not None
    return difference(before.finance, after.finance)
