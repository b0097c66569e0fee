"""Waterfall: how a year's pot falls apart into what each outcome earned and what was not earned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table
from obc.reports.wording import money_in_words

Part = Literal["pot", "earned", "not earned"]


@dataclass(frozen=True, slots=True)
class Fall:
    """One step: what it is called, how much it is and which part of the pot it belongs to."""

    label: str
    amount_minor: int
    part: Part


_FILLS = {"pot": palette.MUTED, "earned": palette.EARNED, "not earned": palette.WHITE}
_STROKES = {"pot": palette.MUTED, "earned": palette.EARNED, "not earned": palette.UNEARNED}
_BAR, _WIDTH = 22, 420


def waterfall(name: str, title: str, sentence: str, falls: Sequence[Fall], currency: str) -> Chart:
    """Bars from top to bottom, each beginning where the last one ended; filled: earned; hollow: not earned.

    The first step is the pot; it begins the picture and is what the others add up to.
    """
    rows = list(_placed(falls, currency))
    row = alt.Y("row:O", axis=None)
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    span = {"x": alt.X("begin:Q", axis=None, scale=alt.Scale(domain=_domain(rows))), "x2": "end:Q"}
    bars = base.mark_bar(size=_BAR, strokeWidth=2).encode(
        **span,
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("stroke:N", scale=None),
        strokeDash=alt.StrokeDash("dash:N", scale=alt.Scale(domain=["yes", "no"], range=[[4, 3], [1, 0]]), legend=None),
    )
    amounts = base.mark_text(align="left", dx=6, fontSize=12).encode(x="far:Q", text="amount:N")
    picture = alt.layer(bars, amounts, *row_names(rows, row)).properties(
        width=_WIDTH, height=row_height(rows) * len(rows)
    )
    table = Table(
        caption=title,
        columns=(Column("Step"), Column("Part"), Column("Amount", "money")),
        rows=tuple((fall.label, fall.part, fall.amount_minor) for fall in falls),
        currency=currency,
    )
    return draw(name, title, sentence, table, picture)


def _placed(falls: Sequence[Fall], currency: str) -> Iterator[dict[str, object]]:
    reached = 0
    for i, fall in enumerate(falls):
        begin = 0 if fall.part == "pot" else reached
        end = begin + fall.amount_minor
        reached = 0 if fall.part == "pot" else end
        yield {
            "row": i,
            "name": fall.label,
            "begin": begin,
            "end": end,
            "far": max(begin, end),
            "amount": money_in_words(fall.amount_minor, currency),
            "fill": _FILLS[fall.part],
            "stroke": _STROKES[fall.part],
            "dash": "yes" if fall.part == "not earned" else "no",
        }


def _domain(rows: list[dict[str, object]]) -> list[float]:
    """From the smallest to the largest place, with room for the amount beside the longest bar."""
    low = min(0, *(min(row["begin"], row["end"]) for row in rows))  # type: ignore[type-var]
    high = max(0, *(row["far"] for row in rows))  # type: ignore[type-var]
    return [low, low + (high - low) * 1.28 or 1]  # type: ignore[operator]
