"""Estimates: sums become indicator values, with their 95 % intervals and evidence states."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from itertools import product
from typing import Any

import numpy as np

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.statistics import Estimate, mean_from_sums, proportion, rate
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.tally import NOTHING, Cell, Tally, with_totals
from obc.domain.measurement.indicators.values import ALL, IndicatorValue

PLACES = Context(prec=10)
"""Values and limits are given to ten significant digits: the same on every machine."""

Key = tuple[Period, str, str]
"""What a value of an indicator is of: a period, a segment and a provider."""


def estimates(
    definition: IndicatorDefinition,
    tallies: Iterable[tuple[Period, Mapping[Cell, Tally]]],
    segments: Sequence[str],
    providers: Sequence[str],
    evidence: Evidence,
) -> list[IndicatorValue]:
    """The values of one indicator: for every period, segment and provider, and for all of either.

    Whoever is in another segment or under another provider is in the totals. With evidence "missing" nothing
    is known and every number is empty.
    """
    keys: list[Key] = []
    found: list[Tally] = []
    for period, cells in tallies:
        totals = with_totals(sorted(cells.items(), key=lambda item: (item[0][0], item[0][1] or "")))
        for segment, provider in product((ALL, *segments), (ALL, *providers)):
            keys.append((period, segment, provider))
            found.append(totals.get((segment, provider), NOTHING))
    if evidence is Evidence.MISSING:
        return [_value(definition, key, evidence=evidence) for key in keys]
    return estimates_of(definition, keys, found, evidence)


def estimates_of(
    definition: IndicatorDefinition, keys: Sequence[Key], tallies: Sequence[Tally], evidence: Evidence
) -> list[IndicatorValue]:
    """The values of one indicator: as many as there are keys, each with its sums."""
    estimate = _estimate(definition, tallies)
    limits = [decimals(estimate.lower), decimals(estimate.upper)]
    gaps = _gaps(definition, tallies)
    return [
        _value(
            definition,
            key,
            numerator=tally.numerator,
            denominator=tally.denominator,
            unknown=tally.unknown,
            sum_of_squares=tally.sum_of_squares if definition.measure == "mean" else None,
            value=_quotient(definition, tally),
            lower_95=limits[0][n],
            upper_95=limits[1][n],
            evidence=evidence if tally.denominator else Evidence.INSUFFICIENT,
            **gaps[n],
        )
        for n, (key, tally) in enumerate(zip(keys, tallies, strict=True))
    ]


def _value(definition: IndicatorDefinition, key: Key, **numbers: Any) -> IndicatorValue:
    period, segment, provider = key
    return IndicatorValue(
        indicator=definition.id,
        segment=segment,
        provider=provider,
        period_start=period.start,
        period_end=period.end,
        measure=definition.measure,
        **numbers,
    )


def _quotient(definition: IndicatorDefinition, tally: Tally) -> Decimal | None:
    """The value from the exact sums, not by way of floats."""
    if not tally.denominator:
        return None
    scale = definition.multiplier * DAYS_A_YEAR if definition.measure == "rate" else Decimal(1)
    return _plain(PLACES.plus(tally.numerator * scale / tally.denominator))


def _estimate(definition: IndicatorDefinition, tallies: Sequence[Tally]) -> Estimate:
    """Wilson's interval for a proportion, exact or Byar's for a rate, Student's for a mean."""
    numerators = [float(tally.numerator) for tally in tallies]
    denominators = [float(tally.denominator) for tally in tallies]
    match definition.measure:
        case "proportion":
            return proportion(numerators, denominators)
        case "rate":
            return rate(numerators, denominators, multiplier=definition.multiplier * float(DAYS_A_YEAR))
        case "mean":
            return mean_from_sums(numerators, [float(tally.sum_of_squares) for tally in tallies], denominators)


def _gaps(definition: IndicatorDefinition, tallies: Sequence[Tally]) -> list[dict[str, Decimal | None]]:
    """Observed over expected with its interval, where the definition asks for it and it can be said."""
    if not definition.compared_with:
        return [{} for _ in tallies]
    expected = [float(t.expected) if t.expected and t.denominator else np.nan for t in tallies]
    ratio = rate([float(tally.numerator) for tally in tallies], expected, multiplier=1)
    columns = [decimals(array) for array in (ratio.value, ratio.lower, ratio.upper)]
    return [
        {
            "expected": None
            if tally.expected is None or not tally.denominator
            else _plain(PLACES.plus(tally.expected)),
            "ratio": columns[0][n],
            "ratio_lower_95": columns[1][n],
            "ratio_upper_95": columns[2][n],
        }
        for n, tally in enumerate(tallies)
    ]


def decimals(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[Decimal | None]:
    """Floats to ten significant digits; what is not available is None."""
    return [None if np.isnan(value) else _plain(PLACES.create_decimal(repr(value))) for value in values.tolist()]


def _plain(value: Decimal) -> Decimal:
    """Without trailing noughts and without an exponent: one spelling for one number."""
    return Decimal(format(value.normalize(), "f")) + 0
