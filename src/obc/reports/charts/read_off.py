"""Curves: what comes out against what goes in, for one step of a mechanism or several beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Column, Table

_SIZE = {"width": 420, "height": 200}
_COLOURS = (palette.EARNED, palette.UNEARNED, palette.MOVED)
_DASHES = ([1, 0], [6, 3], [2, 3])


@dataclass(frozen=True, slots=True)
class Line:
    """One step's values, one for each value that goes in; None where nothing comes out."""

    step: str
    values: tuple[Fraction | None, ...]


def read_off(
    name: str, title: str, sentence: str, goes_in: str, at: Sequence[Fraction], lines: Sequence[Line]
) -> Chart:
    """Points joined by lines; up to three steps, each with a colour and a dash of its own."""
    if not 1 <= len(lines) <= len(_COLOURS):
        raise ValueError(f"{len(lines)} lines; a picture shows one to {len(_COLOURS)}")
    rows = [
        {"in": float(place), "out": None if value is None else float(value), "step": line.step, "order": i}
        for line in lines
        for i, (place, value) in enumerate(zip(at, line.values, strict=True))
    ]
    names = [line.step for line in lines]
    legend = alt.Legend(title=None, orient="top") if len(names) > 1 else None
    count = len(names)
    base = alt.Chart(drawn_from(rows)).encode(
        x=alt.X("in:Q", title=goes_in, axis=alt.Axis(grid=False)),
        y=alt.Y("out:Q", title=None if legend else names[0]),
        color=alt.Color("step:N", scale=alt.Scale(domain=names, range=_COLOURS[:count]), legend=legend),
    )
    dash = alt.StrokeDash("step:N", scale=alt.Scale(domain=names, range=_DASHES[:count]), legend=legend)
    drawn = base.mark_line(strokeWidth=2.5).encode(order="order:Q", strokeDash=dash)
    picture = alt.layer(drawn, base.mark_circle(size=30, opacity=1)).properties(**_SIZE)
    table = Table(
        caption=title,
        columns=(Column(goes_in, "points"), *(Column(one, "points") for one in names)),
        rows=tuple(
            (place, *("missing" if line.values[i] is None else _cell(line.values[i]) for line in lines))
            for i, place in enumerate(at)
        ),
    )
    return draw(name, title, sentence, table, picture)


def _cell(value: Fraction | None) -> Fraction:
    assert value is not None, "a missing value is a word"
    return value
