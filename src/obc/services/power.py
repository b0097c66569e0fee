"""Power: what each threshold of a contract pays for chance, in points and in money."""

from collections.abc import Mapping
from datetime import timedelta

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.domain.money.settlement.price_of_chance import PriceOfChance, priced
from obc.domain.outcomes.monitoring.chance import chances
from obc.domain.outcomes.scoring.judging import Key, chosen


def price_of_chance(contract: Contract, values: ValueSet | None, assumed: int | None, within: float) -> PriceOfChance:
    """What the contract's thresholds pay for chance, year by year.

    Denominators are those of the year where it was measured, else of the latest whole year that was; or `assumed`.
    Figures start from the contract's baselines, else from the values of the year before the first. Raises `Problems`
    where the contract has no outcomes framework or there is nothing to take denominators from.
    """
    framework = contract.framework
    if framework is None:
        raise refusal("framework.yaml", "the contract", "no outcomes framework", "there are no thresholds to look at")
    if values is None and assumed is None:
        raise refusal(
            "values",
            "the contract",
            "neither values nor assumed cases",
            "give --values FILE, or --assume CASES, or both",
        )
    start, by_year = _measured(contract, values)
    latest = by_year[max(by_year)] if by_year else start
    if values and not latest:
        raise refusal(
            "values",
            "the contract",
            "no whole contract year",
            "measure the year before the contract, or one of its years",
        )
    definitions = {definition.id: definition for definition in contract.definitions}
    years = (
        chances(framework, definitions, by_year.get(year, latest), start, year, within, assumed)
        for year in contract.agreement.term.agreed_years
        if framework.shares(year)
    )
    return PriceOfChance(
        contract=contract.id,
        title=contract.agreement.title,
        currency=contract.agreement.currency,
        within=within,
        assumed=assumed,
        years=tuple(priced(year, contract.mechanism) for year in years),
    )


def _measured(
    contract: Contract, values: ValueSet | None
) -> tuple[Mapping[Key, IndicatorValue], dict[int, Mapping[Key, IndicatorValue]]]:
    """The values of the year before the first, and those of each contract year that was measured."""
    if values is None:
        return {}, {}
    first = contract.period(contract.years[0])
    before = Period(start=add_months(first.start, -12), end=first.start - timedelta(days=1))
    by_year = {year: chosen(values.values, contract.period(year)) for year in contract.years}
    return chosen(values.values, before), {year: held for year, held in by_year.items() if held}
