"""Published: indicator values as a profile lets them be shown, with what is hidden said to be hidden."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import proportion, rate
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.publication.suppression import Counts, Place, Profile, hidden

Shown = Literal["shown", "suppressed", "missing", "not measurable"]
_PLACES = Context(prec=10)


class PublishedValue(BaseModel):
    """One indicator, period, segment and provider as it may be shown. Hidden figures are None, and `shown` says why.

    Limits are of 95 % and 99.8 %, from the counts as shown; a mean has those it was measured with, where counts are
    exact. Value and limits are in the unit of the indicator (shares of one, events per its multiplier).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    segment: str
    provider: str
    period: Period
    measure: Literal["proportion", "rate", "mean"]
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    lower_95: float | None = None
    upper_95: float | None = None
    lower_998: float | None = None
    upper_998: float | None = None
    shown: Shown


def published(
    values: Iterable[IndicatorValue],
    definitions: Mapping[str, IndicatorDefinition],
    years: Sequence[Period],
    profile: Profile,
) -> tuple[PublishedValue, ...]:
    """Every value as the profile shows it, in the order of their keys.

    Suppression looks at each indicator and year as one table of segments, providers and quarters with their totals,
    so that no difference between them brings a small count back.
    """
    held = sorted((one for one in values if one.indicator in definitions), key=lambda one: one.key)
    tables: dict[tuple[str, int], dict[Place, Counts]] = {}
    where: dict[tuple[str, str, str, object, object], tuple[tuple[str, int], Place]] = {}
    for one in held:
        table, part = _table_of(one, years)
        place = (one.segment, one.provider, part)
        where[one.key] = table, place
        if one.denominator is not None and one.evidence.usable:
            tables.setdefault(table, {})[place] = _counts(one)
    hides = {table: hidden(cells, profile) for table, cells in tables.items()}
    return tuple(
        _shown(one, definitions[one.indicator], profile, where[one.key][1] in hides.get(where[one.key][0], frozenset()))
        for one in held
    )


def _table_of(one: IndicatorValue, years: Sequence[Period]) -> tuple[tuple[str, int], str]:
    """The indicator's year, and the part of it: `all` for the whole; a period outside every year is its own."""
    for i, year in enumerate(years):
        if one.period_start in year and one.period_end in year:
            whole = (one.period_start, one.period_end) == (year.start, year.end)
            return (one.indicator, i), ALL if whole else str(one.period_start)
    return (one.indicator, -one.period_start.toordinal()), ALL


def _counts(one: IndicatorValue) -> Counts:
    """The counts of people or events that the figures rest on. Person-days and sums of scores count nobody."""
    top, under = int(one.numerator or 0), int(one.denominator or 0)
    if one.measure == "proportion":
        return top, under, under - top
    return (top,) if one.measure == "rate" else (under,)


def _shown(one: IndicatorValue, definition: IndicatorDefinition, profile: Profile, hide: bool) -> PublishedValue:
    bare = PublishedValue(
        indicator=one.indicator,
        segment=one.segment,
        provider=one.provider,
        period=Period(start=one.period_start, end=one.period_end),
        measure=one.measure,
        shown="missing",
    )
    if one.denominator is None:
        return bare
    if hide:
        return bare.model_copy(update={"shown": "suppressed"})
    if not one.denominator:
        return bare.model_copy(update={"denominator": one.denominator, "shown": "not measurable"})
    exact = profile.rounded_to == 1
    top, under = one.numerator or Decimal(0), one.denominator
    if not exact:
        top = top if one.measure == "mean" else Decimal(profile.rounded(int(top)))
        under = under if one.measure == "rate" else Decimal(profile.rounded(int(under)))
    if one.measure == "mean":
        limits = {"lower_95": _float(one.lower_95), "upper_95": _float(one.upper_95)} if exact else {}
        mean = {"numerator": top if exact else None, "denominator": under, "value": one.value, "shown": "shown"}
        return bare.model_copy(update=mean | limits)
    scale = DAYS_A_YEAR * definition.multiplier if one.measure == "rate" else Decimal(1)
    if not under:
        return bare.model_copy(update={"numerator": top, "denominator": under, "shown": "not measurable"})
    figures = {"numerator": top, "denominator": under, "value": _PLACES.divide(top * scale, under), "shown": "shown"}
    return bare.model_copy(update=figures | _limits(one.measure, float(top), float(under), float(scale)))


def _limits(measure: str, top: float, under: float, scale: float) -> dict[str, float | None]:
    both = (0.95, 0.998)
    found = (
        proportion(top, under, confidence=both)
        if measure == "proportion"
        else rate(top, under, confidence=both, multiplier=scale)
    )
    names = ("lower_95", "lower_998"), ("upper_95", "upper_998")
    return {
        name: None if np.isnan(limit) else round(float(limit), 10)
        for side, limits in zip(names, (found.lower, found.upper), strict=True)
        for name, limit in zip(side, limits, strict=True)
    }


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
