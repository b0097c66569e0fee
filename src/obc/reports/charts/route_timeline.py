"""The timeline of a route: steps as bars over months, milestones as diamonds, the twin track hollow."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_WIDTH, _BAR = 400, 14


@dataclass(frozen=True, slots=True)
class Span:
    """A step from one month to another, or a milestone where both are the same. `maybe`: only done in some cases."""

    name: str
    begins: Fraction
    ends: Fraction
    maybe: bool = False
    day: str = ""


def route_timeline(name: str, title: str, sentence: str, spans: Sequence[Span]) -> Chart:
    """A row a step or milestone, over months from the decision that opens the route."""
    rows = [
        {
            "row": i,
            "name": span.name,
            "a": float(span.begins),
            "b": float(span.ends),
            "fill": palette.WHITE if span.maybe else palette.EARNED,
            "point": span.begins == span.ends,
            "day": span.day,
        }
        for i, span in enumerate(spans)
    ]
    last = max(float(span.ends) for span in spans)
    scale = alt.Scale(domain=[0, last * 1.2])
    row = alt.Y("row:O", axis=None)
    steps = list(range(0, int(last) + 1, 2 if last <= 24 else 6))
    axis = alt.Axis(title="months from the decision that opens the route", values=steps)
    x = alt.X("a:Q", scale=scale, axis=axis)
    bars = (
        alt.Chart(drawn_from([one for one in rows if not one["point"]]))
        .mark_bar(size=_BAR, stroke=palette.EARNED, strokeWidth=1.5)
        .encode(y=row, x=x, x2="b:Q", fill=alt.Fill("fill:N", scale=None))
    )
    points = alt.Chart(drawn_from([one for one in rows if one["point"]])).encode(y=row, x=x)
    diamonds = points.mark_point(
        shape="diamond", size=170, fill=palette.UNEARNED, stroke=palette.UNEARNED, opacity=1, filled=True
    )
    days = points.mark_text(align="left", dx=12, fontSize=12).encode(text="day:N")
    tall = min(row_height(rows), 38)
    picture = alt.layer(bars, diamonds, days, *row_names(rows, row)).properties(width=_WIDTH, height=tall * len(rows))
    table = Table(
        caption=title,
        columns=(Column("Step or milestone"), Column("From month", "points"), Column("To month", "points")),
        rows=tuple((span.name, span.begins, span.ends) for span in spans),
    )
    return draw(name, title, sentence, table, picture)
