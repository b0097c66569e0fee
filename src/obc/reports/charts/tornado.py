"""Tornado: how far each driver alone moves the answer, the widest on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.domain.money.finance.amount import thousands
from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_WIDTH, _BAR, _MILLION = 430, 20, 100_000_000


@dataclass(frozen=True, slots=True)
class Swing:
    """A driver, its ends in words, and the answer at each (minor units)."""

    driver: str
    low: str
    high: str
    at_low_minor: int
    at_high_minor: int


def tornado(name: str, title: str, sentence: str, swings: Sequence[Swing], answer_minor: int, currency: str) -> Chart:
    """A bar a driver, from the answer at one end of its range to the answer at the other; the rule is the answer."""
    rows = [
        {
            "row": i,
            "name": swing.driver,
            "begin": min(swing.at_low_minor, swing.at_high_minor) / _MILLION,
            "end": max(swing.at_low_minor, swing.at_high_minor) / _MILLION,
            "left": swing.low if swing.at_low_minor <= swing.at_high_minor else swing.high,
            "right": swing.high if swing.at_low_minor <= swing.at_high_minor else swing.low,
        }
        for i, swing in enumerate(swings)
    ]
    edges = [0.0, answer_minor / _MILLION, *(row["begin"] for row in rows), *(row["end"] for row in rows)]
    room = (max(edges) - min(edges)) * 0.12 or 1
    scale = alt.Scale(domain=[min(edges) - room, max(edges) + room], nice=False)
    row = alt.Y("row:O", axis=None)
    axis = alt.Axis(
        labelExpr="datum.value ? format(datum.value, '+.0f') : '0'",
        tickCount=7,
        title=f"{currency} million over the years",
    )
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    bars = base.mark_bar(size=_BAR, fill=palette.EARNED).encode(x=alt.X("begin:Q", scale=scale, axis=axis), x2="end:Q")
    ends = [
        base.mark_text(align=side, dx=away, fontSize=12, **halo).encode(
            x=alt.X(f"{at}:Q", scale=scale), text=f"{word}:N"
        )
        for halo in ({"stroke": palette.WHITE, "strokeWidth": 4}, {})
        for side, away, at, word in (("right", -5, "begin", "left"), ("left", 5, "end", "right"))
    ]
    rules = (
        alt.Chart(drawn_from([{"at": 0.0, "dash": "no"}, {"at": answer_minor / _MILLION, "dash": "yes"}]))
        .mark_rule(strokeWidth=1.5, color=palette.INK)
        .encode(
            x=alt.X("at:Q", scale=scale),
            strokeDash=alt.StrokeDash(
                "dash:N", scale=alt.Scale(domain=["yes", "no"], range=[[4, 3], [1, 0]]), legend=None
            ),
        )
    )
    picture = alt.layer(bars, rules, *ends, *row_names(rows, row)).properties(
        width=_WIDTH, height=row_height(rows) * len(rows)
    )
    table = Table(
        caption=f"{title} ({currency} thousand)",
        columns=(
            Column("Driver"),
            Column("Low end"),
            Column("High end"),
            Column("Answer at the low end", "number"),
            Column("Answer at the high end", "number"),
        ),
        rows=tuple((s.driver, s.low, s.high, thousands(s.at_low_minor), thousands(s.at_high_minor)) for s in swings),
    )
    return draw(name, title, sentence, table, picture)
