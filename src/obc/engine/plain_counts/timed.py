"""How long it took, on either side of a limit: the definition measured again with its limit moved.

A definition that counts what happens from the anchor to so long after it is asked with later and earlier ends; what
one end counts more than the one before it happened in between.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import duckdb

from obc.domain.core.kernel.period import Duration, Period
from obc.domain.measurement.indicators.conditions import Count
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL
from obc.domain.measurement.indicators.windows import Point, Window
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.plain_counts import Timed
from obc.engine.indicators.measure import measure

BINS = 3
"""Bins on either side."""
_WEEK = 7


class _Limit(NamedTuple):
    condition: Count
    size: int
    width: int
    hours: bool


def timed(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    lists: Mapping[str, CodeList],
    periods: Sequence[Period],
    absent: Sequence[str] = (),
) -> Iterator[Timed]:
    """Of every indicator with one limit of days or hours after the anchor that is wide enough for three bins."""
    found = [(definition, limit) for definition in definitions if (limit := _limit_of(definition))]
    moved = [
        (definition, limit, shift, _moved(definition, limit, shift))
        for definition, limit in found
        for shift in range(-BINS, BINS + 1)
    ]
    values = measure(connection, [one for *_, one in moved], lists, periods, segments=(), providers=(), absent=absent)
    counted = {(v.indicator, v.period_start): int(v.numerator or 0) for v in values if v.segment == v.provider == ALL}
    for definition, limit in found:
        for period in periods:
            ends = [counted.get((_name(definition, shift), period.start), 0) for shift in range(-BINS, BINS + 1)]
            steps = [max(0, later - earlier) for earlier, later in pairwise(ends)]
            yield Timed(
                period=period,
                indicator=definition.id,
                limit=str(limit.condition.between.last.offset),
                width=limit.width,
                unit="hours" if limit.hours else "days",
                inside=(steps[2], steps[1], steps[0]),
                outside=(steps[3], steps[4], steps[5]),
            )


def _limit_of(definition: IndicatorDefinition) -> _Limit | None:
    """The only condition of the numerator, where it counts at least one row from the anchor to a limit."""
    if len(definition.numerator) != 1 or not isinstance(definition.numerator[0], Count):
        return None
    condition = definition.numerator[0]
    first, last = condition.between.first, condition.between.last
    size = last.offset.hours or last.offset.days
    starts = first.mark == "anchor" and first.offset == Duration()
    if not starts or last.mark != "anchor" or last.offset.months or condition.bounds != (1, None):
        return None
    # whole weeks where the limit is one, since appointments follow the days of the week
    width = _WEEK if not last.offset.hours and size % _WEEK == 0 and size > _WEEK * BINS else size // (BINS + 1)
    return _Limit(condition, size, width, bool(last.offset.hours)) if width else None


def _moved(definition: IndicatorDefinition, limit: _Limit, shift: int) -> IndicatorDefinition:
    end = limit.size + shift * limit.width
    offset = Duration(hours=end) if limit.hours else Duration(days=end)
    window = Window(first=limit.condition.between.first, last=Point(mark="anchor", offset=offset))
    condition = limit.condition.model_copy(update={"between": window})
    return definition.model_copy(update={"id": _name(definition, shift), "numerator": (condition,)})


def _name(definition: IndicatorDefinition, shift: int) -> str:
    return f"{definition.id}-{BINS + shift}"
