"""Before and now: figures a year apart, one row each, with those that are raised marked by shape and word."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Cell, Column, Table

_WIDTH = 380
_MOST = 4.0
"""Times as many as before beyond which a point stands at the edge."""

Shown = Literal["percent", "number", "times"]
"""Shares of one; numbers as they are; now as a multiple of before."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: before and now, how sure it is (the corrected chance), and whether it is raised."""

    name: str
    before: float | None
    now: float | None
    chance: float | None
    raised: bool


def before_and_now(
    name: str, title: str, sentence: str, rows: Sequence[Pair], shown: Shown, heads: tuple[str, str, str]
) -> Chart:
    """A line from before (hollow) to now (filled); what is raised is a diamond with the word beside it.

    `heads`: what the axis is, and what before and now are called.
    """
    named = [{"row": i, "name": pair.name} for i, pair in enumerate(rows)]
    drawn = [
        {"row": i, "before": before, "now": now, "raised": pair.raised, "label": "raised" if pair.raised else ""}
        for i, pair in enumerate(rows)
        for before, now in [_places(pair, shown)]
    ]
    ends = [value for entry in drawn for value in (entry["before"], entry["now"]) if value is not None]
    low, high = min([0.0, *ends]), max([*ends, 1.0 if shown == "times" else 0.01])
    row = alt.Y("row:O", axis=None, scale=alt.Scale(domain=[entry["row"] for entry in named]))
    scale = alt.Scale(domain=[low, high + (high - low) * 0.16], nice=False)
    axis = alt.Axis(format=".0%" if shown == "percent" else ",~f", tickCount=6)
    base = alt.Chart(drawn_from(drawn)).encode(y=row)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=heads[0], scale=scale, axis=axis)

    label = {"align": "left", "dx": 4, "dy": -11, "fontSize": 12}
    picture = alt.layer(
        base.mark_rule(color=palette.RULE, strokeWidth=1.5).encode(x=x("before"), x2="now:Q"),
        base.mark_point(size=70, stroke=palette.MUTED, strokeWidth=1.5, fill=palette.WHITE, opacity=1).encode(
            x=x("before")
        ),
        base.transform_filter("!datum.raised")
        .mark_point(size=70, filled=True, fill=palette.EARNED, opacity=1)
        .encode(x=x("now")),
        base.transform_filter("datum.raised")
        .mark_point(size=130, filled=True, shape="diamond", fill=palette.UNEARNED, opacity=1)
        .encode(x=x("now")),
        base.mark_text(**label, color=palette.UNEARNED).encode(x=x("now"), text="label:N"),
        *row_names(named, row),
    ).properties(width=_WIDTH, height=row_height(named) * max(1, len(named)))
    return draw(name, title, sentence, _table(title, rows, shown, heads), picture)


def _places(pair: Pair, shown: Shown) -> tuple[float | None, float | None]:
    if shown != "times":
        return pair.before, pair.now
    if not pair.before:
        return 1.0, _MOST if pair.now else None
    return 1.0, None if pair.now is None else min(_MOST, pair.now / pair.before)


def _table(title: str, rows: Sequence[Pair], shown: Shown, heads: tuple[str, str, str]) -> Table:
    kind: Literal["percent", "number"] = "percent" if shown == "percent" else "number"
    columns = (
        Column("What"),
        Column(heads[1], kind, 1),
        Column(heads[2], kind, 1),
        Column("Chance, corrected", "percent", 2),
        Column("Raised"),
    )
    cells = tuple(
        (pair.name, _cell(pair.before), _cell(pair.now), _cell(pair.chance), "yes" if pair.raised else "no")
        for pair in rows
    )
    return Table(caption=title, columns=columns, rows=cells)


def _cell(number: float | None) -> Cell:
    return "not known" if number is None else Decimal(repr(number))
