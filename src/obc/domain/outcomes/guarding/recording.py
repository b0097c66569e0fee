"""Recording that stops or starts: what each provider writes down, quarter by quarter, against a year before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.statistics import either_way, rate_rise, share_rise, successive_dispersion
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL
from obc.domain.measurement.records.plain_counts import PlainCounts
from obc.domain.outcomes.guarding.exclusions import beside, leaves_out
from obc.domain.outcomes.guarding.look import MARGINS, Look, look
from obc.domain.outcomes.guarding.times import Measured

_FEWEST = 20
"""Entries of both quarters together below which nothing is said: too few to have stopped."""


def recording(definitions: Sequence[IndicatorDefinition], measured: Measured, counts: PlainCounts) -> Iterator[Look]:
    """Entries of a table and provider in each quarter, and in the same quarter a year before; and of indicators whose
    unknowns count as not reached, how many are unknown: such a figure rises by writing down alone.
    """
    yield from _not_recorded(definitions, measured)
    months: dict[tuple[str, str], dict[object, int]] = defaultdict(dict)
    for one in counts.entries:
        months[one.table, one.provider][one.month] = one.entries
    times = measured.times
    for (table, provider), held in sorted(months.items()):
        course = [held.get(month, 0) for period in (times.before, times.now) for month in _months(period)]
        spread = successive_dispersion(course)
        for before, now in zip(times.quarters_before, times.quarters_now, strict=True):
            x = [sum(held.get(month, 0) for month in _months(quarter)) for quarter in (before, now)]
            if sum(x) < _FEWEST:
                continue
            factor = MARGINS["entries a quarter"]
            chance = either_way(
                rate_rise(x[0], 1, x[1], 1, factor, spread), rate_rise(x[1], 1, x[0], 1, factor, spread)
            )
            yield look(
                "entries a quarter",
                x[0],
                x[1],
                (x[0], x[1]),
                chance,
                provider=provider,
                about=table,
                quarter=now,
            )


def _not_recorded(definitions: Sequence[IndicatorDefinition], measured: Measured) -> Iterator[Look]:
    for definition in definitions:
        if leaves_out(definition) or definition.measure != "proportion":
            continue
        for provider in (ALL, *measured.providers):
            pair = measured.pair(definition.id, ALL, provider)
            if pair is None or None in (pair[0].unknown, pair[1].unknown):
                continue
            x = [int(one.unknown or 0) for one in pair]
            n = [int(one.denominator or 0) for one in pair]
            if not any(x):
                continue
            margin = MARGINS["not recorded"]
            chance = either_way(share_rise(x[0], n[0], x[1], n[1], margin), share_rise(x[1], n[1], x[0], n[0], margin))
            yield look(
                "not recorded",
                x[0] / n[0],
                x[1] / n[1],
                (n[0], n[1]),
                chance,
                indicator=definition.id,
                provider=provider,
                **beside(pair),
            )


def _months(period: Period) -> list[object]:
    first = period.start.replace(day=1)
    number = (period.after.year - first.year) * 12 + period.after.month - first.month
    return [add_months(first, i) for i in range(number)]
