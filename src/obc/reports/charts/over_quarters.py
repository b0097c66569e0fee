"""An indicator over quarters: value, 95 % interval and the thresholds, one small picture a segment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import NOT_MEASURABLE

_PANEL = {"width": 268, "height": 150}
_LABEL = 15
"""Pixels from one label to the next."""
_DASHES = {"good": [2, 3], "improved": [6, 3], "excellent": [1, 0]}


@dataclass(frozen=True, slots=True)
class Observed:
    """One quarter: what it is called on the axis, its value and interval; None where there is none to show."""

    quarter: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    missing: str = NOT_MEASURABLE


@dataclass(frozen=True, slots=True)
class Panel:
    """One segment: its quarters in order, and the thresholds by level."""

    segment: str
    observed: tuple[Observed, ...]
    thresholds: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How the values read: a share of one shown as per cent, or a number with a unit."""

    unit: str
    percent: bool
    places: int


def over_quarters(name: str, title: str, sentence: str, panels: Sequence[Panel], scale: Scale) -> Chart:
    """Small multiples on one scale, so that segments can be compared; thresholds are lines of their own dash."""
    low, high = _range(panels)
    percent = ".0%" if high - low > 0.04 else ".1%"
    axis = alt.Axis(format=percent if scale.percent else ",~f", tickCount=5)
    along = alt.Scale(domain=[low, high], nice=True)
    quarters = list(dict.fromkeys(entry.quarter for panel in panels for entry in panel.observed))
    x = alt.X("quarter:N", sort=quarters, title=None, axis=alt.Axis(labelAngle=-40, grid=False))
    layers = _layers(x, lambda field: alt.Y(f"{field}:Q", title=None, scale=along, axis=axis))
    picture = (
        alt.layer(*layers, data=drawn_from(_rows(panels, (high - low) * _LABEL / _PANEL["height"])))
        .properties(**_PANEL)
        .facet(alt.Facet("segment:N", sort=[panel.segment for panel in panels], title=None), columns=2, spacing=18)
        .resolve_axis(x="independent", y="independent")
    )
    return draw(name, title, sentence, _table(title, panels, scale), picture)


def _rows(panels: Sequence[Panel], apart: float) -> list[dict[str, Any]]:
    """Quarters and thresholds of all segments; a row has either a `quarter` or a `level`."""
    rows: list[dict[str, Any]] = []
    for panel in panels:
        for entry in panel.observed:
            figures = {"value": _f(entry.value), "lower": _f(entry.lower), "upper": _f(entry.upper)}
            rows.append({"segment": panel.segment, "quarter": entry.quarter, **figures})
        marks = [{"segment": panel.segment, "level": level, "mark": float(at)} for level, at in panel.thresholds]
        rows += _apart(marks, apart)
    return rows


def _layers(x: alt.X, y: Callable[[str], alt.Y]) -> list[alt.Chart]:
    quarters = alt.Chart().transform_filter("isValid(datum.quarter)").encode(x=x)
    levels = alt.Chart().transform_filter("isValid(datum.level)")
    dashes = alt.Scale(domain=list(_DASHES), range=list(_DASHES.values()))
    return [
        levels.mark_rule(color=palette.REACHED, strokeWidth=1.25).encode(
            y=y("mark"), strokeDash=alt.StrokeDash("level:N", scale=dashes, legend=None)
        ),
        quarters.mark_rule(color=palette.EARNED, strokeWidth=1.5, clip=True).encode(y=y("lower"), y2="upper:Q"),
        quarters.mark_line(color=palette.EARNED, strokeWidth=2, invalid="break-paths-show-domains").encode(
            y=y("value")
        ),
        quarters.mark_point(filled=True, fill=palette.EARNED, size=45, opacity=1, invalid="filter").encode(
            y=y("value")
        ),
        levels.mark_text(align="left", dx=4, color=palette.REACHED, fontSize=12).encode(
            x=alt.XValue(_PANEL["width"]), y=y("label"), text="level:N"
        ),
    ]


def _apart(marks: list[dict[str, Any]], apart: float) -> list[dict[str, Any]]:
    """With a place for each threshold's name, far enough above the one below it."""
    below = None
    for mark in sorted(marks, key=lambda mark: mark["mark"]):
        below = mark["label"] = mark["mark"] if below is None else max(mark["mark"], below + apart)
    return marks


def _range(panels: Sequence[Panel]) -> tuple[float, float]:
    """From the lowest to the highest value, threshold and limit of the first panel, with a little room; never empty.

    The limits of the other panels do not count: those of a small group would press all others flat.
    """
    marks = [float(mark) for panel in panels for _, mark in panel.thresholds]
    marks += [float(entry.value) for panel in panels for entry in panel.observed if entry.value is not None]
    marks += [float(limit) for panel in panels[:1] for limit in _limits(panel)]
    if not marks:
        return 0.0, 1.0
    low, high = min(marks), max(marks)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (max(0.0, low - room) if low >= 0 else low - room), high + room


def _limits(panel: Panel) -> list[Decimal]:
    return [limit for entry in panel.observed for limit in (entry.lower, entry.upper) if limit is not None]


def cut(panels: Sequence[Panel]) -> bool:
    """Whether an interval leaves the picture."""
    low, high = _range(panels)
    return any(not low <= float(limit) <= high for panel in panels for limit in _limits(panel))


def _table(title: str, panels: Sequence[Panel], scale: Scale) -> Table:
    kind = "percent" if scale.percent else "number"
    columns = (
        Column("Segment"),
        Column("Quarter"),
        Column("Value", kind, scale.places),
        Column("Lower 95% limit", kind, scale.places),
        Column("Upper 95% limit", kind, scale.places),
    )
    rows: list[tuple[Cell, ...]] = []
    for panel in panels:
        for entry in panel.observed:
            figures = (entry.value, entry.lower, entry.upper)
            rows.append((panel.segment, entry.quarter, *(entry.missing if f is None else f for f in figures)))
    return Table(caption=f"{title} ({scale.unit})", columns=columns, rows=tuple(rows))


def _f(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
