"""Forecast: where a contract year may end, from the values so far."""

import zlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.contract.variations.changed import changed
from obc.domain.contract.variations.scenario import Scenario
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.rate import Ints
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import ALL, ValueSet
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.cash_flow import Cash, cash_flow
from obc.domain.money.settlement.forecast import (
    Forecast,
    Known,
    Worth,
    accounts_ahead,
    outcomes_ahead,
    spread,
    worth,
)
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.money.settlement.settlement import Settlement
from obc.domain.money.settlement.simulation import Simulation
from obc.domain.outcomes.forecast.drawing import Drawn
from obc.domain.outcomes.forecast.prospect import Prospect, prospects
from obc.domain.outcomes.framework.framework import Framework, Reached
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import Direction, Key, chosen, figure_of, terms_of
from obc.services.settle import ALLIANCE


class Asked(NamedTuple):
    """What is asked of a figure: as in `IndicatorUse`."""

    figure: Literal["value", "ratio"] = "value"
    minimum_cases: int = 0


class Outlook:
    """A contract year as the quarters known so far let it be seen.

    `quarters`: how many of them; with all four and a value of the year itself, that value is the figure. Same seed,
    same draws, whatever else the contract measures.
    """

    def __init__(
        self,
        contract: Contract,
        values: ValueSet,
        year: int,
        quarters: int,
        runs: int,
        seed: int,
        rates: Mapping[Key, Fraction],
        returns: Returns = NOTHING_RETURNED,
    ):
        assert contract.mechanism is not None, "asked for by forecast_year"
        self.contract, self.mechanism, self.year = contract, contract.mechanism, year
        self.asked = dict(_asked(contract.framework, contract.mechanism))
        whole = contract.period(year)
        earlier = Period.of_months(add_months(whole.start, -12), 12)
        known = contract.quarters(year)[:quarters]
        seen = prospects(self.asked, values.values, whole, known, (earlier, *earlier.parts(3)))
        measured = chosen(values.values, whole) if quarters == len(contract.quarters(year)) else {}
        self.drawn: dict[Key, Drawn] = {}
        self.figures: dict[Key, Evidenced] = {}
        for key, how in self.asked.items():
            ahead = seen[key]
            if key in measured:
                self.figures[key] = figure_of(measured[key], how.figure, how.minimum_cases)
            elif ahead is None:
                self.figures[key] = Evidenced.missing()
            else:
                random = np.random.default_rng([seed, zlib.crc32("/".join(key).encode())])
                self.drawn[key] = Drawn(_at_rate(ahead, rates.get(key, Fraction(1))), runs, random)
                self.figures[key] = self._figure(key)
        self.directions: dict[str, Direction] = {one.id: one.direction for one in contract.definitions}
        holder = contract.agreement.holder
        self.party = holder.id if holder else ALLIANCE
        self.days = contract_years(contract.agreement)[year]
        others = {**self.days.parts, **returns.of_year(year).inputs(self.mechanism)}
        self.simulation = Simulation(
            self.mechanism, contract.framework, self.figures, self.directions, year, self.party, others
        )

    def central(self) -> Settlement:
        """The settlement of the run in the middle, with the days on which its money moves."""
        return self.simulation.settled(_middle(self.simulation.earned), self.days)

    def _figure(self, key: Key, more: int = 0) -> Evidenced:
        definition = self.contract.definition(key[0])
        scale = Fraction(definition.multiplier * DAYS_A_YEAR) if definition.measure == "rate" else Fraction(1)
        return self.drawn[key].figure(scale, *self.asked[key], more)

    def worth(self) -> tuple[Worth, ...]:
        """What one unit on the better side is worth, for every figure that is paid for and not yet certain."""
        framework = self.contract.framework
        if framework is None:
            return ()
        paid = set(framework.incentivised())
        better = {
            key: self._figure(key, 1 if self.directions[key[0]] == "higher is better" else -1)
            for key, drawn in self.drawn.items()
            if key[0] in paid and drawn.top is not None
        }
        return tuple(
            worth(self.simulation, self.figures, better, self.mechanism, framework, self.directions, self.party)
        )


def forecast_year(
    contract: Contract,
    values: ValueSet,
    year: int,
    runs: int,
    seed: int,
    *,
    rates: Mapping[Key, Fraction] | None = None,
    scenario: str | None = None,
    with_worth: bool = False,
    returns: Returns = NOTHING_RETURNED,
) -> Forecast:
    """Where a contract year may end, with the fan of how that became known quarter by quarter.

    `rates`: by how much the rest of the year is better or worse than what is known, by indicator and segment; a
    scenario's. `returns`: what was handed in; what hangs on anything else that is handed in is not forecast. Raises
    `Problems` where nothing is known of the year or of the one before, or nothing is paid in it.
    """
    framework = contract.framework
    outlooks = _all_outlooks(contract, values, year, runs, seed, rates or {}, returns)
    quarters, last = outlooks[-1]
    simulation = last.simulation
    assessment = simulation.assessment
    seen = {key[0] for key, ahead in last.figures.items() if ahead.known.any()}
    paid = set(framework.incentivised()) if framework else set()
    start = contract.period(year).start
    return Forecast(
        contract=contract.id,
        contract_hash=contract.hash,
        values_hash=values.hash,
        currency=contract.agreement.currency,
        year=year,
        runs=runs,
        seed=seed,
        scenario=scenario,
        quarters_known=quarters,
        central=last.central(),
        earned=spread(_of(simulation, runs)),
        fan=tuple(
            Known(quarters=count, to=_eve(add_months(start, 3 * count)), earned=spread(_of(one.simulation, runs)))
            for count, one in outlooks
        ),
        outcomes=outcomes_ahead(assessment, runs),
        accounts=accounts_ahead(simulation),
        cash=_cash(contract, outlooks[0][1], last, year),
        worth=last.worth() if with_worth else (),
        unforeseen=tuple(sorted(paid - seen)),
    )


def estimates(
    contract: Contract, values: ValueSet, year: int, runs: int, seed: int, returns: Returns = NOTHING_RETURNED
) -> dict[int, Settlement]:
    """The settlement in the middle of the runs, by how many of the year's quarters were known.

    Where nothing was known yet, the first that could be estimated stands for it.
    """
    seen = {
        quarters: outlook.central()
        for quarters, outlook in _all_outlooks(contract, values, year, runs, seed, {}, returns)
    }
    first = seen[min(seen)]
    return {quarters: seen.get(quarters, first) for quarters in range(max(seen) + 1)}


def _all_outlooks(
    contract: Contract,
    values: ValueSet,
    year: int,
    runs: int,
    seed: int,
    rates: Mapping[Key, Fraction],
    returns: Returns,
) -> list[tuple[int, Outlook]]:
    if contract.mechanism is None or contract.published is not None:
        raise refusal("payment.yaml", "the contract", "no mechanism fed by indicators", "a forecast needs one")
    framework = contract.framework
    if year not in contract.years or (framework is not None and framework.shares(year) is None):
        years = ", ".join(str(one) for one in contract.years if framework is None or framework.shares(one))
        raise refusal("contract.yaml", "the years", f"nothing to pay in year {year}", f"choose one of {years}")
    if values.definitions_hash not in (None, contract.definitions_hash):
        raise refusal("values", "definitions_hash", str(values.definitions_hash), "measure again: definitions changed")
    outlooks = list(_outlooks(contract, values, year, runs, seed, rates, returns))
    if not outlooks:
        found = "no values of it or the year before, or too few cases in them"
        raise refusal("values", f"year {year}", found, "measure at least a quarter that has enough cases")
    return outlooks


def forecast_scenario(
    contract: Contract,
    scenario: Scenario,
    values: ValueSet,
    year: int,
    runs: int,
    seed: int,
    with_worth: bool = False,
    returns: Returns = NOTHING_RETURNED,
) -> Forecast:
    """The same under a scenario. The same seed draws the same fates, so that only the scenario makes a difference.

    Raises `Problems` where the scenario speaks of what is nowhere, or makes a contract that does not fit together.
    """
    what_if = changed(contract, scenario.contract, f"scenario: {scenario.title}")
    if what_if.mechanism is None:
        raise refusal("payment.yaml", scenario.title, "no payment mechanism", "a forecast needs one")
    asked = dict(_asked(what_if.framework, what_if.mechanism))
    rates = {(turn.indicator, turn.segment): turn.times for turn in scenario.rest_of_year}
    if strange := sorted(rates.keys() - asked.keys()):
        named = ", ".join(f"{indicator} ({segment})" for indicator, segment in strange)
        known = sorted(f"{indicator} ({segment})" for indicator, segment in asked if indicator in dict(strange))
        expected = f"write one of {', '.join(known)}" if known else "name an indicator that scoring or payment uses"
        raise refusal("the scenario", "rest of year", named, expected)
    return forecast_year(
        what_if,
        values,
        year,
        runs,
        seed,
        rates=rates,
        scenario=scenario.title,
        with_worth=with_worth,
        returns=returns,
    )


def _outlooks(
    contract: Contract,
    values: ValueSet,
    year: int,
    runs: int,
    seed: int,
    rates: Mapping[Key, Fraction],
    returns: Returns,
) -> Iterator[tuple[int, Outlook]]:
    """The year as it looked with no quarter known, with one, and so on to the last that the values hold."""
    measured = {(value.period_start, value.period_end) for value in values.values}
    known = 0
    for quarter in contract.quarters(year):
        if (quarter.start, quarter.end) not in measured:
            break
        known += 1
    for count in range(known + 1):
        outlook = Outlook(contract, values, year, count, runs, seed, rates, returns)
        if any(figure.known.any() for figure in outlook.figures.values()):
            yield count, outlook


def _asked(framework: Framework | None, mechanism: Mechanism) -> Iterator[tuple[Key, Asked]]:
    """Every figure that scoring or payment asks for."""
    for item in mechanism.inputs:
        if item.indicator:
            yield (item.indicator, ALL), Asked()
    for extra in framework.additional if framework else ():
        if isinstance(extra.when, Reached):
            yield (extra.when.indicator, ALL), Asked()
    for outcome in framework.outcomes if framework else ():
        for use in outcome.indicators:
            for terms in terms_of(use, framework) if framework else ():
                yield (use.id, terms.segment), Asked(use.figure, use.minimum_cases)


def _at_rate(ahead: Prospect, rate: Fraction) -> Prospect:
    """The rest of the year better or worse than the sample: so many times its numerator."""
    sample = ahead.sample
    top = sample.numerator * rate
    if ahead.measure == "proportion":
        top = min(top, sample.denominator)
    return ahead._replace(sample=sample._replace(numerator=top, squares=sample.squares * rate * rate))


def _cash(contract: Contract, first: Outlook, last: Outlook, year: int) -> tuple[Cash, ...]:
    """On account by what was estimated first, the balance by what is estimated now."""
    calendar, period = contract.agreement.calendar, contract.period(year)
    if calendar is None:
        return ()
    before, now = first.central(), last.central()
    return cash_flow(before.entries, now.entries, period, calendar.on_account, calendar.balance_on(period))


def _of(simulation: Simulation, runs: int) -> Ints:
    return np.broadcast_to(simulation.earned, runs)


def _middle(amounts: Ints) -> int:
    """The place of the median: of a run that occurred."""
    return int(np.argsort(amounts, kind="stable")[(len(amounts) - 1) // 2])


def _eve(day: date) -> date:
    return day - timedelta(days=1)
