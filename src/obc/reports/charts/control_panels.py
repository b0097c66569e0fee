"""Control charts: points in time with mean and limits, one small picture a segment; what is no chance is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Cell, Column, Table

_PANEL = {"width": 268, "height": 150}
_KINDS = ("chance", "better", "worse")


@dataclass(frozen=True, slots=True)
class Plotted:
    """One period: its name on the axis, figures (None where there is none), and the signal in words."""

    period: str
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    signal: str
    section: int


@dataclass(frozen=True, slots=True)
class ControlPanel:
    """One segment: its points in order, and the target where there is one."""

    segment: str
    points: tuple[Plotted, ...]
    target: float | None


def control_panels(
    name: str, title: str, sentence: str, panels: Sequence[ControlPanel], percent: bool, places: int
) -> Chart:
    """Chance is a dot, a change for the better a triangle up, one for the worse a triangle down."""
    rows = [row for panel in panels for row in _rows(panel)]
    periods = list(dict.fromkeys(point.period for panel in panels for point in panel.points))
    x = alt.X("period:N", sort=periods, title=None, axis=alt.Axis(labelAngle=-40, grid=False))
    figures = [row[key] for row in rows for key in ("value", "lower", "upper", "target") if row.get(key) is not None]
    low, high = (min(figures), max(figures)) if figures else (0.0, 1.0)
    room = (high - low) * 0.08 or 1.0
    scale = alt.Scale(domain=[max(0.0, low - room) if low >= 0 else low - room, high + room], nice=False)
    axis = alt.Axis(format=(".0%" if high - low > 0.04 else ".1%") if percent else ",~f", tickCount=5)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=None, scale=scale, axis=axis)

    points = alt.Chart().transform_filter("isValid(datum.period)").encode(x=x)
    targets = alt.Chart().transform_filter("isValid(datum.target)")
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(domain=list(_KINDS), range=["circle", "triangle-up", "triangle-down"]),
        legend=None,
    )
    fill = alt.Fill(
        "kind:N",
        scale=alt.Scale(domain=list(_KINDS), range=[palette.MUTED, palette.EARNED, palette.UNEARNED]),
        legend=None,
    )
    lines = [
        points.mark_line(color=palette.RULE, strokeDash=[4, 3], interpolate="step").encode(
            y=y(field), detail="section:N"
        )
        for field in ("lower", "upper")
    ]
    picture = (
        alt.layer(
            *lines,
            points.mark_line(color=palette.RULE, interpolate="step").encode(y=y("centre"), detail="section:N"),
            targets.mark_rule(color=palette.REACHED, strokeWidth=1.5).encode(y=y("target")),
            targets.mark_text(align="left", dx=4, color=palette.REACHED, fontSize=12).encode(
                x=alt.XValue(_PANEL["width"]), y=y("target"), text=alt.TextValue("good")
            ),
            points.mark_line(color=palette.MUTED, strokeWidth=1.5, invalid="break-paths-show-domains").encode(
                y=y("value")
            ),
            points.mark_point(filled=True, size=70, opacity=1, invalid="filter").encode(
                y=y("value"), shape=shape, fill=fill
            ),
            data=drawn_from(rows),
        )
        .properties(**_PANEL)
        .facet(
            alt.Facet("segment:N", sort=[panel.segment for panel in panels], title=None),
            columns=min(2, len(panels)),
            spacing=18,
        )
        .resolve_axis(x="independent", y="independent")
    )
    return draw(name, title, sentence, _table(title, panels, percent, places), picture)


def _rows(panel: ControlPanel) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "segment": panel.segment,
            "period": point.period,
            "value": point.value,
            "centre": point.centre,
            "lower": point.lower,
            "upper": point.upper,
            "section": point.section,
            "kind": "better" if "improvement" in point.signal else "worse" if "concern" in point.signal else "chance",
        }
        for point in panel.points
    ]
    if panel.target is not None:
        rows.append({"segment": panel.segment, "target": panel.target})
    return rows


def _table(title: str, panels: Sequence[ControlPanel], percent: bool, places: int) -> Table:
    kind = "percent" if percent else "number"
    columns = (
        Column("Segment"),
        Column("Period"),
        *(Column(head, kind, places) for head in ("Value", "Mean", "Lower limit", "Upper limit")),
        Column("Signal"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            panel.segment,
            point.period,
            *(
                "none" if figure is None else Decimal(repr(figure))
                for figure in (point.value, point.centre, point.lower, point.upper)
            ),
            point.signal or "not measurable",
        )
        for panel in panels
        for point in panel.points
    ]
    return Table(caption=title, columns=columns, rows=tuple(rows))
