"""The days of a contract: when it runs in each year, and when each year's balance is paid."""

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.money.settlement.contract_year import ContractYear


def contract_years(agreement: Agreement) -> dict[int, ContractYear]:
    """Every year of term and extension in which the contract runs."""
    term, calendar = agreement.term, agreement.calendar
    return {
        year: ContractYear(
            term.year(year), term.whole_year(year), calendar.balance_on(term.year(year)) if calendar else None
        )
        for year in term.running_years
    }
