"""An indicator over quarters: value, 95 % interval and the thresholds, one small picture a segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw
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
    """Small multiples on one scale, so that segments can be compared; thresholds are dashed lines with names."""
    low, high = _range(panels)
    axis = alt.Axis(
        format=".0%" if scale.percent and high - low > 0.04 else ".1%" if scale.percent else "~f", tickCount=5
    )
    drawn = [
        _panel(panel, (high - low) * _LABEL / _PANEL["height"], alt.Scale(domain=[low, high], nice=True), axis)
        for panel in panels
    ]
    picture = alt.concat(*drawn, columns=2, spacing=18)
    return draw(name, title, sentence, _table(title, panels, scale), picture)


def _panel(panel: Panel, apart: float, scale: alt.Scale, axis: alt.Axis) -> alt.LayerChart:
    names = [entry.quarter for entry in panel.observed]
    rows = [
        {"q": entry.quarter, "v": _f(entry.value), "l": _f(entry.lower), "u": _f(entry.upper)}
        for entry in panel.observed
    ]
    x = alt.X("q:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=alt.Axis(labelAngle=-40, grid=False))
    y = alt.Y("v:Q", title=None, scale=scale, axis=axis)
    base = alt.Chart(alt.Data(values=rows)).encode(x=x)
    layers: list[Any] = [
        base.mark_rule(color=palette.EARNED, strokeWidth=1.5).encode(y=alt.Y("l:Q", scale=scale, axis=axis), y2="u:Q"),
        base.mark_line(color=palette.EARNED, strokeWidth=2, invalid="break-paths-show-domains").encode(y=y),
        base.mark_point(filled=True, fill=palette.EARNED, size=45, opacity=1, invalid="filter").encode(y=y),
    ]
    if panel.thresholds:
        lines = _apart([{"level": level, "v": float(value)} for level, value in panel.thresholds], apart)
        over = alt.Chart(alt.Data(values=lines)).encode(y=y)
        dash = alt.StrokeDash(
            "level:N", scale=alt.Scale(domain=list(_DASHES), range=list(_DASHES.values())), legend=None
        )
        layers.insert(0, over.mark_rule(color=palette.REACHED, strokeWidth=1.25).encode(strokeDash=dash))
        layers.append(
            over.mark_text(align="left", dx=4, color=palette.REACHED, fontSize=12).encode(
                x=alt.value(_PANEL["width"]), y=alt.Y("label:Q", scale=scale, axis=axis), text="level:N"
            )
        )
    return alt.layer(*layers).properties(title=panel.segment, **_PANEL)


def _apart(lines: list[dict[str, Any]], apart: float) -> list[dict[str, Any]]:
    """With a place for each line's label, far enough above the one below it."""
    below = None
    for line in sorted(lines, key=lambda line: line["v"]):
        below = line["label"] = line["v"] if below is None else max(line["v"], below + apart)
    return lines


def _range(panels: Sequence[Panel]) -> tuple[float, float]:
    """Everything that is drawn, with a little room; never an empty range."""
    marks = [float(value) for panel in panels for _, value in panel.thresholds]
    for panel in panels:
        for entry in panel.observed:
            marks += [float(v) for v in (entry.value, entry.lower, entry.upper) if v is not None]
    if not marks:
        return 0.0, 1.0
    low, high = min(marks), max(marks)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (max(0.0, low - room) if low >= 0 else low - room), high + room


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
