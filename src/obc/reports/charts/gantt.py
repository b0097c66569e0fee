"""A Gantt chart: tasks as bars along the calendar, milestones as diamonds, promised days as ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Column, Table
from obc.reports.wording import day

_WIDTH = 470


@dataclass(frozen=True, slots=True)
class Bar:
    """A task: its first and its last day, the day after the last (equal to the first: a milestone), how it stands."""

    name: str
    begin: date
    last_day: date
    end: date
    due: date | None
    critical: bool
    state: str
    slack: int
    room: int | None


def gantt(name: str, title: str, sentence: str, bars: Sequence[Bar], today: date) -> Chart:
    """A row a task: filled where it is on the critical path, hollow elsewhere, pale where it is done."""
    rows = [
        {
            "row": place,
            "name": one.name,
            "begin": one.begin.isoformat(),
            "end": one.end.isoformat(),
            "due": one.due.isoformat() if one.due else None,
            "fill": palette.FAINT if one.state == "done" else palette.EARNED if one.critical else palette.WHITE,
        }
        for place, one in enumerate(bars)
    ]
    row = alt.Y("row:O", axis=None)
    days = [day_ for one in bars for day_ in (one.begin, one.end, one.due, today) if day_]
    room = max((max(days) - min(days)) / 40, timedelta(days=2))  # so that a diamond at an end stays off the names
    across = alt.Scale(domain=[(min(days) - room).isoformat(), (max(days) + room).isoformat()])
    x = alt.X("begin:T", title=None, scale=across, axis=alt.Axis(format="%b %y", tickCount=8, grid=True, orient="top"))
    fill = alt.Fill("fill:N", scale=None)
    base = alt.Chart(drawn_from(rows)).encode(y=row)
    tasks = base.transform_filter("datum.begin != datum.end")
    milestones = base.transform_filter("datum.begin == datum.end")
    promised = base.transform_filter("isValid(datum.due)")
    layers = [
        alt.Chart(drawn_from([{"begin": today.isoformat()}]))
        .mark_rule(color=palette.MUTED, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x="begin:T"),
        tasks.mark_bar(size=14, stroke=palette.EARNED, strokeWidth=1.25).encode(x=x, x2="end:T", fill=fill),
        milestones.mark_point(shape="diamond", size=130, opacity=1, stroke=palette.EARNED, strokeWidth=1.5).encode(
            x=x, fill=fill
        ),
        promised.mark_tick(color=palette.UNEARNED, thickness=3, size=20, orient="vertical").encode(x="due:T"),
    ]
    picture = alt.layer(*layers, *row_names(rows, row)).properties(width=_WIDTH, height=row_height(rows) * len(rows))
    return draw(name, title, sentence, gantt_table(title, bars), picture)


def gantt_table(caption: str, bars: Sequence[Bar]) -> Table:
    """Every day that is drawn."""
    columns = (
        Column("Task"),
        Column("Begins"),
        Column("Last day"),
        Column("Promised"),
        Column("Slack, days", "count"),
        Column("Room, days", "count"),
        Column("State"),
    )
    rows = tuple(
        (
            one.name,
            day(one.begin),
            day(one.last_day),
            day(one.due) if one.due else "–",
            "–" if one.state == "done" else one.slack,
            "–" if one.room is None else one.room,
            "on the critical path" if one.critical else one.state,
        )
        for one in bars
    )
    return Table(caption, columns, rows)
