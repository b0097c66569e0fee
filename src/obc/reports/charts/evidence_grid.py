"""Evidence grid: a row a name, a mark a month, whose shape says how far the records of that month can be relied on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

STATES = ("good enough", "provisional", "insufficient", "not judged")
_SHAPES = ("circle", "triangle-up", "square", "stroke")
_COLOURS = (palette.EARNED, palette.MOVED, palette.UNEARNED, palette.RULE)
_CELL = 26


@dataclass(frozen=True, slots=True)
class Mark:
    """One row and month, and one of `STATES`."""

    name: str
    month: date
    state: str


def evidence_grid(name: str, title: str, sentence: str, marks: Sequence[Mark]) -> Chart:
    """Names in the order in which they come, months from left to right."""
    names = list(dict.fromkeys(mark.name for mark in marks))
    months = sorted({mark.month for mark in marks})
    named = [{"row": i, "name": one} for i, one in enumerate(names)]
    rows = [{"row": names.index(mark.name), "month": _short(mark.month), "state": mark.state} for mark in marks]
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=[entry["row"] for entry in named]))
    x = alt.X(
        "month:N",
        sort=[_short(month) for month in months],
        title=None,
        axis=alt.Axis(labelAngle=-40, grid=False, domain=False, ticks=False),
    )
    used = [state for state in STATES if any(mark.state == state for mark in marks)]
    shapes, colours = ([kinds[STATES.index(state)] for state in used] for kinds in (_SHAPES, _COLOURS))
    shape = alt.Shape(
        "state:N",
        scale=alt.Scale(domain=used, range=shapes),
        legend=alt.Legend(title=None, orient="top", labelFontSize=12, symbolSize=110),
    )
    fill = alt.Fill("state:N", scale=alt.Scale(domain=used, range=colours), legend=None)
    stroke = alt.Stroke("state:N", scale=alt.Scale(domain=used, range=colours), legend=None)
    picture = alt.layer(
        alt.Chart(drawn_from(rows))
        .mark_point(size=110, opacity=1)
        .encode(x=x, y=y, shape=shape, fill=fill, stroke=stroke),
        *row_names(named, y),
    ).properties(width=_CELL * max(1, len(months)), height=row_height(named) * max(1, len(named)))
    table = Table(
        caption=title,
        columns=(Column("Name"), Column("Month"), Column("Records")),
        rows=tuple((mark.name, f"{mark.month:%B %Y}", mark.state) for mark in marks),
    )
    return draw(name, title, sentence, table, picture)


def _short(month: date) -> str:
    return f"{month:%b %y}"
