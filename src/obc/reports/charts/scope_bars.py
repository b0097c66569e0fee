"""Spend by scope: every pound in one of four bars."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.domain.money.finance.amount import thousands
from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table
from obc.reports.wording import money_in_words

_WIDTH = 400


@dataclass(frozen=True, slots=True)
class ScopeTotal:
    """A scope in words, what is spent on it (minor units), and whether the contract holds it from the first day."""

    name: str
    amount_minor: int
    inside: bool


def scope_bars(name: str, title: str, sentence: str, totals: Sequence[ScopeTotal], currency: str) -> Chart:
    """A bar a scope, filled where the contract holds it, hollow elsewhere."""
    rows = [
        {
            "row": i,
            "name": one.name,
            "amount": one.amount_minor,
            "text": money_in_words(one.amount_minor, currency),
            "fill": palette.EARNED if one.inside else palette.WHITE,
        }
        for i, one in enumerate(totals)
    ]
    most = max(one.amount_minor for one in totals) or 1
    row = alt.Y("row:O", axis=None)
    scale = alt.Scale(domain=[0, most * 1.35])
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    bars = base.mark_bar(size=22, stroke=palette.EARNED, strokeWidth=1.5).encode(
        x=alt.X("amount:Q", axis=None, scale=scale), fill=alt.Fill("fill:N", scale=None)
    )
    words = base.mark_text(align="left", dx=7, fontSize=12).encode(x="amount:Q", text="text:N")
    picture = alt.layer(bars, words, *row_names(rows, row)).properties(
        width=_WIDTH, height=row_height(rows) * len(rows)
    )
    table = Table(
        caption=f"{title} ({currency} thousand)",
        columns=(Column("Scope"), Column("Spend", "number")),
        rows=tuple((one.name, thousands(one.amount_minor)) for one in totals),
        total=("Total", thousands(sum(one.amount_minor for one in totals))),
    )
    return draw(name, title, sentence, table, picture)
