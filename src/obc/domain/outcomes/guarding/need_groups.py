"""Parking and cherry-picking: who gets less, who falls behind, and who no longer comes in, by need group."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from obc.domain.core.statistics import normal_rise, ratio_of_sums, share_rise
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.measurement.records.plain_counts import CareOf, PlainCounts
from obc.domain.outcomes.guarding.look import MARGINS, Kind, Look, look
from obc.domain.outcomes.guarding.times import Measured


def need_groups(definitions: Sequence[IndicatorDefinition], measured: Measured, counts: PlainCounts) -> Iterator[Look]:
    """Each segment against all others: spend for the time in care, outcome, and its share of those who came in.

    The same people are in both years, so that their chances vary less than is allowed for: alarms are the fewer.
    """
    before, now = (
        {one.segment: one for one in counts.care if one.period == period}
        for period in (measured.times.before, measured.times.now)
    )
    for segment in measured.segments:
        if segment in before and segment in now:
            yield _spend(segment, before, now)
            yield _joined(segment, before, now)
    for definition in definitions:
        if definition.measure == "proportion":
            for segment in measured.segments:
                pair, whole = measured.pair(definition.id, segment), measured.pair(definition.id, ALL)
                if pair and whole:
                    yield _outcome(definition, segment, pair, whole)


def _spend(segment: str, before: dict[str, CareOf], now: dict[str, CareOf]) -> Look:
    """The segment's spend for a day over everybody else's, and how surely that has fallen."""
    logs, variances = [], []
    for held in (before, now):
        own, own_error = ratio_of_sums(*_sums([held[segment]]))
        rest, rest_error = ratio_of_sums(*_sums([one for name, one in held.items() if name != segment]))
        logs.append(float(np.log(own) - np.log(rest)))
        variances.append(float(own_error**2 + rest_error**2))
    kind: Kind = "spend on a segment"
    chance = normal_rise(logs[0] - logs[1], math.sqrt(sum(variances)), -math.log(1 - MARGINS[kind]))
    units = (before[segment].people, now[segment].people)
    return look(kind, math.exp(logs[0]), math.exp(logs[1]), units, chance, segment=segment)


def _sums(cells: Sequence[CareOf]) -> tuple[float, float, float, float, float, int]:
    return (
        float(sum(one.spend_minor for one in cells)),
        float(sum(one.days for one in cells)),
        float(sum(one.spend_squared for one in cells)),
        float(sum(one.days_squared for one in cells)),
        float(sum(one.spend_days for one in cells)),
        sum(one.people for one in cells),
    )


def _joined(segment: str, before: dict[str, CareOf], now: dict[str, CareOf]) -> Look:
    x = before[segment].joined, now[segment].joined
    n = [sum(one.joined for one in held.values()) for held in (before, now)]
    kind: Kind = "share of those who joined"
    chance = share_rise(x[1], n[1], x[0], n[0], MARGINS[kind])
    shares = [part / whole if whole else None for part, whole in zip(x, n, strict=True)]
    return look(kind, shares[0], shares[1], (n[0], n[1]), chance, segment=segment)


def _outcome(
    definition: IndicatorDefinition,
    segment: str,
    pair: tuple[IndicatorValue, IndicatorValue],
    whole: tuple[IndicatorValue, IndicatorValue],
) -> Look:
    """How far the segment is ahead of all others, and how surely it has fallen behind."""
    gaps, variance, few = [], 0.0, False
    for own, everybody in zip(pair, whole, strict=True):
        x, n = float(own.numerator or 0), float(own.denominator or 0)
        others = float(everybody.numerator or 0) - x, float(everybody.denominator or 0) - n
        gap = 0.0
        for sign, (part, of) in ((1, (x, n)), (-1, others)):
            few = few or of < 30
            share = (part + 1) / (of + 2)
            gap += sign * share
            variance += share * (1 - share) / (of + 2)
        gaps.append(gap if definition.direction == "higher is better" else -gap)
    kind: Kind = "outcome of a segment"
    chance = None if few else normal_rise(gaps[0] - gaps[1], math.sqrt(variance), MARGINS[kind])
    units = float(pair[0].denominator or 0), float(pair[1].denominator or 0)
    return look(kind, gaps[0], gaps[1], units, chance, indicator=definition.id, segment=segment)
