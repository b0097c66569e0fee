"""Savings by study, after what carries over: points and ranges, and the judged range behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_WIDTH = 430


@dataclass(frozen=True, slots=True)
class Range:
    """A row: its name, its ends (no low end: up to), and whether it counts."""

    name: str
    low: Fraction | None
    high: Fraction
    used: bool


def savings_forest(
    name: str, title: str, sentence: str, ranges: Sequence[Range], judged: tuple[Fraction, Fraction] | None
) -> Chart:
    """A line from end to end a row, a dot where there is one figure, an arrow where there is no low end.

    Rows that do not count are hollow. The band is what was judged; nothing is pooled.
    """
    rows = [
        {
            "row": i,
            "name": one.name,
            "low": float(one.low if one.low is not None else 0),
            "high": float(one.high),
            "open": one.low is None,
            "fill": palette.EARNED if one.used else palette.WHITE,
            "dash": "yes" if one.low is None or not one.used else "no",
            "text": _said(one),
        }
        for i, one in enumerate(ranges)
    ]
    most = max([row["high"] for row in rows] + [float(judged[1]) if judged else 0.0]) * 1.45 or 1.0
    scale = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(format=".0%", tickCount=6, title="Saving as a share of spend, times the weight that carries over")
    row = alt.Y("row:O", axis=None)
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    lines = base.mark_rule(strokeWidth=2.5, color=palette.EARNED).encode(
        x=alt.X("low:Q", scale=scale, axis=axis),
        x2="high:Q",
        strokeDash=alt.StrokeDash("dash:N", scale=alt.Scale(domain=["yes", "no"], range=[[4, 3], [1, 0]]), legend=None),
    )
    dots = base.mark_point(size=90, stroke=palette.EARNED, strokeWidth=2, opacity=1, filled=False).encode(
        x=alt.X("high:Q", scale=scale), fill=alt.Fill("fill:N", scale=None)
    )
    starts = (
        alt.Chart(drawn_from([one for one in rows if not one["open"]]))
        .mark_point(size=90, stroke=palette.EARNED, strokeWidth=2, opacity=1, filled=False)
        .encode(y=row, x=alt.X("low:Q", scale=scale), fill=alt.Fill("fill:N", scale=None))
    )
    words = base.mark_text(align="left", dx=9, fontSize=12).encode(x=alt.X("high:Q", scale=scale), text="text:N")
    layers = [lines, starts, dots, words, *row_names(rows, row)]
    if judged:
        band = [{"a": float(judged[0]), "b": float(judged[1])}]
        layers.insert(
            0,
            alt.Chart(drawn_from(band))
            .mark_rect(fill=palette.FAINT)
            .encode(x=alt.X("a:Q", scale=scale, axis=axis), x2="b:Q"),
        )
    picture = alt.layer(*layers).properties(width=_WIDTH, height=row_height(rows) * len(rows))
    table = Table(
        caption=title,
        columns=(Column("Study"), Column("Low end", "percent"), Column("High end", "percent"), Column("Counts")),
        rows=tuple(
            (one.name, "none measured" if one.low is None else one.low, one.high, "yes" if one.used else "no")
            for one in ranges
        ),
    )
    return draw(name, title, sentence, table, picture)


def _said(one: Range) -> str:
    high = f"{float(one.high * 100):.1f}%"
    if one.low is None:
        said = f"up to {high}"
    elif one.low == one.high:
        said = high
    else:
        said = f"{float(one.low * 100):.1f}% to {high}"
    return said if one.used else f"{said} (not used)"
