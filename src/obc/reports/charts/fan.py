"""Fan: a forecast that narrows as more of the year becomes known."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Column, Table

_WIDTH, _HEIGHT, _MAJOR = 460, 260, 100


@dataclass(frozen=True, slots=True)
class Rib:
    """The forecast at one moment: when, and its quantiles (minor units), lowest first: 5, 25, 50, 75, 95 %."""

    label: str
    quantiles: tuple[int, int, int, int, int]


def fan(name: str, title: str, sentence: str, ribs: Sequence[Rib], currency: str) -> Chart:
    """Two bands and a line over the moments: 90 % of the runs, half of them, the middle one."""
    rows = [
        {
            "when": rib.label,
            **{
                key: amount / _MAJOR
                for key, amount in zip(("p5", "p25", "p50", "p75", "p95"), rib.quantiles, strict=True)
            },
        }
        for rib in ribs
    ]
    axis = alt.Axis(labelExpr="format(datum.value, ',')", title=f"Earned in the year, {currency}", tickCount=6)
    x = alt.X("when:O", sort=None, axis=alt.Axis(labelAngle=0, title="What was known"), scale=alt.Scale(padding=0.3))
    base = alt.Chart(drawn_from(rows)).encode(x=x)
    wide = base.mark_rule(strokeWidth=30, strokeCap="butt", color=palette.FAINT)
    narrow = base.mark_rule(strokeWidth=30, strokeCap="butt", color=palette.RULE)
    line = base.mark_line(color=palette.EARNED, strokeWidth=2, point={"size": 70, "filled": True})
    words = [
        base.mark_text(align="left", dx=20, fontSize=12, **dress)
        for dress in ({"stroke": palette.WHITE, "strokeWidth": 5, "color": palette.WHITE}, {"color": palette.INK})
    ]
    top = max((max(rib.quantiles) for rib in ribs), default=0) / _MAJOR
    scale = alt.Scale(domain=[min(0, *(rib.quantiles[0] / _MAJOR for rib in ribs)), top * 1.05 or 1])
    y = alt.Y("p50:Q", axis=axis, scale=scale)
    picture = alt.layer(
        wide.encode(y=alt.Y("p5:Q", axis=axis, scale=scale), y2="p95:Q"),
        narrow.encode(y=alt.Y("p25:Q", axis=axis, scale=scale), y2="p75:Q"),
        line.encode(y=y, color=alt.ColorValue(palette.EARNED)),
        *(word.encode(y=y, text=alt.Text("p50:Q", format=",.0f")) for word in words),
    ).properties(width=_WIDTH, height=_HEIGHT)
    table = Table(
        caption=title,
        columns=(
            Column("What was known"),
            *(Column(heading, "money") for heading in ("5 %", "25 %", "Middle", "75 %", "95 %")),
        ),
        rows=tuple((rib.label, *rib.quantiles) for rib in ribs),
        currency=currency,
    )
    return draw(name, title, sentence, table, picture)
