"""Around a limit: how many came just inside and just outside, now and a year before."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Column, Table

_SIZE = {"width": 250, "height": 170}


@dataclass(frozen=True, slots=True)
class Bins:
    """One time: how many in each bin, in order, the first half inside the limit."""

    name: str
    bins: tuple[tuple[str, int], ...]


def around_a_limit(name: str, title: str, sentence: str, times: Sequence[Bins]) -> Chart:
    """A small picture a time, on one scale; bars outside the limit are hollow."""
    order = [label for label, _ in times[0].bins]
    half = len(order) // 2
    rows = [
        {"time": one.name, "bin": label, "count": count, "inside": i < half}
        for one in times
        for i, (label, count) in enumerate(one.bins)
    ]
    x = alt.X("bin:N", sort=order, title=None, axis=alt.Axis(labelAngle=-40, grid=False))
    y = alt.Y("count:Q", title=None, axis=alt.Axis(tickCount=5))
    base = alt.Chart().encode(x=x, y=y)
    layers = (
        base.transform_filter("datum.inside").mark_bar(color=palette.EARNED, size=26),
        base.transform_filter("!datum.inside").mark_bar(
            fill=palette.WHITE, stroke=palette.UNEARNED, strokeWidth=1.5, size=25
        ),
        base.mark_text(dy=-7, fontSize=12).encode(text="count:Q"),
    )
    picture = (
        alt.layer(*layers, data=drawn_from(rows))
        .properties(**_SIZE)
        .facet(alt.Facet("time:N", sort=[one.name for one in times], title=None), columns=2, spacing=24)
        .resolve_axis(x="independent")
    )
    table = Table(
        caption=title,
        columns=(Column("From the start"), *(Column(one.name, "count") for one in times)),
        rows=tuple((label, *(one.bins[i][1] for one in times)) for i, label in enumerate(order)),
    )
    return draw(name, title, sentence, table, picture)
