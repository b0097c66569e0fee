"""Score: the points of a contract year."""

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.scoring.score import score
from obc.domain.outcomes.scoring.scorecard import Scorecard


def score_year(contract: Contract, values: ValueSet, year: int) -> Scorecard:
    """The scorecard of a contract year, from the values of exactly its days.

    Raises `Problems` where the contract has no outcomes framework, no such year or no shares for it, or where the
    values hold nothing for its days: a year that nobody measured earns no points, and no nought either.
    """
    framework = payable_year(contract, values, year)
    directions = {definition.id: definition.direction for definition in contract.definitions}
    return score(framework, values.values, directions, year, contract.period(year))


def payable_year(contract: Contract, values: ValueSet, year: int) -> Framework:
    """The framework by which a year can be scored. Raises `Problems` as `score_year` does."""
    framework = contract.framework
    if framework is None:
        raise refusal("framework.yaml", "the contract", "no outcomes framework", "this contract is settled, not scored")
    if year not in contract.years or framework.shares(year) is None:
        years = ", ".join(str(known) for known in contract.years if framework.shares(known))
        raise refusal("framework.yaml", "levels", f"nothing for year {year}", f"choose one of the years {years}")
    if year not in years_measured(contract, values):
        period = contract.period(year)
        raise refusal("values", f"year {year}", f"no value for {period}", f"measure {period} first")
    return framework


def years_measured(contract: Contract, values: ValueSet) -> tuple[int, ...]:
    """The contract years for whose days, from the first to the last, there are values."""
    measured = {(value.period_start, value.period_end) for value in values.values}
    return tuple(
        year for year in contract.years if (contract.period(year).start, contract.period(year).end) in measured
    )
