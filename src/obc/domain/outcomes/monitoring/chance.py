"""Chance: how likely each threshold is reached, and how many points are earned, with no real change."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.framework.framework import LEVELS, Framework, IndicatorUse, Level, SegmentTerms
from obc.domain.outcomes.monitoring.opening import Opening, opening_of
from obc.domain.outcomes.monitoring.pooling import Pooled, pooled
from obc.domain.outcomes.monitoring.power_curve import CurvePoint, power_curve
from obc.domain.outcomes.monitoring.smoothing import Smoothed, smoothed
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import Key, earned_by_level, in_year, terms_of
from obc.domain.outcomes.scoring.score import Assessment
from obc.domain.outcomes.scoring.scorecard import Number


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class ThresholdChance(_Row):
    """One threshold of one indicator and segment, with nothing changed since the start.

    `threshold` is as agreed; `mark` is the figure at which it is reached. `chance`: of reaching it with no real
    change; `sound` where that is no more than the share chosen. `true_80`, `true_95`: the true figures that reach it
    with these chances, None where none can. `sound_size`: the denominator from which on it is sound, None where none
    is; `years_together`: how many years like this one make it up. `sound_threshold`: the easiest threshold, as
    agreed, that is sound with this denominator.
    """

    level: Level
    threshold: Number
    mark: Number
    chance: float
    sound: bool
    true_80: float | None
    true_95: float | None
    sound_size: float | None
    years_together: int | None
    sound_threshold: float


class IndicatorChance(_Row):
    """One indicator in one segment. `size` in `size_unit`; what cannot be said is None, and `not_known` says why.

    `points_for_chance` are those expected from chance alone; `by_level` says at which level they are earned.
    """

    indicator: str
    segment: str
    outcome: str
    title: str
    figure: Literal["value", "ratio"]
    judged_by: Literal["level", "difference", "relative change"]
    size: float | None
    size_unit: str
    true_value: Number | None
    true_from: Literal["the contract", "the values"] | None
    not_known: str
    thresholds: tuple[ThresholdChance, ...]
    points_available: Number
    points_for_chance: float
    by_level: tuple[float, float, float]
    curve: tuple[CurvePoint, ...]


class YearChance(_Row):
    """A contract year. `bonus_for_chance`: expected points of additional conditions on all outcomes together."""

    year: int
    points_available: Number
    points_for_chance: float
    bonus_for_chance: float
    by_level: tuple[float, float, float]
    indicators: tuple[IndicatorChance, ...]
    pooled: tuple[Pooled, ...]
    smoothed: tuple[Smoothed, ...]


def chances(
    framework: Framework,
    definitions: Mapping[str, IndicatorDefinition],
    sizes: Mapping[Key, IndicatorValue],
    start: Mapping[Key, IndicatorValue],
    year: int,
    within: float,
    assumed: int | None = None,
) -> YearChance:
    """What a contract year pays for chance.

    `sizes`: values whose denominators (and spread) the year is taken to have; `start`: those from which nothing
    changes, where the contract gives no baseline; `assumed`: so many cases of everything instead. Chances of
    different indicators and segments are taken as independent, which only the bonus depends on.
    """
    found: dict[Key, Evidenced] = {}
    openings: dict[Key, Opening] = {}
    for outcome in framework.outcomes:
        for use in outcome.indicators:
            for terms in terms_of(use, framework):
                key = use.id, terms.segment
                made = opening_of(use, terms, definitions[use.id], sizes.get(key), start.get(key), year, assumed)
                openings[key] = made
                unscored = Evidenced.missing(state=Evidence.INSUFFICIENT)
                found[key] = Evidenced.of([made.true]) if made.scored else unscored
    directions = {name: definition.direction for name, definition in definitions.items()}
    done = Assessment(framework, found, directions, year)
    rows: list[IndicatorChance] = []
    together: list[Pooled] = []
    longer: list[Smoothed] = []
    full = 1.0
    for outcome in framework.outcomes:
        if not outcome.pays_in(year):
            continue
        weights, available = done.weights(outcome), done.available[outcome.id][0]
        for use in outcome.indicators:
            if not use.incentivised:
                continue
            each = [
                _indicator(
                    (outcome.id, definitions[use.id].title),
                    use,
                    terms,
                    openings[use.id, terms.segment],
                    available * weights[use.id, terms.segment][0],
                    [float(share[0]) for share in earned_by_level(done.shares)],
                    year,
                    within,
                )
                for terms in terms_of(use, framework)
            ]
            rows += each
            together += pooled(use, terms_of(use, framework), openings, year, within)
            for terms in terms_of(use, framework):
                marks = thresholds_in(use, terms, year)
                longer += smoothed(use, terms, openings[use.id, terms.segment], marks, within)
            full *= math.prod(row.thresholds[-1].chance for row in each if row.thresholds and row.points_available)
    whole = sum((extra.points for extra in done.extras if isinstance(extra.when, str)), Fraction(0))
    bonus = full * float(whole) if any(row.thresholds for row in rows) else 0.0
    by_level = tuple(round(sum(row.by_level[i] for row in rows), 10) for i in range(3))
    return YearChance(
        year=year,
        points_available=done.points_available[0],
        points_for_chance=round(sum(by_level) + bonus, 10),
        bonus_for_chance=round(bonus, 10),
        by_level=(by_level[0], by_level[1], by_level[2]),
        indicators=tuple(rows),
        pooled=tuple(together),
        smoothed=tuple(longer),
    )


def _indicator(
    names: tuple[str, str],
    use: IndicatorUse,
    terms: SegmentTerms,
    opening: Opening,
    available: Fraction,
    shares: list[float],
    year: int,
    within: float,
) -> IndicatorChance:
    marks = thresholds_in(use, terms, year)
    rows = tuple(_threshold(level, mark, opening, within) for level, mark in marks if opening.scored)
    reached = [row.chance for row in rows] + [0.0]
    exactly = [max(0.0, reached[i] - reached[i + 1]) for i in range(len(rows))] or [0.0] * len(LEVELS)
    worth = [round(float(available) * chance * share, 10) for chance, share in zip(exactly, shares, strict=True)]
    return IndicatorChance(
        indicator=use.id,
        segment=terms.segment,
        outcome=names[0],
        title=names[1],
        figure=use.figure,
        judged_by=use.judged_by,
        size=opening.size,
        size_unit=opening.unit,
        true_value=opening.true,
        true_from=opening.true_from,
        not_known=opening.reason,
        thresholds=rows,
        points_available=available,
        points_for_chance=round(sum(worth), 10),
        by_level=(worth[0], worth[1], worth[2]),
        curve=power_curve(opening, [row.mark for row in rows]) if rows else (),
    )


def thresholds_in(use: IndicatorUse, terms: SegmentTerms, year: int) -> list[tuple[Level, Fraction]]:
    """The thresholds that hold in a year, good first; none before all of them do: it is not scored."""
    agreed = terms.thresholds or use.thresholds
    if agreed is None:
        return []
    found = [(level, in_year(getattr(agreed, level), year)[0]) for level in LEVELS]
    known = [(level, mark) for level, mark in found if mark is not None]
    return known if len(known) == len(LEVELS) else []


def _threshold(level: Level, threshold: Fraction, opening: Opening, within: float) -> ThresholdChance:
    sampling, scale = opening.sampling, opening.scale
    assert sampling is not None and opening.size
    mark = opening.mark(threshold)
    chance = sampling.chance(mark)
    size = sampling.sound_size(mark, within)
    needed = [sampling.needed(mark, certainty) for certainty in (0.8, 0.95)]
    return ThresholdChance(
        level=level,
        threshold=threshold,
        mark=mark,
        chance=round(chance, 10),
        sound=chance <= within,
        true_80=None if needed[0] is None else round(needed[0], 10),
        true_95=None if needed[1] is None else round(needed[1], 10),
        sound_size=None if size is None else round(size * scale, 4),
        years_together=None if size is None else max(1, math.ceil(size * scale / opening.size - 1e-9)),
        sound_threshold=round(opening.threshold(sampling.sound_mark(within)), 10),
    )
