"""Funnel plot: places by their size, inside or outside what chance and ordinary variation explain."""

from collections.abc import Sequence
from decimal import Decimal

import altair as alt

from obc.domain.outcomes.monitoring.comparators import Comparison
from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Cell, Column, Table

_SIZE = {"width": 520, "height": 300}
_WORDS = {-2: "far below", -1: "below", 0: "within", 1: "above", 2: "far above"}


def funnel_plot(
    name: str, title: str, sentence: str, found: Comparison, own: str, lines: Sequence[tuple[str, float]] = ()
) -> Chart:
    """Limits of 95 % (dashed) and 99.8 % (solid); `own` and places far outside are named; `lines` are others'."""
    rows = []
    for one in found.places:
        if one.limits is None or one.position is None or one.comparator.denominator is None:
            continue
        place = one.comparator
        far, near, high, highest = one.limits
        mine = place.area == own
        rows.append(
            {
                "size": float(place.denominator or 0),
                "value": float(place.value or 0),
                "far": far,
                "near": near,
                "high": high,
                "highest": highest,
                "kind": "own" if mine else "outside" if abs(one.position) == 2 else "inside",
                "label": place.area if mine or abs(one.position) == 2 else "",
            }
        )
    rows.sort(key=lambda row: row["size"])
    x = alt.X("size:Q", title="denominator", scale=alt.Scale(zero=True, nice=True), axis=alt.Axis(grid=False))
    ends = [row["value"] for row in rows] + [min(row["highest"], 1.0) for row in rows[len(rows) // 5 :]]
    top = max([*ends, *(at for _, at in lines), 0.01])
    scale = alt.Scale(domain=[0, min(1.0, top * 1.1)], nice=False)
    axis = alt.Axis(format=".0%" if top > 0.05 else ".1%", tickCount=6)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=None, scale=scale, axis=axis)

    base = alt.Chart(drawn_from(rows)).encode(x=x)
    limits = [
        base.mark_line(color=palette.RULE, strokeDash=dash, clip=True).encode(y=y(field))
        for field, dash in (("far", [1, 0]), ("near", [4, 3]), ("high", [4, 3]), ("highest", [1, 0]))
    ]
    level = alt.Chart(drawn_from([{"at": at, "label": label} for label, at in lines]))
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(domain=["inside", "outside", "own"], range=["circle", "square", "diamond"]),
        legend=None,
    )
    fill = alt.Fill(
        "kind:N",
        scale=alt.Scale(domain=["inside", "outside", "own"], range=[palette.RULE, palette.UNEARNED, palette.EARNED]),
        legend=None,
    )
    label = {"align": "left", "dx": 7, "fontSize": 12}
    picture = alt.layer(
        *limits,
        level.mark_rule(color=palette.REACHED, strokeWidth=1.25).encode(y=y("at")),
        level.mark_text(align="left", dx=4, fontSize=12, color=palette.REACHED).encode(
            x=alt.XValue(_SIZE["width"]), y=y("at"), text="label:N"
        ),
        base.mark_point(filled=True, size=70, opacity=1).encode(y=y("value"), shape=shape, fill=fill),
        base.mark_text(**label, stroke=palette.WHITE, strokeWidth=4).encode(y=y("value"), text="label:N"),
        base.mark_text(**label, color=palette.INK).encode(y=y("value"), text="label:N"),
    ).properties(**_SIZE)
    return draw(name, title, sentence, places_table(title, found), picture)


def places_table(title: str, found: Comparison) -> Table:
    """Every place, those without figures too, each with its state at the source."""
    rows: list[tuple[Cell, ...]] = []
    for one in found.places:
        place = one.comparator
        word = place.state
        rows.append(
            (
                place.name,
                place.area,
                word if place.numerator is None else place.numerator,
                word if place.denominator is None else place.denominator,
                word if place.value is None else place.value,
                word if place.lower_95 is None else Decimal(repr(place.lower_95)),
                word if place.upper_95 is None else Decimal(repr(place.upper_95)),
                "not known" if one.position is None else _WORDS[one.position],
                "not known" if one.part is None else f"{one.part} of {found.parts}",
                place.state,
            )
        )
    figures = ("Value", "Lower 95% limit", "Upper 95% limit")
    return Table(
        caption=title,
        columns=(
            Column("Place"),
            Column("Code"),
            Column("Numerator", "count"),
            Column("Denominator", "count"),
            *(Column(head, "percent", 1) for head in figures),
            Column("Against the limits"),
            Column("Part, from the lowest"),
            Column("At the source"),
        ),
        rows=tuple(rows),
    )
