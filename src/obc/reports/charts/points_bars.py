"""Points by outcome: what was to be had, what was earned."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table
from obc.reports.wording import shortest


@dataclass(frozen=True, slots=True)
class Points:
    """One outcome: points to be had, points earned, and the level in a word (`improved`, `not due`)."""

    outcome: str
    available: Fraction | Decimal | int
    earned: Fraction | Decimal | int
    level: str


_WIDTH = 420


def points_bars(name: str, title: str, sentence: str, outcomes: Sequence[Points]) -> Chart:
    """A frame for the points to be had, filled as far as they were earned; the numbers stand beside it."""
    rows = [
        {
            "row": i,
            "name": entry.outcome,
            "available": float(entry.available),
            "earned": float(entry.earned),
            "text": f"{shortest(entry.earned)} of {shortest(entry.available)}, {entry.level}",
        }
        for i, entry in enumerate(outcomes)
    ]
    most = max((row["available"] for row in rows), default=0) or 1
    row = alt.Y("row:O", axis=None)
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    along = alt.Scale(domain=[0, most * 1.55])
    frame = base.mark_bar(size=20, fill=palette.WHITE, stroke=palette.EARNED, strokeWidth=1.5).encode(
        x=alt.X("available:Q", axis=None, scale=along)
    )
    filled = base.mark_bar(size=20, fill=palette.EARNED).encode(x=alt.X("earned:Q", scale=along))
    words = base.mark_text(align="left", dx=7, fontSize=12).encode(x="available:Q", text="text:N")
    picture = alt.layer(frame, filled, words, *row_names(rows, row)).properties(
        width=_WIDTH, height=row_height(rows) * len(rows)
    )
    table = Table(
        caption=title,
        columns=(
            Column("Outcome"),
            Column("Points available", "points"),
            Column("Points earned", "points"),
            Column("Level"),
        ),
        rows=tuple((entry.outcome, entry.available, entry.earned, entry.level) for entry in outcomes),
    )
    return draw(name, title, sentence, table, picture)
