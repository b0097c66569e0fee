"""Publish: the indicator values of a contract as a suppression profile lets them be shown."""

from datetime import timedelta

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.outcomes.publication.published import PublishedValue, published
from obc.domain.outcomes.publication.suppression import PROFILES


def publish(contract: Contract, values: ValueSet, profile: str) -> tuple[PublishedValue, ...]:
    """Every value of the contract's indicators, under the profile of that name.

    Raises `Problems` for a profile there is none of, or values of no indicator of the contract.
    """
    if profile not in PROFILES:
        raise refusal("--profile", "the contract", f"the profile '{profile}'", f"write one of {', '.join(PROFILES)}")
    first = contract.period(contract.years[0])
    before = Period(start=add_months(first.start, -12), end=first.start - timedelta(days=1))
    years = [before, *(contract.period(year) for year in contract.years)]
    definitions = {definition.id: definition for definition in contract.definitions}
    found = published(values.values, definitions, years, PROFILES[profile])
    if not found:
        raise refusal(
            "values", "the contract", "no indicator of this contract", "give the values that obc measure wrote for it"
        )
    return found
