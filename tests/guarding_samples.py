"""Two years of made-up values and plain counts, drawn from one truth that does not change: nothing to find in them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np

from obc.domain.core.kernel.period import Period, add_months
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.measurement.records.plain_counts import CareOf, Clustered, Decided, Entries, PlainCounts, Rated, Timed
from obc.domain.outcomes.guarding.guard import looks_at
from obc.domain.outcomes.guarding.look import Look
from obc.domain.outcomes.guarding.times import Measured, Times
from shipped import DEFINITIONS, read

BEFORE = Period.of_months(date(2026, 4, 1), 12)
NOW = Period.of_months(date(2027, 4, 1), 12)
TIMES = Times(BEFORE, NOW, tuple(BEFORE.parts(3)), tuple(NOW.parts(3)))
SEGMENTS, PROVIDERS = ("hardest", "middling", "easiest"), ("RNU", "OX1")
LEFT_OUT, TIMELY, TIME = "recovery-star-improvement", "start-of-support", "mortality"


@cache
def definitions() -> tuple[IndicatorDefinition, ...]:
    """Three shipped definitions: one that leaves unknowns out, one with a limit of time, one over person-time."""
    return tuple(
        read(DEFINITIONS / "indicators" / f"{name}.yaml", IndicatorDefinition) for name in (LEFT_OUT, TIMELY, TIME)
    )


def honest(rng: np.random.Generator) -> tuple[dict, PlainCounts]:
    """Values and counts of both years."""
    return values(rng), counts(rng)


def looks(held: dict, plain: PlainCounts, false_alarms: float = 0.05) -> tuple[Look, ...]:
    """All looks at them."""
    return looks_at(definitions(), Measured(held, TIMES, SEGMENTS, PROVIDERS), plain, false_alarms)


def values(rng: np.random.Generator) -> dict:
    """By indicator, segment, provider and period; quarters are parts of their year."""
    held = {}
    for definition in definitions():
        for year, quarters in ((BEFORE, TIMES.quarters_before), (NOW, TIMES.quarters_now)):
            for segment, provider in [(ALL, ALL), *((s, ALL) for s in SEGMENTS), *((ALL, p) for p in PROVIDERS)]:
                size = 1200 if (segment, provider) == (ALL, ALL) else 400
                parts = [_drawn(rng, definition, segment, provider, quarter, size / 4) for quarter in quarters]
                whole = _added(parts, year)
                for one in (*parts, whole):
                    period = Period(start=one.period_start, end=one.period_end)
                    held[definition.id, segment, provider, period] = one
    return held


def _drawn(
    rng: np.random.Generator, definition: IndicatorDefinition, segment: str, provider: str, period: Period, size: float
) -> IndicatorValue:
    units = int(rng.poisson(size))
    unknown = int(rng.binomial(units, 0.2)) if definition.id == LEFT_OUT else 0
    top, under = rng.binomial(units - unknown, 0.4), units - unknown
    if definition.measure == "rate":
        top, under = rng.poisson(5), 30_000
    return IndicatorValue(
        indicator=definition.id,
        segment=segment,
        provider=provider,
        period_start=period.start,
        period_end=period.end,
        measure=definition.measure,
        numerator=Decimal(int(top)),
        denominator=Decimal(int(under)),
        unknown=unknown,
        value=Decimal(int(top)) / Decimal(max(1, int(under))),
    )


def _added(parts: list[IndicatorValue], year: Period) -> IndicatorValue:
    return parts[0].model_copy(
        update={
            "period_start": year.start,
            "period_end": year.end,
            **{name: sum(getattr(one, name) for one in parts) for name in ("numerator", "denominator", "unknown")},
        }
    )


def counts(rng: np.random.Generator) -> PlainCounts:
    """The same truth in both years."""
    return PlainCounts(
        entries=tuple(
            Entries(table=table, provider=provider, month=add_months(BEFORE.start, i), entries=int(rng.poisson(80)))
            for table in ("contacts", "scores")
            for provider in PROVIDERS
            for i in range(24)
        ),
        clusters=tuple(one for period in (BEFORE, NOW) for one in _clusters(rng, period)),
        care=tuple(_care(rng, period, segment) for period in (BEFORE, NOW) for segment in SEGMENTS),
        scope=tuple(one for period in (BEFORE, NOW) for one in _scope(rng, period)),
        raters=tuple(
            _rated(rng, period, raters, size)
            for period in (BEFORE, NOW)
            for raters, size in (("the same", 500), ("different", 120))
        ),
        times=tuple(timed(period, rng.poisson([90, 95, 100]), rng.poisson([86, 80, 75])) for period in (BEFORE, NOW)),
    )


def _clusters(rng: np.random.Generator, period: Period) -> list[Clustered]:
    found = []
    for cluster, recorded in zip(("04", "08", "12"), rng.multinomial(1500, (0.5, 0.2, 0.3)), strict=True):
        totals = rng.normal(18, 5, recorded // 2)
        found.append(clustered(period, cluster, int(recorded), totals))
    return found


def clustered(period: Period, cluster: str, recorded: int, totals: np.ndarray) -> Clustered:
    """A cluster with the totals of those scored."""
    return Clustered(
        period=period,
        cluster=cluster,
        recorded=recorded,
        scored=len(totals),
        total=Decimal(str(round(totals.sum(), 6))),
        squares=Decimal(str(round((totals**2).sum(), 6))),
    )


def _care(rng: np.random.Generator, period: Period, segment: str) -> CareOf:
    return care(rng, period, segment, 10_000.0, int(rng.poisson(300)))


def care(rng: np.random.Generator, period: Period, segment: str, a_day: float, joined: int) -> CareOf:
    """Six hundred people with days in care and what is spent on each a day."""
    days = rng.integers(30, 366, 600)
    spend = np.rint(days * rng.gamma(2, a_day / 2, 600)).astype(np.int64)
    return CareOf(
        period=period,
        segment=segment,
        people=600,
        days=int(days.sum()),
        spend_minor=int(spend.sum()),
        days_squared=int((days**2).sum()),
        spend_squared=sum(int(one) ** 2 for one in spend),
        spend_days=int((spend * days).sum()),
        joined=joined,
    )


def _scope(rng: np.random.Generator, period: Period) -> list[Decided]:
    people = rng.multinomial(5000, (0.3, 0.1, 0.6))
    rules = (("served", "in"), ("mild", "later"), ("not-in-care", "out"))
    return [
        Decided(period=period, rule=rule, status=status, people=int(count))
        for (rule, status), count in zip(rules, people, strict=True)
    ]


def _rated(rng: np.random.Generator, period: Period, raters: str, size: int) -> Rated:
    return rated(period, raters, rng.normal(2, 3, int(rng.poisson(size))))


def rated(period: Period, raters: str, gains: np.ndarray) -> Rated:
    """Pairs with their gains."""
    return Rated(
        period=period,
        indicator=LEFT_OUT,
        raters=raters,
        pairs=len(gains),
        total=Decimal(str(round(gains.sum(), 6))),
        squares=Decimal(str(round((gains**2).sum(), 6))),
    )


def timed(period: Period, inside: np.ndarray, outside: np.ndarray) -> Timed:
    """Three weeks on either side of 28 days, from the limit outwards."""
    return Timed(
        period=period,
        indicator=TIMELY,
        limit="28 days",
        width=7,
        unit="days",
        inside=tuple(map(int, inside)),
        outside=tuple(map(int, outside)),
    )


def now_replaced(held: tuple, replace: Callable) -> tuple:
    """The rows with those of this year put through `replace`."""
    return tuple(replace(one) if one.period == NOW else one for one in held)
