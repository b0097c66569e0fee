"""Earning spans: from the least to the most that is left, year by year, as the contract is and as it would be."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Table

_WIDTH, _MILLION = 430, 100_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """A row in words, its ends and its target in minor units, and whether it is as drafted."""

    name: str
    least_minor: int
    target_minor: int
    most_minor: int
    drafted: bool


def earning_spans(name: str, title: str, sentence: str, spans: Sequence[Span], table: Table) -> Chart:
    """A bar a span: hollow as the contract is, filled as drafted; a stroke at the target, a rule at nought."""
    rows = [
        {
            "row": i,
            "name": one.name,
            "begin": one.least_minor / _MILLION,
            "end": one.most_minor / _MILLION,
            "target": one.target_minor / _MILLION,
            "fill": palette.EARNED if one.drafted else palette.WHITE,
            "stroke": palette.WHITE if one.drafted else palette.EARNED,
            "left": f"{one.least_minor / _MILLION:,.2f}".replace("-", "−"),
            "right": f"{one.most_minor / _MILLION:,.2f}".replace("-", "−"),
        }
        for i, one in enumerate(spans)
    ]
    edges = [0.0, *(row["begin"] for row in rows), *(row["end"] for row in rows)]  # type: ignore[misc]
    room = (max(edges) - min(edges)) * 0.14 or 1
    scale = alt.Scale(domain=[min(edges) - room, max(edges) + room], nice=False)
    row = alt.Y("row:O", axis=None)
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    axis = alt.Axis(tickCount=6, title=f"{table.currency} million")
    bars = base.mark_bar(size=18, stroke=palette.EARNED, strokeWidth=1.5).encode(
        x=alt.X("begin:Q", scale=scale, axis=axis), x2="end:Q", fill=alt.Fill("fill:N", scale=None)
    )
    targets = base.mark_tick(size=18, thickness=3).encode(
        x=alt.X("target:Q", scale=scale), color=alt.Color("stroke:N", scale=None)
    )
    ends = [
        base.mark_text(align=side, dx=away, fontSize=12).encode(x=alt.X(f"{at}:Q", scale=scale), text=f"{word}:N")
        for side, away, at, word in (("right", -5, "begin", "left"), ("left", 5, "end", "right"))
    ]
    nought = alt.Chart(drawn_from([{"at": 0.0}])).mark_rule(strokeWidth=1.5, color=palette.INK)
    picture = alt.layer(
        nought.encode(x=alt.X("at:Q", scale=scale)), bars, targets, *ends, *row_names(rows, row)
    ).properties(width=_WIDTH, height=row_height(rows) * len(rows))
    return draw(name, title, sentence, table, picture)
