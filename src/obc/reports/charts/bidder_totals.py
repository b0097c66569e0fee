"""Totals of bidders out of 100: what success factors brought, and what key criteria did."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Points:
    """A bidder with its points of both kinds."""

    name: str
    success_factors: Fraction
    key_criteria: Fraction


def bidder_totals(name: str, title: str, sentence: str, bidders: Sequence[Points]) -> Chart:
    """A bar a bidder in two parts: filled for success factors, hollow for key criteria; the total at its end."""
    rows = [
        {
            "row": i,
            "name": one.name,
            "a": float(one.success_factors),
            "b": float(one.success_factors + one.key_criteria),
            "text": f"{float(one.success_factors + one.key_criteria):.2f}",
        }
        for i, one in enumerate(bidders)
    ]
    row = alt.Y("row:O", axis=None)
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    axis = alt.Axis(title="points: success factors filled, key criteria hollow", tickCount=5)
    filled = base.mark_bar(size=20, fill=palette.EARNED, stroke=palette.EARNED).encode(
        x=alt.X("a:Q", scale=scale, axis=axis)
    )
    hollow = base.mark_bar(size=20, fill=palette.WHITE, stroke=palette.EARNED, strokeWidth=1.5).encode(
        x=alt.X("a:Q", scale=scale), x2="b:Q"
    )
    words = base.mark_text(align="left", dx=6, fontSize=12).encode(x=alt.X("b:Q", scale=scale), text="text:N")
    picture = alt.layer(hollow, filled, words, *row_names(rows, row)).properties(
        width=_WIDTH, height=row_height(rows) * len(rows)
    )
    table = Table(
        caption=title,
        columns=(
            Column("Bidder"),
            Column("Success factors", "number", 2),
            Column("Key criteria", "number", 2),
            Column("Total", "number", 2),
        ),
        rows=tuple(
            (one.name, one.success_factors, one.key_criteria, one.success_factors + one.key_criteria) for one in bidders
        ),
    )
    return draw(name, title, sentence, table, picture)
