"""Work out the case for change of a contract."""

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.programme.case_for_change.case import Case, worked_out


def make_case(contract: Contract) -> Case:
    """The case of a contract. Raises `Problems` where it has no finance file."""
    if contract.finance is None:
        problem = Problem(
            file="finance.yaml",
            where="the file",
            found="no such file",
            expected="write services, growth, savings and envelope into it: a case for change is made of them",
        )
        raise Problems((problem,))
    return worked_out(contract.id, contract.agreement.title, contract.agreement.currency, contract.finance)
