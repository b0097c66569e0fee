"""Power curves: how likely each threshold of an indicator is reached, by what is truly so; one picture a segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Cell, Column, Table

_PANEL = {"width": 268, "height": 150}
_NAME = {"align": "left", "dx": 6, "dy": 4, "fontSize": 12}
_DASHES = {"good": [2, 3], "improved": [6, 3], "excellent": [1, 0]}


@dataclass(frozen=True, slots=True)
class Curve:
    """One segment: true figures in order from no change on, and the chance of each level at each."""

    segment: str
    levels: tuple[str, ...]
    points: tuple[tuple[float, tuple[float, ...]], ...]


def power_curves(
    name: str, title: str, sentence: str, curves: Sequence[Curve], percent: bool, unit: str, within: float
) -> Chart:
    """A line a level, each of its own dash, from no change at the one end; the thin rule is the share that is sound."""
    rows = [
        {"segment": curve.segment, "at": at, "level": level, "chance": chance}
        for curve in curves
        for at, chances in curve.points
        for level, chance in zip(curve.levels, chances, strict=True)
    ]
    ends = [
        {"segment": curve.segment, "at": at, "chance": chances[i], "level": level}
        for curve in curves
        for i, level in enumerate(curve.levels)
        for at, chances in [_half_way(curve, i)]
    ]
    values = [row["at"] for row in rows]
    shown = ".1%" if percent and max(values) - min(values) < 0.1 else ".0%" if percent else ",~f"
    falls = any(curve.points[0][0] > curve.points[-1][0] for curve in curves)
    x = alt.X(
        "at:Q",
        title=f"true figure ({unit})",
        scale=alt.Scale(zero=False, nice=False, reverse=falls),
        axis=alt.Axis(format=shown, tickCount=5, grid=False),
    )
    y = alt.Y(
        "chance:Q",
        title="chance of being paid",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.8, 0.95]),
    )
    dash = alt.StrokeDash("level:N", scale=alt.Scale(domain=list(_DASHES), range=list(_DASHES.values())), legend=None)
    every = [row | {"kind": "line"} for row in rows] + [end | {"kind": "end"} for end in ends]
    lines = alt.Chart().transform_filter("datum.kind == 'line'")
    names = alt.Chart().transform_filter("datum.kind == 'end'")
    picture = (
        alt.layer(
            alt.Chart().mark_rule(color=palette.UNEARNED, strokeWidth=1).encode(y=alt.datum(within)),
            lines.mark_line(color=palette.EARNED, strokeWidth=2).encode(x=x, y=y, strokeDash=dash),
            names.mark_text(**_NAME, stroke=palette.WHITE, strokeWidth=4).encode(x=x, y=y, text="level:N"),
            names.mark_text(**_NAME, color=palette.INK).encode(x=x, y=y, text="level:N"),
            data=drawn_from(every),
        )
        .properties(**_PANEL)
        .facet(
            alt.Facet("segment:N", sort=[curve.segment for curve in curves], title=None),
            columns=min(2, len(curves)),
            spacing=18,
        )
        .resolve_axis(x="independent", y="independent")
    )
    return draw(name, title, sentence, _table(title, curves, percent), picture)


def _half_way(curve: Curve, i: int) -> tuple[float, tuple[float, ...]]:
    """Where a level's name stands: at staggered heights, so that no two meet."""
    wanted = (0.85, 0.5, 0.2)[i % 3]
    return min(curve.points, key=lambda point: abs(point[1][i] - wanted))


def _table(title: str, curves: Sequence[Curve], percent: bool) -> Table:
    levels = curves[0].levels
    columns = (
        Column("Segment"),
        Column("True figure", "percent" if percent else "number", 1 if percent else 3),
        *(Column(f"Chance of {level}", "percent", 1) for level in levels),
    )
    rows: list[tuple[Cell, ...]] = [
        (curve.segment, _exact(at), *(_exact(chance) for chance in chances))
        for curve in curves
        for at, chances in curve.points
    ]
    return Table(caption=title, columns=columns, rows=tuple(rows))


def _exact(number: float) -> Cell:
    return Decimal(repr(number))
