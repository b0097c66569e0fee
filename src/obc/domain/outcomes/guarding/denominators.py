"""Denominator drift: whether as many are counted as a year before, for the time that people spend in care."""

from collections.abc import Iterator, Sequence

from obc.domain.core.statistics import dispersion, either_way, rate_rise
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.guarding.exclusions import units_of
from obc.domain.outcomes.guarding.look import MARGINS, Look, look
from obc.domain.outcomes.guarding.times import Measured

A_HUNDRED = 100 * float(DAYS_A_YEAR)
"""Days in a hundred person-years."""


def denominators(definitions: Sequence[IndicatorDefinition], measured: Measured) -> Iterator[Look]:
    """Units counted per hundred person-years in the segment, or a year where no indicator measures person-time."""
    time = next((one.id for one in definitions if one.measure == "rate"), None)
    counted = [one for one in definitions if one.measure != "rate"]
    spread = dispersion(*_quarters(counted, time, measured))
    for definition in counted:
        for segment in (ALL, *measured.segments):
            pair = measured.pair(definition.id, segment)
            days = measured.pair(time, segment) if time else None
            if pair is None or (time and days is None):
                continue
            units = [units_of(definition, one) for one in pair]
            spans = [
                float(one.denominator or 0) / A_HUNDRED if days else (one.period_end - one.period_start).days / 365.25
                for one in days or pair
            ]
            factor = MARGINS["counted a year"]
            chance = either_way(
                rate_rise(units[0], spans[0], units[1], spans[1], factor, spread),
                rate_rise(units[1], spans[1], units[0], spans[0], factor, spread),
            )
            yield look(
                "counted a year",
                units[0] / spans[0],
                units[1] / spans[1],
                (units[0], units[1]),
                chance,
                indicator=definition.id,
                segment=segment,
                about="per 100 person-years" if days else "a year",
            )


def _quarters(
    definitions: Sequence[IndicatorDefinition], time: str | None, measured: Measured
) -> tuple[list[float], list[float], list[float], int]:
    """Counts of quarters, those expected if the year's rate had held in each, and the years that gave the rates."""
    counts: list[float] = []
    expected: list[float] = []
    lost = 0
    for definition in definitions:
        for values in measured.quarters(definition.id):
            days = {(one.period_start, one.period_end): float(one.denominator or 0) for one in _time(time, measured)}
            spans = [days.get((one.period_start, one.period_end), 0.0) if time else 1.0 for one in values]
            units = [float(units_of(definition, one)) for one in values]
            if len(units) > 1 and all(spans):
                counts += units
                expected += [sum(units) * span / sum(spans) for span in spans]
                lost += 1
    return counts, expected, expected, lost


def _time(time: str | None, measured: Measured) -> list[IndicatorValue]:
    return [one for values in measured.quarters(time) for one in values] if time else []
