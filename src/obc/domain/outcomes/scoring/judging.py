"""Judging: which level one indicator reached in one segment. Nothing is rounded on the way."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Ratios
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.framework.framework import (
    LEVELS,
    Framework,
    IndicatorUse,
    LevelShares,
    Reached,
    SegmentTerms,
    Thresholds,
)
from obc.domain.outcomes.scoring.compare import over
from obc.domain.outcomes.scoring.curve import stepped
from obc.domain.outcomes.scoring.evidenced import Evidenced, code, weakest

Direction = Literal["higher is better", "lower is better"]
Key = tuple[str, str]
"""An indicator and a segment."""


LEVEL_NUMBERS = [Ratios.of([n]) for n in (1, 2, 3)]
"""good, improved, excellent as numbers; 0 is below good."""


class Judged(NamedTuple):
    """One indicator in one segment: what was set against the thresholds, the level (0 to 3), its share (0 to 1)."""

    value: Evidenced
    judged: Evidenced
    level: Evidenced
    share: Evidenced
    weight: Evidenced
    thresholds: tuple[Fraction, ...]


def chosen(values: Iterable[IndicatorValue], period: Period, provider: str = ALL) -> dict[Key, IndicatorValue]:
    """The values of one period and provider, by indicator and segment.

    Raises ValueError where there are two of one key: a score must not depend on which comes first.
    """
    found: dict[Key, IndicatorValue] = {}
    for value in values:
        if (value.period_start, value.period_end, value.provider) == (period.start, period.end, provider):
            key = value.indicator, value.segment
            if key in found:
                raise ValueError(f"two values of {value.indicator} for segment {value.segment} in {period}")
            found[key] = value
    return found


def terms_of(use: IndicatorUse, framework: Framework) -> tuple[SegmentTerms, ...]:
    """The segments in which an indicator is judged: its own, else the framework's, else all people together."""
    if use.segments:
        return use.segments
    shared = tuple(SegmentTerms(segment=entry.segment) for entry in framework.segments)
    return shared or (SegmentTerms(segment=ALL),)


def figures(framework: Framework, values: Mapping[Key, IndicatorValue]) -> dict[Key, Evidenced]:
    """The exact figure of every indicator and segment that the framework uses; missing where there is no value."""
    found = {
        (extra.when.indicator, ALL): figure_of(values.get((extra.when.indicator, ALL)))
        for extra in framework.additional
        if isinstance(extra.when, Reached)
    }
    for outcome in framework.outcomes:
        for use in outcome.indicators:
            for terms in terms_of(use, framework):
                key = use.id, terms.segment
                found[key] = figure_of(values.get(key), use.figure, use.minimum_cases)
    return found


def figure_of(
    value: IndicatorValue | None, figure: Literal["value", "ratio"] = "value", minimum_cases: int = 0
) -> Evidenced:
    """What is judged of a value: its exact quotient where it has one, with its evidence.

    An empty denominator is not measurable, and fewer cases than the minimum are insufficient.
    """
    if value is None:
        return Evidenced.missing()
    top, under, printed = value.numerator, value.denominator, value.value
    if figure == "ratio":
        under, printed = value.expected, value.ratio
    elif value.measure == "rate":
        top = None  # its multiplier is the definition's; the value carries it
    number = Fraction(top) / Fraction(under) if top is not None and under else printed
    if not value.evidence.usable:
        return Evidenced.missing(state=value.evidence)
    if number is None or (value.denominator or 0) < minimum_cases:
        return Evidenced.missing(state=Evidence.INSUFFICIENT)
    return Evidenced.of([Fraction(number)], value.evidence)


def judge(
    use: IndicatorUse,
    terms: SegmentTerms,
    framework: Framework,
    figure: Evidenced,
    direction: Direction,
    shares: LevelShares,
    year: int,
) -> Judged:
    """The level that a figure reaches, and the share of its points that the level earns.

    A change is the figure less the baseline, or that over the baseline; thresholds of an indicator that is better
    when lower are reached from above.
    """
    measured = figure
    baseline = terms.baseline or use.baseline
    if use.judged_by != "level" and baseline:
        start = in_year(baseline, year)
        measured = Evidenced(figure.values - start.values, weakest(figure, start))
        if use.judged_by == "relative change":
            measured = over(measured, start.values)
    thresholds = terms.thresholds or use.thresholds
    if thresholds is None:
        level = share = Evidenced.missing(len(measured), Evidence.NOT_DUE)
        marks: tuple[Evidenced, ...] = ()
    else:
        marks = tuple(in_year(mark, year) for mark in _of_level(thresholds))
        places = [mark.values for mark in marks]
        approach = measured.values
        if direction == "lower is better":
            places, approach = [-place for place in places], -approach
        states = weakest(measured, *marks)
        level = Evidenced(stepped(approach, places, LEVEL_NUMBERS), states)
        share = Evidenced(stepped(approach, places, earned_by_level(shares)), states)
    weight = next((entry.weight for entry in framework.segments if entry.segment == terms.segment), Fraction(1))
    weight = weight if terms.weight is None else terms.weight
    return Judged(
        figure, measured, level, share, Evidenced.of([weight]), tuple(mark[0] for mark in marks if mark[0] is not None)
    )


def earned_by_level(shares: LevelShares) -> list[Ratios]:
    """The part of an outcome's points that good, improved and excellent earn; excellent earns them all."""
    return [Ratios.of([getattr(shares, level) / shares.excellent]) for level in LEVELS]


def in_year(figure: Figure, year: int) -> Evidenced:
    """A contractual figure as it holds in a year; not due before the first it holds for."""
    values, known = figure.at(np.array([year], dtype=np.int64))
    state = code(Evidence.FINAL) if known.all() else code(Evidence.NOT_DUE)
    return Evidenced(values, np.array([state], dtype=np.int8))


def _of_level(thresholds: Thresholds) -> tuple[Figure, ...]:
    return thresholds.good, thresholds.improved, thresholds.excellent
