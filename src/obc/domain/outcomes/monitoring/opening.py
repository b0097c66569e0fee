"""The opening: where a figure stands before anything changes, and how much chance there is in it."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.framework.framework import IndicatorUse, SegmentTerms
from obc.domain.outcomes.monitoring.sampling import Events, Mean, Proportion, Sampling
from obc.domain.outcomes.scoring.judging import figure_of, in_year

_UNITS = {
    "person": "people",
    "referral": "referrals",
    "spell": "hospital stays",
    "carer": "carers",
    "response": "responses",
    "row": "rows of records",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """One indicator in one segment. Where it is not `scored`, `reason` says why; where nothing can be said of its
    chances, it has no `sampling` either.

    `size` is in `unit`; `scale` times a size of the sampling gives one in `unit`. `change`: whether thresholds are
    changes on `true`, by difference or relative to it.
    """

    true: Fraction | None
    true_from: Literal["the contract", "the values"] | None
    sampling: Sampling | None
    size: float | None
    unit: str
    scale: float
    judged_by: Literal["level", "difference", "relative change"]
    reason: str = ""

    @property
    def scored(self) -> bool:
        """Whether the year would be scored, so that chance can be paid."""
        return self.sampling is not None and not self.reason

    def mark(self, threshold: Fraction) -> Fraction:
        """The figure at which a threshold is reached, exactly."""
        true = self.true or Fraction(0)
        match self.judged_by:
            case "level":
                return threshold
            case "difference":
                return true + threshold
            case _:
                return true * (1 + threshold)

    def threshold(self, mark: float) -> float:
        """The threshold, as it would be agreed, that is reached at a figure."""
        true = float(self.true or 0)
        match self.judged_by:
            case "level":
                return mark
            case "difference":
                return mark - true
            case _:
                return mark / true - 1 if true else math.nan


def opening_of(
    use: IndicatorUse,
    terms: SegmentTerms,
    definition: IndicatorDefinition,
    size: IndicatorValue | None,
    start: IndicatorValue | None,
    year: int,
    assumed: int | None,
) -> Opening:
    """The opening of one indicator in one segment: from the contract's baseline, else from the value at the start."""
    true, true_from = _true(use, terms, start, year)
    unit = "expected events" if use.figure == "ratio" else _UNITS[definition.counts]
    scale = 1.0
    if definition.measure == "rate" and use.figure == "value":
        unit, scale = "person-years", float(definition.multiplier)
    sampling: Sampling | None = None
    count: Fraction | None = None
    reason = "no baseline and no value to start from" if true is None else ""
    if true is not None:
        count, reason = _count(use, definition, size, assumed)
    if true is not None and count:
        made = _sampling(use, definition, size, true, count)
        sampling, reason = (None, made) if isinstance(made, str) else (made, reason)
    return Opening(
        true,
        true_from,
        sampling,
        None if count is None else float(count) * scale,
        unit,
        scale,
        use.judged_by,
        reason,
    )


def _true(
    use: IndicatorUse, terms: SegmentTerms, start: IndicatorValue | None, year: int
) -> tuple[Fraction | None, Literal["the contract", "the values"] | None]:
    baseline = terms.baseline or use.baseline
    agreed = in_year(baseline, year)[0] if baseline else None
    if agreed is not None:
        return agreed, "the contract"
    found = figure_of(start, use.figure)[0]
    return found, None if found is None else "the values"


def _count(
    use: IndicatorUse, definition: IndicatorDefinition, size: IndicatorValue | None, assumed: int | None
) -> tuple[Fraction | None, str]:
    """The size of the sampling: units, multiples of person-years or expected events; or why there is none."""
    year = Fraction(DAYS_A_YEAR)
    held = Fraction(size.denominator) if size and size.denominator else None
    if assumed is not None:
        held = assumed * year if definition.measure == "rate" else Fraction(assumed)
    if not held:
        return None, "no denominator: give values, or assume a number of cases"
    few = f"fewer than the {use.minimum_cases:,} that the contract asks for" if held < use.minimum_cases else ""
    if use.figure == "ratio":
        if not size or not size.expected or not size.denominator:
            return None, "how many events are expected is in no value"
        return Fraction(size.expected) * held / Fraction(size.denominator), few
    if definition.measure == "rate":
        return held / (year * definition.multiplier), few
    return held, few


def _sampling(
    use: IndicatorUse, definition: IndicatorDefinition, size: IndicatorValue | None, true: Fraction, count: Fraction
) -> Sampling | str:
    higher = definition.direction == "higher is better"
    if use.figure == "ratio" or definition.measure == "rate":
        return Events(count, true, higher)
    if definition.measure == "proportion":
        if not 0 <= true <= 1:
            return "a baseline that is no share"
        return Proportion(int(count), true, higher)
    deviation = _deviation(size)
    if deviation is None or count < 2:
        return "how far single values lie apart is in no value"
    return Mean(int(count), true, deviation, higher)


def _deviation(value: IndicatorValue | None) -> float | None:
    """The standard deviation of single values, from their sums."""
    if value is None or None in (value.numerator, value.denominator, value.sum_of_squares):
        return None
    total, n, squares = (Fraction(x or 0) for x in (value.numerator, value.denominator, value.sum_of_squares))
    if n < 2:
        return None
    return math.sqrt(max(Fraction(0), squares - total * total / n) / (n - 1))
