"""The years that a contract measures: the one before its first, for the baseline, and its own."""

from datetime import timedelta

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months


def measured_years(contract: Contract) -> tuple[Period, ...]:
    """In order of time."""
    first = contract.period(contract.years[0])
    before = Period(start=add_months(first.start, -12), end=first.start - timedelta(days=1))
    return (before, *(contract.period(year) for year in contract.years))
