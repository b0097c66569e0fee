"""Funnel of observed over expected: providers by size, inside or outside what chance explains."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Table

_WIDTH = 420


@dataclass(frozen=True, slots=True)
class RatioPoint:
    """One provider. `limits` are those about 1 from far below to far above; `position` as in a funnel."""

    name: str
    expected: float
    ratio: float
    limits: tuple[float, float, float, float]
    position: int


def ratio_funnel(name: str, title: str, sentence: str, points: Sequence[RatioPoint], table: Table) -> Chart:
    """A funnel on its side: a row a provider, the largest at the top, so that names never run into each other.

    Each has limits of its own, for its own mix of people: thin bars 95 %, thick ones 99.8 %; they widen downwards.
    """
    ordered = sorted(points, key=lambda point: -point.expected)
    named = [{"row": i, "name": f"{one.name} ({one.expected:,.0f} expected)"} for i, one in enumerate(ordered)]
    rows = [
        {
            "row": i,
            "ratio": point.ratio,
            **dict(zip(("far", "near", "high", "highest"), point.limits, strict=True)),
            "kind": "outside" if abs(point.position) == 2 else "near" if point.position else "inside",
        }
        for i, point in enumerate(ordered)
    ]
    figures = [row[key] for row in rows for key in ("ratio", "far", "highest")] or [0.5, 1.5]
    low, high = min(figures), max(figures)
    room = (high - low) * 0.04 or 0.1
    scale = alt.Scale(domain=[max(0.0, low - room), high + room], nice=False)
    axis = alt.Axis(format=".2~f", tickCount=6)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=[entry["row"] for entry in named]))

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="observed over expected", scale=scale, axis=axis)

    base = alt.Chart(drawn_from(rows)).encode(y=y)
    ticks = [
        base.mark_tick(orient="vertical", size=18, thickness=width, color=palette.RULE).encode(x=x(field))
        for field, width in (("far", 3), ("near", 1.25), ("high", 1.25), ("highest", 3))
    ]
    kinds = ["inside", "near", "outside"]
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond", "square"]), legend=None)
    colours = [palette.MUTED, palette.MOVED, palette.UNEARNED]
    fill = alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None)
    picture = alt.layer(
        alt.Chart(drawn_from([{"at": 1}]))
        .mark_rule(color=palette.REACHED, strokeWidth=1.25)
        .encode(x=alt.X("at:Q", scale=scale)),
        *ticks,
        base.mark_point(filled=True, size=90, opacity=1).encode(x=x("ratio"), shape=shape, fill=fill),
        *row_names(named, y),
    ).properties(width=_WIDTH, height=row_height(named) * max(1, len(named)))
    return draw(name, title, sentence, table, picture)
