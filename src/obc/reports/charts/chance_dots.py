"""Chance dots: for every threshold the chance of being paid with no real change, against the share that is sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_WIDTH = 380
_SHAPES = {"good": "circle", "improved": "triangle-up", "excellent": "square"}


@dataclass(frozen=True, slots=True)
class Dots:
    """One indicator (and segment): its levels with their chances."""

    name: str
    chances: tuple[tuple[str, float], ...]


def chance_dots(name: str, title: str, sentence: str, rows: Sequence[Dots], within: float) -> Chart:
    """A row an indicator; what lies right of the rule pays for chance, and is drawn filled."""
    named = [{"row": i, "name": dots.name} for i, dots in enumerate(rows)]
    marks = [
        {"row": i, "level": level, "chance": chance, "sound": chance <= within}
        for i, dots in enumerate(rows)
        for level, chance in dots.chances
    ]
    row = alt.Y("row:O", axis=None, scale=alt.Scale(domain=[entry["row"] for entry in named]))
    most = max([within * 2, *(mark["chance"] for mark in marks)])
    x = alt.X(
        "chance:Q",
        title="chance of being paid with no real change",
        scale=alt.Scale(domain=[0, most * 1.04], nice=False),
        axis=alt.Axis(format=".0%", tickCount=6),
    )
    shape = alt.Shape(
        "level:N",
        scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())),
        legend=alt.Legend(title=None, orient="top", labelFontSize=12, symbolSize=90),
    )
    points = alt.Chart(drawn_from(marks)).encode(y=row, x=x, shape=shape)
    picture = alt.layer(
        alt.Chart(drawn_from([{"at": within}]))
        .mark_rule(color=palette.UNEARNED, strokeWidth=1.5, strokeDash=[4, 3])
        .encode(x=alt.X("at:Q")),
        points.transform_filter("!datum.sound").mark_point(
            size=80, filled=True, fill=palette.UNEARNED, stroke=palette.UNEARNED, opacity=1
        ),
        points.transform_filter("datum.sound").mark_point(size=80, stroke=palette.EARNED, strokeWidth=1.5, opacity=1),
        *row_names(named, row),
    ).properties(width=_WIDTH, height=row_height(named) * max(1, len(named)))
    table = Table(
        caption=title,
        columns=(Column("Indicator"), Column("Level"), Column("Chance with no real change", "percent", 1)),
        rows=tuple((dots.name, level, Decimal(repr(chance))) for dots in rows for level, chance in dots.chances),
    )
    return draw(name, title, sentence, table, picture)
