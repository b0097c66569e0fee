"""Published: indicator values as a profile lets them be shown, with what is hidden said to be hidden."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import Estimate, proportion, rate
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.publication.publication import Publication
from obc.domain.outcomes.publication.suppression import Profile

Shown = Literal["shown", "suppressed", "missing", "not measurable"]
_PLACES = Context(prec=10)
_BOTH = (0.95, 0.998)


class PublishedValue(BaseModel):
    """One indicator, period, segment and provider as it may be shown. Hidden figures are None, and `shown` says why.

    Limits are of 95 % and 99.8 %, from the counts as shown; a mean has those it was measured with, where counts are
    exact. Value and limits are in the unit of the indicator (shares of one, events per its multiplier). Where an
    indicator is compared with a population, `ratio` is the events shown over those `expected`, with limits of 95 %.
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
    expected: Decimal | None = None
    ratio: Decimal | None = None
    ratio_lower_95: float | None = None
    ratio_upper_95: float | None = None
    shown: Shown


def published(
    values: Iterable[IndicatorValue],
    definitions: Mapping[str, IndicatorDefinition],
    years: Sequence[Period],
    profile: Profile,
) -> tuple[PublishedValue, ...]:
    """Every value as the profile shows it, in the order of their keys. All values are looked at together: see
    `Publication`."""
    held = sorted((one for one in values if one.indicator in definitions), key=lambda one: one.key)
    publication = Publication.of(held, years, profile)
    shown = [_shown(one, definitions[one.indicator], profile, one.key in publication.hidden) for one in held]
    _add_limits(shown, definitions)
    return tuple(PublishedValue.model_construct(**fields) for fields in shown)


def as_values(shown: Iterable[PublishedValue]) -> tuple[IndicatorValue, ...]:
    """What is shown as indicator values again; what is hidden or missing is not there."""
    return tuple(
        IndicatorValue(
            indicator=one.indicator,
            segment=one.segment,
            provider=one.provider,
            period_start=one.period.start,
            period_end=one.period.end,
            measure=one.measure,
            numerator=one.numerator,
            denominator=one.denominator,
            value=one.value,
            expected=one.expected,
            ratio=one.ratio,
        )
        for one in shown
        if one.shown == "shown"
    )


def _shown(one: IndicatorValue, definition: IndicatorDefinition, profile: Profile, hide: bool) -> dict[str, Any]:
    bare = {
        "indicator": one.indicator,
        "segment": one.segment,
        "provider": one.provider,
        "period": Period(start=one.period_start, end=one.period_end),
        "measure": one.measure,
        "shown": "missing",
    }
    if one.denominator is None:
        return bare
    if hide:
        return bare | {"shown": "suppressed"}
    if not one.denominator:
        return bare | {"denominator": one.denominator, "shown": "not measurable"}
    exact = profile.rounded_to == 1
    top, under = one.numerator or Decimal(0), one.denominator
    if not exact:
        top = top if one.measure == "mean" else Decimal(profile.rounded(int(top)))
        under = under if one.measure == "rate" else Decimal(profile.rounded(int(under)))
    if one.measure == "mean":
        limits = {"lower_95": _float(one.lower_95), "upper_95": _float(one.upper_95)} if exact else {}
        mean = {"numerator": top if exact else None, "denominator": under, "value": one.value, "shown": "shown"}
        return bare | mean | limits
    scale = DAYS_A_YEAR * definition.multiplier if one.measure == "rate" else Decimal(1)
    if not under:
        return bare | {"numerator": top, "denominator": under, "shown": "not measurable"}
    figures = {"numerator": top, "denominator": under, "value": _PLACES.divide(top * scale, under), "shown": "shown"}
    if one.expected:
        figures |= {"expected": one.expected, "ratio": _PLACES.divide(top, one.expected)}
    return bare | figures


def _add_limits(shown: Sequence[dict[str, Any]], definitions: Mapping[str, IndicatorDefinition]) -> None:
    """Limits from the counts as shown, worked out for all values of a measure at once."""
    figures = [fields for fields in shown if fields["shown"] == "shown"]
    shares = [fields for fields in figures if fields["measure"] == "proportion"]
    rates = [fields for fields in figures if fields["measure"] == "rate"]
    ratios = [fields for fields in rates if "ratio" in fields]
    values = ("lower_95", "lower_998"), ("upper_95", "upper_998")
    if shares:
        _put(shares, values, proportion(*_counts(shares), confidence=_BOTH), np.ones(len(shares)))
    if rates:
        scales = [float(DAYS_A_YEAR) * definitions[fields["indicator"]].multiplier for fields in rates]
        _put(rates, values, rate(*_counts(rates), confidence=_BOTH, multiplier=1), np.array(scales))
    if ratios:
        found = rate(*_counts(ratios, "expected"), confidence=_BOTH[:1], multiplier=1)
        _put(ratios, (("ratio_lower_95",), ("ratio_upper_95",)), found, np.ones(len(ratios)))


def _counts(rows: Sequence[dict[str, Any]], under: str = "denominator") -> tuple[list[float], list[float]]:
    return [float(fields["numerator"]) for fields in rows], [float(fields[under]) for fields in rows]


def _put(
    rows: Sequence[dict[str, Any]], names: Sequence[Sequence[str]], found: Estimate, scales: npt.NDArray[np.float64]
) -> None:
    for side, limits in zip(names, (found.lower, found.upper), strict=True):
        for name, column in zip(side, limits, strict=True):
            for fields, limit in zip(rows, column * scales, strict=True):
                fields[name] = None if np.isnan(limit) else round(float(limit), 10)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
