"""Parts: one figure for several groups of people, each with its interval, beside everybody's."""

from collections.abc import Sequence
from decimal import Decimal

import altair as alt

from obc.domain.outcomes.monitoring.equality import Part, Split
from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from, row_height, row_names
from obc.reports.table import Cell, Column, Table

_WIDTH = 360


def parts_dots(name: str, title: str, sentence: str, split: Split, named: Sequence[str]) -> Chart:
    """A row a group: dot and 95 % interval; a diamond where it differs beyond chance; the rule is everybody's figure.

    `named`: what the parts are called.
    """
    rows = [{"row": i, "name": text} for i, text in enumerate(named)]
    drawn = [
        {
            "row": i,
            "value": None if part.value is None else float(part.value),
            "lower": part.lower_95,
            "upper": part.upper_95,
            "beyond": part.differs in ("higher", "lower"),
            "label": "" if part.value is not None else part.state,
        }
        for i, part in enumerate(split.parts)
    ]
    ends = [end for entry in drawn for end in (entry["lower"], entry["upper"], entry["value"]) if end is not None]
    whole = [] if split.whole is None else [float(split.whole)]
    low, high = min([*ends, *whole], default=0.0), max([*ends, *whole], default=1.0)
    room = max(0.01, (high - low) * 0.08)
    scale = alt.Scale(domain=[max(0.0, low - room), min(1.0, high + room)], nice=False)
    axis = alt.Axis(format=".0%" if high - low > 0.05 else ".1%", tickCount=6)
    row = alt.Y("row:O", axis=None, scale=alt.Scale(domain=[entry["row"] for entry in rows]))
    base = alt.Chart(drawn_from(drawn)).encode(y=row)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=None, scale=scale, axis=axis)

    layers = [
        base.mark_rule(color=palette.RULE, strokeWidth=2).encode(x=x("lower"), x2="upper:Q"),
        base.transform_filter("!datum.beyond")
        .mark_point(size=80, filled=True, fill=palette.EARNED, opacity=1)
        .encode(x=x("value")),
        base.transform_filter("datum.beyond")
        .mark_point(size=130, filled=True, shape="diamond", fill=palette.UNEARNED, opacity=1)
        .encode(x=x("value")),
        base.mark_text(align="left", fontSize=12, color=palette.MUTED).encode(x=alt.XValue(6), text="label:N"),
        *row_names(rows, row),
    ]
    if whole:
        line = alt.Chart(drawn_from([{"at": whole[0]}]))
        layers.insert(0, line.mark_rule(color=palette.REACHED, strokeDash=[4, 3]).encode(x=x("at")))
    picture = alt.layer(*layers).properties(width=_WIDTH, height=row_height(rows) * max(1, len(rows)))
    return draw(name, title, sentence, _table(title, split, named), picture)


def _table(title: str, split: Split, named: Sequence[str]) -> Table:
    figures = ("Value", "Lower 95% limit", "Upper 95% limit")
    columns = (
        Column("Group"),
        Column("Numerator", "count"),
        Column("Denominator", "count"),
        *(Column(head, "percent", 1) for head in figures),
        Column("Against everybody"),
    )
    rows = tuple(
        (
            text,
            *(_cell(part, figure) for figure in (part.numerator, part.denominator, part.value)),
            *(_cell(part, limit) for limit in (part.lower_95, part.upper_95)),
            part.differs,
        )
        for text, part in zip(named, split.parts, strict=True)
    )
    return Table(caption=title, columns=columns, rows=rows)


def _cell(part: Part, number: Decimal | float | None) -> Cell:
    if number is None:
        return part.state if part.value is None else "not published"
    return number if isinstance(number, Decimal) else Decimal(repr(number))
