"""Priorities of two groups: how far up each puts each outcome, with its doubt, one beneath the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_WIDTH = 400
_APART = 7
"""Pixels that the marks of a group stand above or below the middle of their row."""


@dataclass(frozen=True, slots=True)
class Prized:
    """An outcome's share in each group (of the other outcomes, how many it stands above), with its interval."""

    outcome: str
    one: tuple[float, float, float]
    other: tuple[float, float, float]
    apart: bool


def priorities(name: str, title: str, sentence: str, groups: tuple[str, str], outcomes: Sequence[Prized]) -> Chart:
    """A filled dot and its interval for the first group, a hollow diamond for the second; a star where they part."""
    rows = [
        {
            "row": i,
            "name": f"{entry.outcome}{' *' if entry.apart else ''}",
            "group": group,
            "share": values[0],
            "low": values[1],
            "high": values[2],
        }
        for i, entry in enumerate(outcomes)
        for group, values in zip(groups, (entry.one, entry.other), strict=True)
    ]
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format=".0%", tickCount=5, title="of the other outcomes, the share that it stands above")
    row = alt.Y("row:O", axis=None)
    key = alt.Legend(title=None, orient="top", labelFontSize=12, labelLimit=0)
    shape, fill, stroke = (
        channel("group:N", scale=alt.Scale(domain=list(groups), range=looks), legend=key)
        for channel, looks in (
            (alt.Shape, ["circle", "diamond"]),
            (alt.Fill, [palette.EARNED, palette.WHITE]),
            (alt.Stroke, [palette.EARNED, palette.UNEARNED]),
        )
    )
    layers = []
    for side, group in enumerate(groups):
        own = alt.Chart(drawn_from([entry for entry in rows if entry["group"] == group]))
        lift = -_APART if side == 0 else _APART
        layers.append(
            own.mark_rule(strokeWidth=2, yOffset=lift).encode(
                y=row, x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", stroke=stroke
            )
        )
        layers.append(
            own.mark_point(size=80, strokeWidth=2, opacity=1, yOffset=lift).encode(
                y=row, x=alt.X("share:Q", scale=scale), shape=shape, stroke=stroke, fill=fill
            )
        )
    named = [entry for entry in rows if entry["group"] == groups[0]]
    picture = alt.layer(*layers, *row_names(named, row)).properties(
        width=_WIDTH, height=max(row_height(named), 44) * len(named)
    )
    return draw(name, title, sentence, _table(title, groups, outcomes), picture)


def _table(title: str, groups: tuple[str, str], outcomes: Sequence[Prized]) -> Table:
    shares = tuple(Column(f"{group}{end}", "percent") for group in groups for end in ("", ", low end", ", high end"))
    return Table(
        caption=title,
        columns=(Column("Outcome"), *shares, Column("Apart beyond chance")),
        rows=tuple(
            (
                entry.outcome,
                *(Fraction(repr(value)) for values in (entry.one, entry.other) for value in values),
                "yes" if entry.apart else "no",
            )
            for entry in outcomes
        ),
    )
