"""What each option costs over the years, against the envelope."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.domain.money.finance.amount import thousands
from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Column, Table

_DASHES: tuple[list[int], ...] = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3])
_COLOURS = (palette.UNEARNED, palette.EARNED, palette.REACHED, palette.MUTED)
_WIDTH, _HEIGHT, _LABEL = 470, 300, 17
_MILLION = 100_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """An option: its name and what it costs in each year (minor units)."""

    name: str
    amounts_minor: tuple[int, ...]


def options_over_years(
    name: str, title: str, sentence: str, years: Sequence[str], lines: Sequence[Line], currency: str
) -> Chart:
    """One line an option, told apart by dash and by the name at its end; the axis does not begin at nothing."""
    rows = [
        {"option": line.name, "year": year, "cost": amount / _MILLION}
        for line in lines
        for year, amount in zip(years, line.amounts_minor, strict=True)
    ]
    low, high = min(row["cost"] for row in rows), max(row["cost"] for row in rows)
    room = (high - low) * 0.08 or 1
    scale = alt.Scale(domain=[low - room, high + room], nice=True, zero=False)
    names = [line.name for line in lines]
    x = alt.X("year:N", sort=list(years), title=None, axis=alt.Axis(labelAngle=0, grid=False))
    y = alt.Y("cost:Q", title=f"{currency} million a year", scale=scale, axis=alt.Axis(format=".0f", tickCount=6))
    colour = alt.Color("option:N", scale=alt.Scale(domain=names, range=list(_COLOURS[: len(names)])), legend=None)
    dash = alt.StrokeDash("option:N", scale=alt.Scale(domain=names, range=list(_DASHES[: len(names)])), legend=None)
    drawn = (
        alt.Chart(drawn_from(rows))
        .mark_line(strokeWidth=2.5)
        .encode(x=x, y=y, color=colour, strokeDash=dash, detail="option:N")
    )
    labels = (
        alt.Chart(drawn_from(_labels(lines, (high - low + 2 * room) * _LABEL / _HEIGHT)))
        .mark_text(align="left", dx=8, fontSize=12)
        .encode(x=alt.XValue(_WIDTH), y=alt.Y("at:Q", scale=scale), text="option:N", color=colour)
    )
    picture = alt.layer(drawn, labels).properties(width=_WIDTH, height=_HEIGHT)
    columns = (Column("Option"), *(Column(year, "number") for year in years))
    amounts = tuple((line.name, *(thousands(amount) for amount in line.amounts_minor)) for line in lines)
    table = Table(f"{title} ({currency} thousand)", columns, amounts)
    return draw(name, title, sentence, table, picture)


def _labels(lines: Sequence[Line], apart: float) -> list[dict[str, object]]:
    """The names at the ends of the lines, far enough apart to be read."""
    rows: list[dict[str, object]] = []
    below: float | None = None
    for line in sorted(lines, key=lambda line: line.amounts_minor[-1]):
        at = line.amounts_minor[-1] / _MILLION
        below = at if below is None else max(at, below + apart)
        rows.append({"option": line.name, "at": below})
    return rows
