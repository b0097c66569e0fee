"""Expecting: how many would have the outcome by the contract's case-mix model, and the values that say so."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import observed_over_expected
from obc.domain.measurement.indicators.estimates import decimals
from obc.domain.measurement.indicators.strata import Strata, StratumCount
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.adjustment.case_mix import CaseMix, CaseMixModel


class Expected(NamedTuple):
    """What some people come to: how many they are, how many had the outcome, how many were expected to.

    `variance` is that of the number expected. `strange` names the levels that the model has never seen; with any of
    them nothing is expected (NaN), rather than expected of a part.
    """

    size: int
    observed: int
    expected: float
    variance: float
    strange: tuple[str, ...] = ()


def expected_of(model: CaseMixModel, counts: Iterable[StratumCount]) -> Expected:
    """The sum over people of the chances that the model gives them."""
    size = observed = 0
    expected = variance = 0.0
    strange: set[str] = set()
    for one in counts:
        size, observed = size + one.denominator, observed + one.numerator
        chance = model.chance(one.levels)
        if chance is None:
            strange |= {*model.strange(one.levels)}
        else:
            expected += one.denominator * chance
            variance += one.denominator * chance * (1 - chance)
    if strange:
        expected = variance = float("nan")
    return Expected(size, observed, expected, variance, tuple(sorted(strange)))


def with_expected(
    values: Sequence[IndicatorValue], strata: Strata, case_mix: CaseMix | None
) -> tuple[IndicatorValue, ...]:
    """The values, those of indicators that have a model with what was expected and the ratio to it.

    The value itself stays what was measured: which of the two is judged, the framework says (`figure: ratio`).
    """
    if case_mix is None:
        return tuple(values)
    held = {model.indicator: model for model in case_mix.models}
    places = [i for i, value in enumerate(values) if value.indicator in held and value.denominator]
    counts: dict[tuple[str, Period], tuple[StratumCount, ...]] = {}
    found = []
    for i in places:
        value = values[i]
        period = Period(start=value.period_start, end=value.period_end)
        if (value.indicator, period) not in counts:
            counts[value.indicator, period] = strata.of(value.indicator, period)
        here = [one for one in counts[value.indicator, period] if one.within(value.segment, value.provider)]
        found.append(expected_of(held[value.indicator], here))
    if not found:
        return tuple(values)
    expectations = [one.expected for one in found]
    observed, size = [one.observed for one in found], [one.size for one in found]
    ratio = observed_over_expected(observed, size, expectations, [one.variance for one in found])
    expected = decimals(np.array(expectations))
    columns = [decimals(array) for array in (ratio.value, ratio.lower, ratio.upper)]
    made = list(values)
    for n, i in enumerate(places):
        update = {"expected": expected[n], "ratio": columns[0][n]}
        limits = {"ratio_lower_95": columns[1][n], "ratio_upper_95": columns[2][n]}
        made[i] = values[i].model_copy(update={**update, **limits})
    return tuple(made)
