"""Calibration: how many had the outcome against how many were foretold to, by tenth of the chance foretold."""

from decimal import Decimal

import altair as alt

from obc.domain.core.statistics import Calibration
from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Column, Table

_SIZE = {"width": 300, "height": 300}


def calibration_dots(name: str, title: str, sentence: str, found: Calibration) -> Chart:
    """Dots with their intervals of 95 %; on the line as many came as were foretold."""
    rows = [
        {
            "foretold": float(found.expected[i] / found.cases[i]),
            "came": float(found.value[i]),
            "lower": float(found.lower[i]),
            "upper": float(found.upper[i]),
        }
        for i in range(len(found.cases))
    ]
    figures = [row[key] for row in rows for key in ("foretold", "lower", "upper")]
    low, high = (max(0.0, min(figures) - 0.02), min(1.0, max(figures) + 0.02)) if figures else (0.0, 1.0)
    scale = alt.Scale(domain=[low, high], nice=False)
    axis = alt.Axis(format=".0%" if high - low > 0.05 else ".1%", tickCount=6)
    x = alt.X("foretold:Q", title="foretold by the model", scale=scale, axis=axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title="had the outcome", scale=scale, axis=axis)

    base = alt.Chart(drawn_from(rows)).encode(x=x)
    ends = [{"foretold": low, "came": low}, {"foretold": high, "came": high}]
    picture = alt.layer(
        alt.Chart(drawn_from(ends)).mark_line(color=palette.RULE, strokeDash=[4, 3]).encode(x=x, y=y("came")),
        base.mark_rule(color=palette.MUTED, strokeWidth=1.5).encode(y=y("lower"), y2="upper:Q"),
        base.mark_point(filled=True, size=70, opacity=1, color=palette.EARNED).encode(y=y("came")),
    ).properties(**_SIZE)
    heads = ("Foretold", "Had the outcome", "Lower 95% limit", "Upper 95% limit")
    table = Table(
        caption=title,
        columns=(
            Column("Part, from the lowest chance"),
            Column("People", "count"),
            *(Column(head, "percent", 1) for head in heads),
        ),
        rows=tuple(
            (
                f"{i} of {len(rows)}",
                int(found.cases[i - 1]),
                *(Decimal(repr(row[key])) for key in ("foretold", "came", "lower", "upper")),
            )
            for i, row in enumerate(rows, 1)
        ),
    )
    return draw(name, title, sentence, table, picture)
