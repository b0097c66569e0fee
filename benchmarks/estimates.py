"""How fast the statistics are, each paired with a floor in the same run; fails where a budget is exceeded by half.

A floor is the least that any implementation must do: the sums in plain NumPy, and the limits that statsmodels or
SciPy give. The seconds of the R packages are those measured once on two cores (PHEindicatormethods 2.1.0,
NHSRplotthedots 0.2.2), for comparison. Not named `statistics`: that would hide the module of that name.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from scipy.stats import chi2
from statsmodels.stats.proportion import proportion_confint

from obc.domain.core.statistics import (
    directly_standardised_rate,
    funnel_limits,
    proportion,
    quantiles,
    rate,
    xmr,
)

LEVELS = (0.95, 0.998)
ROWS = 1_000_000
BANDS = 19
AREAS = ROWS // BANDS
TIMES = 5
ALLOWED = 1.5

rng = np.random.default_rng(20260401)


@dataclass(frozen=True)
class Case:
    """What is timed, in how many seconds it should be done, and what it is held against."""

    name: str
    ours: Callable[[], Any]
    floor: Callable[[], Any]
    floor_is: str
    budget: float
    r_seconds: float


def cases() -> list[Case]:
    """The cases, with data made from one seed."""
    denominator = rng.integers(1, 50, ROWS)
    numerator = rng.binomial(denominator, 0.3)
    group = rng.integers(0, 100_000, ROWS)

    area = np.repeat(np.arange(AREAS), BANDS)
    population = rng.integers(1_000, 9_000, len(area)).astype(float)
    events = rng.poisson(population * 0.002).astype(float)
    standard = np.resize(np.linspace(5_500, 1_000, BANDS), len(area))
    starts = np.arange(0, len(area), BANDS)

    count, person_time = rng.poisson(12, ROWS), np.full(ROWS, 1_000.0)
    expected = rng.gamma(20, 5, 20_000)
    observed = rng.poisson(expected)
    ranked, ranked_group = rng.normal(size=ROWS), rng.integers(0, 10_000, ROWS)
    months, series = rng.normal(60, 5, 48_000), np.repeat(np.arange(2_000), 24)

    def wilson_of_sums() -> None:
        n = np.bincount(group, weights=denominator)
        x, n = np.bincount(group, weights=numerator)[n > 0], n[n > 0]
        for level in LEVELS:
            proportion_confint(x, n, alpha=1 - level, method="wilson")

    def value_and_variance() -> None:
        weight = standard / population
        total = np.add.reduceat(standard, starts)
        np.add.reduceat(weight * events, starts) / total
        np.add.reduceat(weight**2 * events, starts) / total**2

    def exact_of_all(x: Any, n: Any) -> None:
        for tail in (0.025, 0.001):
            chi2.ppf(tail, 2 * x) / 2 / n, chi2.ppf(1 - tail, 2 * x + 2) / 2 / n

    def ranges() -> None:
        table = months.reshape(2_000, 24)
        table.mean(axis=1), np.abs(np.diff(table, axis=1)).mean(axis=1)

    return [
        Case(
            "1,000,000 rows to 100,000 grouped proportions",
            lambda: proportion(numerator, denominator, groups=group, confidence=LEVELS),
            wilson_of_sums,
            "NumPy bincount and statsmodels Wilson",
            1.0,
            17.74,
        ),
        Case(
            f"{len(area):,} rows to {AREAS:,} directly standardised rates",
            lambda: directly_standardised_rate(events, population, standard, groups=area, confidence=LEVELS),
            value_and_variance,
            "NumPy reduceat, value and variance only",
            0.5,
            16.33,
        ),
        Case(
            "1,000,000 rates, ungrouped",
            lambda: rate(count, person_time, confidence=LEVELS),
            lambda: exact_of_all(count, person_time),
            "SciPy chi-squared for every row",
            2.0,
            6.58,
        ),
        Case(
            "1,000,000 rows to deciles in 10,000 groups",
            lambda: quantiles(ranked, 10, groups=ranked_group),
            lambda: np.lexsort((ranked, ranked_group)),
            "NumPy lexsort alone",
            2.0,
            8.82,
        ),
        Case(
            "20,000 points in a ratio funnel",
            lambda: funnel_limits(observed, expected, measure="ratio"),
            lambda: exact_of_all(expected, expected),
            "SciPy chi-squared about the expected events",
            1.0,
            5.64,
        ),
        Case(
            "2,000 XmR charts of 24 points",
            lambda: xmr(months, improvement="increase", groups=series, target=65),
            ranges,
            "NumPy means and moving ranges, no rules",
            0.2,
            3.15,
        ),
    ]


def seconds(run: Callable[[], Any]) -> float:
    """How long one run takes."""
    start = perf_counter()
    run()
    return perf_counter() - start


def main() -> int:
    """Time every case and print it; 1 where one takes more than half as long again as it should."""
    slow = 0
    for case in cases():
        case.ours(), case.floor()  # once to warm up
        pairs = [(seconds(case.ours), seconds(case.floor)) for _ in range(TIMES)]
        ours, floor = (sorted(side)[TIMES // 2] for side in zip(*pairs, strict=True))
        over = ours > ALLOWED * case.budget
        slow += over
        print(
            f"{case.name}: {ours:.3f} s, budget {case.budget} s{' EXCEEDED' if over else ''}; "
            f"{ours / floor:.1f} × the floor of {floor:.4f} s ({case.floor_is}); R {case.r_seconds} s"
        )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
