"""Signals: a control chart for each indicator and segment, which says what is chance and what has changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, StringConstraints

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import ControlChart, p_chart, u_chart, xmr
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.scoring.judging import figure_of

Kind = Literal["p", "u", "XmR"]
"""Proportions, events in person-time, single values."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rebase(_Row):
    """From a day on, an indicator's chart starts anew. It says why: a chart must not be re-based to look better."""

    indicator: str
    starts: date
    reason: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class ChartPoint(_Row):
    """One period. Missing figures stay missing; `rules` are those of Making Data Count that the point meets."""

    period: Period
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    signal: str
    rules: tuple[str, ...]
    not_known: str


class Signals(_Row):
    """One indicator in one segment over time.

    `variation` is what the last point says; `assurance` whether the process, as it runs, will meet `target`.
    `provisional`: there are too few points for limits that hold.
    """

    kind: Kind
    improvement: Literal["increase", "decrease"]
    target: float | None
    points: tuple[ChartPoint, ...]
    variation: str
    assurance: str
    provisional: bool
    rebased: tuple[Rebase, ...]


def signals_of(
    definition: IndicatorDefinition,
    figure: Literal["value", "ratio"],
    values: Mapping[Period, IndicatorValue],
    periods: Sequence[Period],
    target: float | None,
    rebased: Sequence[Rebase] = (),
) -> Signals:
    """The chart of `values` over `periods`; a period without a value is a gap.

    Re-basing before the first or after the last period changes nothing, and is left out.
    """
    held = [values.get(period) for period in periods]
    used = [one for one in rebased if periods and periods[0].start < one.starts <= periods[-1].start]
    cuts = sorted({next(i for i, period in enumerate(periods) if period.start >= one.starts) for one in used})
    improvement: Literal["increase", "decrease"] = (
        "increase" if definition.direction == "higher is better" else "decrease"
    )
    chart, kind = _chart(definition, figure, held, improvement, target, cuts)
    newest = cuts[-1] if cuts else 0
    return Signals(
        kind=kind,
        improvement=improvement,
        target=target,
        points=tuple(_point(chart, i, period) for i, period in enumerate(periods)),
        variation=str(chart.variation),
        assurance=str(chart.assurance),
        provisional=bool(chart.short[newest:].any()),
        rebased=tuple(used),
    )


def _chart(
    definition: IndicatorDefinition,
    figure: Literal["value", "ratio"],
    held: Sequence[IndicatorValue | None],
    improvement: Literal["increase", "decrease"],
    target: float | None,
    cuts: Sequence[int],
) -> tuple[ControlChart, Kind]:
    usable = [one if one and one.evidence.usable else None for one in held]
    top = [float(one.numerator) if one and one.numerator is not None else np.nan for one in usable]
    if figure == "ratio":
        size = [float(one.expected) if one and one.expected else np.nan for one in usable]
        return u_chart(top, size, improvement=improvement, target=target, rebase=cuts), "u"
    under = [float(one.denominator) if one and one.denominator else np.nan for one in usable]
    if definition.measure == "proportion":
        return p_chart(top, under, improvement=improvement, target=target, rebase=cuts), "p"
    if definition.measure == "rate":
        days = float(DAYS_A_YEAR) * definition.multiplier
        size = [one / days for one in under]
        return u_chart(top, size, improvement=improvement, target=target, rebase=cuts), "u"
    means = [figure_of(one)[0] for one in usable]
    shown = [np.nan if one is None else float(one) for one in means]
    return xmr(shown, improvement=improvement, target=target, rebase=cuts), "XmR"


def _point(chart: ControlChart, i: int, period: Period) -> ChartPoint:
    flags = (
        ("outside the limits", chart.outside),
        ("seven running one way", chart.trend),
        ("two of three near a limit", chart.two_of_three),
        ("seven on one side", chart.shift),
    )
    return ChartPoint(
        period=period,
        value=_there(chart.value[i]),
        centre=_there(chart.centre[i]),
        lower=_there(chart.lower[i]),
        upper=_there(chart.upper[i]),
        signal=str(chart.point[i]),
        rules=tuple(name for name, met in flags if met[i]),
        not_known=str(chart.reason[i]),
    )


def _there(number: float) -> float | None:
    return None if np.isnan(number) else round(float(number), 10)
