"""The strength of a consortium: which member covers which service and which factor, and where nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table

_COLUMN, _LINE = 92, 14


@dataclass(frozen=True, slots=True)
class Covered:
    """A service or a factor, and the members that cover it. `needed`: a gap where nobody does."""

    name: str
    members: tuple[str, ...]
    needed: bool


def strength_grid(name: str, title: str, sentence: str, members: Sequence[str], covered: Sequence[Covered]) -> Chart:
    """A mark where a member covers a row; the word where a service has nobody."""
    rows = [{"row": i, "name": one.name} for i, one in enumerate(covered)]
    marks = [{"row": i, "member": member} for i, one in enumerate(covered) for member in one.members]
    gaps = [{"row": i, "member": members[0]} for i, one in enumerate(covered) if one.needed and not one.members]
    row = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(len(covered)))))
    heads = alt.Axis(
        orient="top",
        labelAngle=0,
        title=None,
        labelLimit=0,
        labelExpr="split(datum.label, ' ')",
        labelPadding=_LINE * max(len(member.split()) for member in members) - _LINE + 4,
        domain=False,
        ticks=False,
    )
    x = alt.X("member:N", scale=alt.Scale(domain=list(members)), axis=heads)
    lines = alt.Chart(drawn_from(rows)).mark_rule(color=palette.FAINT).encode(y=row)
    drawn = (
        alt.Chart(drawn_from(marks))
        .mark_point(shape="square", size=130, filled=True, color=palette.EARNED, opacity=1)
        .encode(y=row, x=x)
    )
    words = [
        alt.Chart(drawn_from(gaps))
        .mark_text(text="nobody", color=palette.UNEARNED, fontSize=12, **halo)
        .encode(y=row, x=x)
        for halo in ({"stroke": palette.WHITE, "strokeWidth": 5}, {})
    ]
    tall = min(row_height(rows), 30)
    layers = [lines, drawn, *(words if gaps else ()), *row_names(rows, row)]
    picture = alt.layer(*layers).properties(width=_COLUMN * len(members), height=tall * len(rows))
    table = Table(
        caption=title,
        columns=(Column("Service or factor"), *(Column(member) for member in members)),
        rows=tuple(
            (one.name, *("covers" if member in one.members else _none(one) for member in members)) for one in covered
        ),
    )
    return draw(name, title, sentence, table, picture)


def _none(one: Covered) -> str:
    return "gap: nobody" if one.needed and not one.members else "–"
