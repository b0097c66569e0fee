"""Weights and their slack: between which weights of one factor the same bidder stays first."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_WIDTH = 400


@dataclass(frozen=True, slots=True)
class WeightRange:
    """A factor, its weight, the ends between which the winner stays, and who would win past either (none: nobody)."""

    name: str
    weight: Fraction
    low: Fraction
    high: Fraction
    below: str | None
    above: str | None


def weight_slack(name: str, title: str, sentence: str, ranges: Sequence[WeightRange]) -> Chart:
    """A bar a factor: the weights at which nothing changes; the dot is the weight now, an end with a line turns it."""
    turns = [float(e) for one in ranges for e, who in ((one.low, one.below), (one.high, one.above)) if who]
    top = max([*turns, *(float(one.weight) for one in ranges)]) * 1.3
    rows = [
        {
            "row": i,
            "name": one.name,
            "low": float(one.low),
            "high": min(float(one.high), top),
            "at": float(one.weight),
        }
        for i, one in enumerate(ranges)
    ]
    ends = [
        {"row": i, "at": float(end)}
        for i, one in enumerate(ranges)
        for end, who in ((one.low, one.below), (one.high, one.above))
        if who
    ]
    row = alt.Y("row:O", axis=None)
    scale = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(format=".0%", tickCount=6, title="weight of the factor alone, the others in proportion")
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    bars = base.mark_bar(size=14, fill=palette.FAINT, stroke=palette.RULE).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    )
    dots = base.mark_point(size=90, fill=palette.EARNED, stroke=palette.EARNED, opacity=1, filled=True).encode(
        x=alt.X("at:Q", scale=scale)
    )
    ticks = (
        alt.Chart(drawn_from(ends))
        .mark_tick(thickness=4, size=22, color=palette.UNEARNED, opacity=1)
        .encode(y=row, x=alt.X("at:Q", scale=scale))
    )
    tall = min(row_height(rows), 38)
    picture = alt.layer(bars, ticks, dots, *row_names(rows, row)).properties(width=_WIDTH, height=tall * len(rows))
    table = Table(
        caption=title,
        columns=(
            Column("Factor"),
            Column("Weight now", "percent"),
            Column("Stays first from", "percent"),
            Column("to", "percent"),
            Column("First below"),
            Column("First above"),
        ),
        rows=tuple(
            (one.name, one.weight, one.low, one.high, one.below or "nobody else", one.above or "nobody else")
            for one in ranges
        ),
    )
    return draw(name, title, sentence, table, picture)
