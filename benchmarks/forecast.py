"""How long 100,000 contract years take to draw, score and settle; fails where the budget is exceeded by half.

The county contract's second year from two quarters, every figure drawn for itself: scored by the framework and worked
through the payment mechanism over arrays. The floor, in the same run, is the least any simulation must do: draw as
many random numbers from the same distributions and sort each year's figures into levels with floating point.
"""

import argparse
import sys
from decimal import Decimal
from time import perf_counter, process_time

import numpy as np

from obc.bootstrap.contracts import load_contract
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.scoring.judging import terms_of
from obc.services.forecast import Outlook

CONTRACT, YEAR, QUARTERS = "oxfordshire-mental-health", 2, 2
RUNS, BUDGET, ALLOWED = 100_000, 10.0, 1.5
"""Contract years, and the seconds that they may take on two cores."""


def values(framework: Framework, measures: dict[str, str]) -> ValueSet:
    """Plausible counts for every figure that is judged: 500 units a quarter, a good half of them counted."""
    contract = load_contract(CONTRACT)
    keys = {
        (use.id, terms.segment)
        for outcome in framework.outcomes
        for use in outcome.indicators
        for terms in terms_of(use, framework)
    }
    made = []
    for period in contract.quarters(YEAR)[:QUARTERS]:
        for indicator, segment in sorted(keys):
            days = measures[indicator] == "rate"
            made.append(
                IndicatorValue(
                    indicator=indicator,
                    segment=segment,
                    period_start=period.start,
                    period_end=period.end,
                    measure=measures[indicator],  # type: ignore[arg-type]
                    numerator=Decimal(310),
                    denominator=Decimal(500_000 if days else 500),
                    sum_of_squares=Decimal(700),
                    expected=Decimal(100) if days else None,
                    value=Decimal("0.62"),
                )
            )
    return ValueSet(values=tuple(made))


def floor(figures: int, runs: int) -> float:
    """Seconds to draw and sort into levels, and nothing else."""
    random, start = np.random.default_rng(1), process_time()
    for _ in range(figures):
        drawn = random.binomial(1000, random.beta(310.5, 190.5, runs)) / 2000
        np.searchsorted([0.5, 0.6, 0.7], drawn, side="right")
    return process_time() - start


def main() -> int:
    """Run it; 1 where the budget is exceeded by half."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--runs", type=int, default=RUNS)
    runs = given.parse_args().runs
    contract = load_contract(CONTRACT)
    assert contract.framework is not None
    held = values(contract.framework, {one.id: one.measure for one in contract.definitions})
    Outlook(contract, held, YEAR, QUARTERS, 100, 1, {})  # imports and first calls are not what is measured
    start, worked = perf_counter(), process_time()
    outlook = Outlook(contract, held, YEAR, QUARTERS, runs, 1, {})
    seconds, worked = perf_counter() - start, process_time() - worked
    assert len(outlook.simulation.earned) == runs and len(set(outlook.simulation.earned.tolist())) > 10
    least = floor(len(outlook.figures), runs)
    budget = BUDGET * runs / RUNS
    print(f"{runs:,} contract years of {len(outlook.figures)} figures: {seconds:.1f} s, {worked:.1f} s worked")
    print(f"  drawing and sorting alone: {least:.1f} s; budget {budget:.1f} s")
    return int(worked > budget * ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
