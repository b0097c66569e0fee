"""A heat map of risks: how many stand at each severity and likelihood, one small picture a moment."""

from collections.abc import Sequence

import altair as alt

from obc.domain.programme.risks.heat_map import Cell
from obc.domain.programme.risks.scale import LIKELIHOOD, SEVERITY, STEPS
from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Column, Table
from obc.reports.wording import capital

_CELL = 42
_GROUND = {"green": "#d3ead7", "amber": "#fbe3b0", "red": "#f6c7c0"}
"""Pale enough for ink to be read on; the score in the corner of each field says the same without colour."""


def risk_map(name: str, title: str, sentence: str, moments: Sequence[tuple[str, Sequence[Cell]]]) -> Chart:
    """A grid a moment: a field bears its score in the corner and, where risks stand there, how many."""
    panels = [_panel(place, title_, cells) for place, (title_, cells) in enumerate(moments)]
    picture = alt.hconcat(*panels, spacing=26)
    return draw(name, title, sentence, map_table(title, moments), picture)


def map_table(caption: str, moments: Sequence[tuple[str, Sequence[Cell]]]) -> Table:
    """The fields in which risks stand, the worst first, with the risks by name."""
    columns = (
        Column("Moment"),
        Column("Severity"),
        Column("Likelihood"),
        Column("Score", "count"),
        Column("Colour"),
        Column("Number", "count"),
        Column("Risks"),
    )
    rows = tuple(
        (
            moment,
            f"{cell.severity} {SEVERITY[cell.severity][0]}",
            f"{cell.likelihood} {LIKELIHOOD[cell.likelihood][0]}",
            cell.severity * cell.likelihood,
            cell.band,
            len(cell.risks),
            ", ".join(cell.risks),
        )
        for moment, cells in moments
        for cell in sorted(cells, key=lambda one: (-one.severity * one.likelihood, -one.severity))
        if cell.risks
    )
    return Table(caption, columns, rows)


def _panel(place: int, title: str, cells: Sequence[Cell]) -> alt.LayerChart:
    rows = [
        {
            "severity": cell.severity,
            "likelihood": cell.likelihood,
            "score": cell.severity * cell.likelihood,
            "count": str(len(cell.risks)) if cell.risks else "",
            "fill": _GROUND[cell.band],
        }
        for cell in cells
    ]
    names = {step: f"{step} {SEVERITY[step][0]}" for step in STEPS}
    severity = alt.Axis(
        labels=place == 0,
        ticks=False,
        domain=False,
        labelExpr=" : ".join(f"datum.value == {step} ? '{said}'" for step, said in names.items()) + " : ''",
    )
    base = alt.Chart(drawn_from(rows)).encode(
        x=alt.X(
            "likelihood:O",
            title="Likelihood",
            axis=alt.Axis(labelAngle=0, ticks=False, domain=False, titlePadding=4),
        ),
        y=alt.Y("severity:O", sort="descending", title="Severity" if place == 0 else None, axis=severity),
    )
    grid = base.mark_rect(stroke=palette.WHITE, strokeWidth=2).encode(fill=alt.Fill("fill:N", scale=None))
    score = base.mark_text(dx=12, dy=12, color=palette.MUTED, fontSize=12).encode(text="score:Q")
    count = base.mark_text(dx=-4, dy=-3, fontSize=18, fontWeight="bold", color=palette.INK).encode(text="count:N")
    side = _CELL * len(STEPS)
    return alt.layer(grid, score, count).properties(width=side, height=side, title=capital(title))
