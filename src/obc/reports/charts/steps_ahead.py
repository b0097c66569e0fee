"""Steps ahead: how far each figure stands from the next step that is paid for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Cell, Column, Table

_WIDTH = 300
_FARTHEST = 0.25


@dataclass(frozen=True, slots=True)
class Step:
    """One row. `people` are missing to the next step and `share` is that of those counted; None where there is none
    or the figure is a mean."""

    name: str
    stand: str
    figure: str
    next: str
    mark: str
    people: int | None
    share: float | None


def steps_ahead(name: str, title: str, sentence: str, rows: Sequence[Step]) -> Chart:
    """A bar a row, as long as the way to the next step; the words beside it say how it stands."""
    named = [{"row": i, "name": step.name} for i, step in enumerate(rows)]
    drawn = [
        {
            "row": i,
            "share": min(_FARTHEST, step.share or 0.0),
            "edge": step.stand == "at the edge",
            "label": step.stand + ("" if step.people is None else f" ({step.people:,} to {step.next})"),
        }
        for i, step in enumerate(rows)
    ]
    row = alt.Y("row:O", axis=None, scale=alt.Scale(domain=[entry["row"] for entry in named]))
    most = max([0.05, *(entry["share"] for entry in drawn)])
    x = alt.X(
        "share:Q",
        title="people missing to the next step, of those counted",
        scale=alt.Scale(domain=[0, most * 1.7], nice=False),
        axis=alt.Axis(format=".0%", tickCount=5),
    )
    base = alt.Chart(drawn_from(drawn)).encode(y=row, x=x)
    picture = alt.layer(
        base.transform_filter("!datum.edge").mark_bar(color=palette.EARNED, size=12),
        base.transform_filter("datum.edge").mark_bar(
            fill=palette.WHITE, stroke=palette.UNEARNED, strokeWidth=2, size=11
        ),
        base.mark_text(align="left", dx=5, fontSize=12).encode(text="label:N"),
        *row_names(named, row),
    ).properties(width=_WIDTH, height=row_height(named) * max(1, len(named)))
    cells: list[tuple[Cell, ...]] = [
        (
            step.name,
            step.stand,
            step.figure,
            step.next or "none",
            step.mark or "none",
            "none" if step.people is None else step.people,
            "none" if step.share is None else Decimal(repr(step.share)),
        )
        for step in rows
    ]
    heads = ("Indicator", "Stands", "At the year's end", "Next step", "Reached at")
    columns = (
        *(Column(head) for head in heads),
        Column("People missing", "count"),
        Column("Of those counted", "percent", 1),
    )
    return draw(name, title, sentence, Table(caption=title, columns=columns, rows=tuple(cells)), picture)
