"""What each party stands to earn: a contract year settled at its least, on target and at its most, by the real code."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.core.kernel.rate import Ratios
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.simulation import Simulation
from obc.domain.outcomes.framework.framework import Framework, IndicatorUse, Reached, SegmentTerms
from obc.domain.outcomes.scoring.compare import Compare
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import Direction, Key, figures, in_year, terms_of
from obc.services.settle import ALLIANCE

Case = Literal["at least", "as last year", "on target", "at most"]
CASES: tuple[Case, ...] = ("at least", "as last year", "on target", "at most")
"""at least: no threshold is reached, and costs turn out high. on target: every indicator just reaches its first level.
at most: every indicator is excellent, and costs turn out low. as last year: the figures of the last whole year.
"""

_FAR = 10**9
"""Beyond any threshold."""

Known = Mapping[Key, IndicatorValue]


class Stake(NamedTuple):
    """What every account receives (or, below nought, pays) in one case of one year, in minor units, after what it
    passes on. `cost_minor`: what care is taken to cost all providers together; None where no cost is asked for.
    `waits`: lines that too little is known of, which move nothing here.
    """

    year: int
    case: Case
    accounts: Mapping[str, int]
    cost_minor: int | None
    waits: tuple[str, ...]

    def kept(self, providers: tuple[str, ...]) -> int:
        """What is left to the providers together, after what care costs."""
        return sum(self.accounts.get(one, 0) for one in providers) - (self.cost_minor or 0)


def keepers(contract: Contract) -> tuple[str, ...]:
    """Those among whom the providers' money ends: every named provider, or all as one."""
    return tuple(one.id for one in contract.agreement.providers) or (ALLIANCE,)


def stakes(
    contract: Contract, years: tuple[int, ...], spread: Fraction, last: Known | None = None
) -> tuple[Stake, ...] | None:
    """The cases of each year that the contract pays for; `as last year` only where there are figures of one (`last`).

    What the parties hand in is assumed: a cost that is compared with something comes to just that, at the least
    `spread` more and at the most less (where lower is better); other returns are 1, so that nobody joins or leaves.
    None: the mechanism is fed by a published file, of which nothing can be assumed.
    """
    mechanism, framework = contract.mechanism, contract.framework
    if mechanism is None or contract.published is not None:
        return None
    paying = [year for year in years if framework is None or framework.shares(year)]
    return tuple(one for year in paying for one in _year(contract, mechanism, year, spread, last))


def _year(
    contract: Contract, mechanism: Mechanism, year: int, spread: Fraction, last: Known | None
) -> tuple[Stake, ...]:
    framework, holder = contract.framework, contract.agreement.holder
    party = holder.id if holder else ALLIANCE
    directions: dict[str, Direction] = {one.id: one.direction for one in contract.definitions}
    days = contract_years(contract.agreement)[year]
    drawn = _figures(framework, mechanism, directions, year, last)
    returned = _returned(mechanism, year, days.parts, spread)
    others = {**days.parts, **returned}
    asked = {item.input for item in mechanism.inputs}
    given = {name: value for name, value in others.items() if name in asked}
    simulation = Simulation(mechanism, framework, drawn, directions, year, party, given)
    costs = [returned[item.input] for item in mechanism.inputs if item.unit == "money" and item.input in returned]
    found = []
    for run, case in enumerate(CASES):
        if case == "as last year" and last is None:
            continue
        accounts = {name: int(amounts[run]) for name, amounts in simulation.accounts.items() if amounts[run]}
        cost = sum(_pennies(one[run]) for one in costs) if costs else None
        waits = tuple(line.line for line in simulation.settled(run).unsettled)
        found.append(Stake(year, case, accounts, cost, waits))
    return tuple(found)


def _figures(
    framework: Framework | None,
    mechanism: Mechanism,
    directions: Mapping[str, Direction],
    year: int,
    last: Known | None,
) -> dict[Key, Evidenced]:
    """Every figure that scoring or payment asks for, case by case."""
    found: dict[Key, Evidenced] = {}
    known = figures(framework, last) if framework and last is not None else {}
    for item in mechanism.inputs:
        if item.indicator:
            found[item.indicator, ALL] = Evidenced.missing(len(CASES))
    for extra in framework.additional if framework else ():
        if isinstance(extra.when, Reached):
            mark = in_year(extra.when.at_least, year)[0] or Fraction(0)
            found[extra.when.indicator, ALL] = _cases(mark - 1, None, mark, mark)
    for outcome in framework.outcomes if framework else ():
        for use in outcome.indicators:
            for terms in terms_of(use, framework) if framework else ():
                key = use.id, terms.segment
                up = directions[use.id] == "higher is better"
                seen = known[key][0] if key in known else None
                far = Fraction(_FAR if up else -_FAR)
                found[key] = _cases(-far, seen, _target(use, terms, year), far)
    return found


def _pennies(amount: Fraction | None) -> int:
    """An assumed cost in minor units, halves up: an assumption is not a due, and nothing is paid by it."""
    return int(((amount or Fraction(0)) * 200 + 1) // 2)


def _cases(worst: Fraction, seen: Fraction | None, target: Fraction | None, best: Fraction) -> Evidenced:
    return Evidenced.of([worst, seen, target, best])


def _target(use: IndicatorUse, terms: SegmentTerms, year: int) -> Fraction | None:
    """The figure that just reaches the first level; None where the indicator has no thresholds in the year."""
    thresholds = terms.thresholds or use.thresholds
    if thresholds is None:
        return None
    mark = in_year(thresholds.good, year)[0]
    baseline = terms.baseline or use.baseline
    if mark is None or use.judged_by == "level" or baseline is None:
        return mark
    start = in_year(baseline, year)[0]
    if start is None:
        return None
    return start + mark if use.judged_by == "difference" else start * (1 + mark)


def _returned(
    mechanism: Mechanism, year: int, parts: Mapping[str, Evidenced], spread: Fraction
) -> dict[str, Evidenced]:
    """What the parties hand in, as it is assumed; what is compared with nothing that is known stays missing."""
    asked = {item.input for item in mechanism.inputs}
    returns = {item.input: item for item in mechanism.inputs if item.from_ == "returns"}
    given = {name: Evidenced.of([1]) for name, item in returns.items() if item.unit != "money"}
    known = given | {name: value for name, value in parts.items() if name in asked}
    done = evaluate(mechanism, known, year)
    for step in mechanism.steps:
        name = step.compare.name if isinstance(step, Compare) else None
        if isinstance(step, Compare) and name in returns and name not in given and step.with_:
            other = done.read(step.with_)[0]
            if other is not None:
                more = spread if step.better == "lower" else -spread
                ends = [other * (1 + more), other, other, other * (1 - more)]
                given[name] = Evidenced(Ratios.of(ends), np.repeat(done.read(step.with_).states, len(CASES)))
    return given
