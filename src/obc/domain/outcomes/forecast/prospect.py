"""Prospects: what is counted of a year's figure so far, and what is still to come."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, Measure
from obc.domain.outcomes.scoring.judging import Key

ADDS_UP_WITHIN = Fraction(1, 20)
"""Quarters are taken to add up to a year where in the last year measured they did, to within one in twenty."""


class Counted(NamedTuple):
    """What was counted: see `IndicatorValue`. `expected` is 0 where there is no comparison population."""

    numerator: Fraction
    denominator: Fraction
    squares: Fraction
    expected: Fraction

    def __add__(self, other: "Counted") -> "Counted":  # type: ignore[override]
        return Counted(*(a + b for a, b in zip(self, other, strict=True)))


NOTHING = Counted(*[Fraction(0)] * 4)


class Prospect(NamedTuple):
    """A figure whose year is not over.

    `so_far` is certain: it is counted and stays. `coming` units of the denominator are still to come; how they turn
    out is drawn from the `sample`: the quarters of this year that are known, or else the latest before it.
    `evidence` is that of the sample; where it is not usable, nothing can be said of the year.
    """

    measure: Measure
    so_far: Counted
    coming: int
    sample: Counted
    evidence: Evidence


def prospect(
    key: Key, values: Iterable[IndicatorValue], year: Period, quarters: Sequence[Period], before: Sequence[Period]
) -> Prospect | None:
    """What the values of the `quarters` known so far say of a figure's `year`; None where they say nothing.

    `before`: the whole year measured before it and that year's quarters, or nothing. It shows whether quarters add
    up. Where they do not (every quarter looks at the same people anew), the year's figure is drawn whole, as large as
    that year's, from the latest quarter.
    """
    by_period = {
        (value.period_start, value.period_end): value
        for value in values
        if (value.indicator, value.segment, value.provider) == (*key, ALL)
    }

    def known(periods: Sequence[Period]) -> list[IndicatorValue]:
        held = [by_period.get((period.start, period.end)) for period in periods]
        return [value for value in held if value is not None]

    now, earlier = known(quarters), known(before[1:])
    seen = now or earlier
    if not seen:
        return None
    measure, evidence = seen[-1].measure, Evidence.weakest(*(value.evidence for value in seen))
    whole = known(before[:1])
    typical = _sum(earlier).denominator
    if whole and typical and abs(counted(whole[0]).denominator / typical - 1) > ADDS_UP_WITHIN:
        return Prospect(measure, NOTHING, int(counted(whole[0]).denominator), counted(seen[-1]), evidence)
    so_far = _sum(now)
    left = len(tuple(year.parts(3))) - len(quarters)
    coming = round(_sum(seen).denominator * left / len(seen))
    return Prospect(measure, so_far, coming, _sum(seen), evidence)


def counted(value: IndicatorValue) -> Counted:
    """The counts of a value; 0 where there is none."""
    parts = (value.numerator, value.denominator, value.sum_of_squares, value.expected)
    return Counted(*(Fraction(part or 0) for part in parts))


def _sum(values: Sequence[IndicatorValue]) -> Counted:
    return sum((counted(value) for value in values), NOTHING)


def prospects(
    keys: Iterable[Key],
    values: Sequence[IndicatorValue],
    year: Period,
    quarters: Sequence[Period],
    before: Sequence[Period],
) -> Mapping[Key, Prospect | None]:
    """The prospect of every key."""
    own: dict[Key, list[IndicatorValue]] = {}
    for value in values:
        own.setdefault((value.indicator, value.segment), []).append(value)
    return {key: prospect(key, own.get(key, ()), year, quarters, before) for key in keys}
