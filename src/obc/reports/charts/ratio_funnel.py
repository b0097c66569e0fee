"""Funnel of observed over expected: providers by size, inside or outside what chance explains."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Table

_SIZE = {"width": 440, "height": 300}


@dataclass(frozen=True, slots=True)
class RatioPoint:
    """One provider. `limits` are those about 1 from far below to far above; `position` as in a funnel."""

    name: str
    expected: float
    ratio: float
    limits: tuple[float, float, float, float]
    position: int


def ratio_funnel(name: str, title: str, sentence: str, points: Sequence[RatioPoint], table: Table) -> Chart:
    """Each provider has limits of its own, for its own mix of people: short bars, dashed 95 %, solid 99.8 %."""
    rows = [
        {
            "name": point.name,
            "expected": point.expected,
            "ratio": point.ratio,
            **dict(zip(("far", "near", "high", "highest"), point.limits, strict=True)),
            "kind": "outside" if abs(point.position) == 2 else "near" if point.position else "inside",
        }
        for point in sorted(points, key=lambda point: point.expected)
    ]
    figures = [row[key] for row in rows for key in ("ratio", "far", "highest")] or [0.5, 1.5]
    low, high = min(figures), max(figures)
    room = (high - low) * 0.06 or 0.1
    scale = alt.Scale(domain=[max(0.0, low - room), high + room], nice=False)
    x = alt.X("expected:Q", title="events expected", scale=alt.Scale(type="log", nice=False, padding=24))
    x.axis = alt.Axis(grid=False, tickCount=5, format=",~r")

    def y(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q", title="observed over expected", scale=scale, axis=alt.Axis(format=".2~f", tickCount=6)
        )

    base = alt.Chart(drawn_from(rows)).encode(x=x)
    ticks = [
        base.mark_tick(orient="horizontal", size=26, thickness=width, color=palette.RULE).encode(y=y(field))
        for field, width in (("far", 2.5), ("near", 1), ("high", 1), ("highest", 2.5))
    ]
    kinds = ["inside", "near", "outside"]
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond", "square"]), legend=None)
    colours = [palette.MUTED, palette.MOVED, palette.UNEARNED]
    fill = alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None)
    label = {"align": "left", "dx": 8, "dy": -8, "fontSize": 12}
    picture = alt.layer(
        alt.Chart(drawn_from([{"at": 1}]))
        .mark_rule(color=palette.REACHED, strokeWidth=1.25)
        .encode(y=alt.Y("at:Q", scale=scale)),
        *ticks,
        base.mark_point(filled=True, size=80, opacity=1).encode(y=y("ratio"), shape=shape, fill=fill),
        base.mark_text(**label, stroke=palette.WHITE, strokeWidth=4).encode(y=y("ratio"), text="name:N"),
        base.mark_text(**label, color=palette.INK).encode(y=y("ratio"), text="name:N"),
    ).properties(**_SIZE)
    return draw(name, title, sentence, table, picture)
