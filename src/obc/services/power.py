"""Power: what each threshold of a contract pays for chance, in points and in money."""

from datetime import timedelta
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.money import Currency, Minor, split
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.domain.money.settlement.point_value import point_value
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.monitoring.chance import YearChance, chances
from obc.domain.outcomes.scoring.judging import Key, chosen


class YearPower(BaseModel):
    """A year's chances, and what they cost. Money is None where a point has no one value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chance: YearChance
    point_value_minor: Minor | None
    to_be_had_minor: Minor | None
    for_chance_minor: Minor | None
    by_level_minor: tuple[Minor, Minor, Minor] | None
    bonus_minor: Minor | None


class Power(BaseModel):
    """What a contract would pay over its agreed years if nothing changed at all.

    `within`: the chance up to which a threshold counts as sound. Totals are None where one year's money is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    contract: str
    title: str
    currency: Currency
    within: float
    assumed: int | None
    years: tuple[YearPower, ...]
    to_be_had_minor: Minor | None
    for_chance_minor: Minor | None


def power_of(contract: Contract, values: ValueSet | None, assumed: int | None, within: float) -> Power:
    """What the contract's thresholds pay for chance, year by year.

    Denominators are those of the year where it was measured, else of the latest whole year that was; or `assumed`.
    Figures start from the contract's baselines, else from the values of the year before the first. Raises `Problems`
    where the contract has no outcomes framework or there is nothing to take denominators from.
    """
    framework = contract.framework
    if framework is None:
        raise _refused("framework.yaml", "no outcomes framework", "there are no thresholds to look at")
    if values is None and assumed is None:
        raise _refused("values", "neither values nor assumed cases", "give one of the two, or both")
    first = contract.period(contract.years[0])
    before = Period(start=add_months(first.start, -12), end=first.start - timedelta(days=1))
    start = chosen(values.values, before) if values else {}
    latest, measured = start, {}
    for year in contract.years:
        held = chosen(values.values, contract.period(year)) if values else {}
        if held:
            latest = measured[year] = held
    if values and not latest:
        raise _refused("values", "no whole contract year", "measure the year before the contract, or one of its years")
    years = tuple(
        _year(contract, framework, measured.get(year, latest), start, year, within, assumed)
        for year in contract.agreement.term.agreed_years
        if framework.shares(year)
    )
    return Power(
        contract=contract.id,
        title=contract.agreement.title,
        currency=contract.agreement.currency,
        within=within,
        assumed=assumed,
        years=years,
        to_be_had_minor=_sum([one.to_be_had_minor for one in years]),
        for_chance_minor=_sum([one.for_chance_minor for one in years]),
    )


def _year(
    contract: Contract,
    framework: Framework,
    sizes: dict[Key, IndicatorValue],
    start: dict[Key, IndicatorValue],
    year: int,
    within: float,
    assumed: int | None,
) -> YearPower:
    definitions = {definition.id: definition for definition in contract.definitions}
    chance = chances(framework, definitions, sizes, start, year, within, assumed)
    worth = point_value(contract.mechanism, chance.points_available, year) if contract.mechanism else None
    if worth is None:
        return YearPower(
            chance=chance,
            point_value_minor=None,
            to_be_had_minor=None,
            for_chance_minor=None,
            by_level_minor=None,
            bonus_minor=None,
        )
    parts = [Fraction(points) for points in (*chance.by_level, chance.bonus_for_chance)]
    total = round(sum(parts) * worth)
    good, improved, excellent, bonus = split(total, parts) if any(parts) else (0, 0, 0, 0)
    return YearPower(
        chance=chance,
        point_value_minor=round(worth),
        to_be_had_minor=round(chance.points_available * worth),
        for_chance_minor=total,
        by_level_minor=(good, improved, excellent),
        bonus_minor=bonus,
    )


def _sum(amounts: list[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if amounts and len(known) == len(amounts) else None


def _refused(file: str, found: str, expected: str) -> Problems:
    return Problems((Problem(file=file, where="the contract", found=found, expected=expected),))
