"""Money flow: ledger entries as bands, each as thick as its amount, from the account it leaves to where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import altair as alt

from obc.reports import palette
from obc.reports.charts.chart import Chart, draw, drawn_from
from obc.reports.table import Column, Table
from obc.reports.wording import money_in_words

_COLUMN, _ROW, _NODE, _STEPS, _LINE = 170, 66, 12, 24, 22
_FILLS = (palette.EARNED, palette.UNEARNED, palette.MOVED, palette.REACHED, palette.MUTED)


@dataclass(frozen=True, slots=True)
class Flow:
    """So much money from one account to another, and why. Never negative: turn it round instead."""

    source: str
    target: str
    amount_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Node:
    account: str
    column: int
    low: float
    high: float


def money_flow(name: str, title: str, sentence: str, flows: Sequence[Flow], currency: str) -> Chart:
    """Accounts from left to right in the order money passes them; each band and each account bears its amount."""
    drawn = [flow for flow in flows if flow.amount_minor]
    nodes = _nodes(drawn)
    columns = max(node.column for node in nodes.values())
    picture = alt.layer(*_bands(drawn, nodes, columns), _labels(drawn, nodes, currency)).properties(
        width=_COLUMN * columns, height=max(120, _ROW * max(_per_column(nodes)))
    )
    table = Table(
        caption=title,
        columns=(Column("From"), Column("To"), Column("Why"), Column("Amount", "money")),
        rows=tuple((flow.source, flow.target, flow.reason, flow.amount_minor) for flow in flows),
        currency=currency,
    )
    return draw(name, title, sentence, table, picture)


def _depth(flows: Sequence[Flow]) -> dict[str, int]:
    """How many accounts money passes before it reaches each; a circle is cut where it closes."""
    depth = {account: 0 for flow in flows for account in (flow.source, flow.target)}
    for _ in range(len(depth)):
        for flow in flows:
            depth[flow.target] = max(depth[flow.target], min(depth[flow.source] + 1, len(depth) - 1))
    return depth


def _passing(flows: Sequence[Flow], account: str) -> int:
    gone = sum(flow.amount_minor for flow in flows if flow.source == account)
    come = sum(flow.amount_minor for flow in flows if flow.target == account)
    return max(gone, come)


def _nodes(flows: Sequence[Flow]) -> dict[str, _Node]:
    depth = _depth(flows)
    total = max(_passing(flows, account) for account in depth)
    gap = total * 0.16
    nodes: dict[str, _Node] = {}
    for column in sorted(set(depth.values())):
        low = 0.0
        for account in (a for a, at in depth.items() if at == column):
            nodes[account] = _Node(account, column, low, low + _passing(flows, account))
            low = nodes[account].high + gap
    return nodes


def _per_column(nodes: dict[str, _Node]) -> list[int]:
    columns = [node.column for node in nodes.values()]
    return [columns.count(column) for column in set(columns)]


def _smooth(t: float) -> float:
    return t * t * (3 - 2 * t)


_AXES = {"axis": None, "title": None}


def _bands(flows: Sequence[Flow], nodes: dict[str, _Node], columns: int) -> list[alt.Chart]:
    left = {account: node.low for account, node in nodes.items()}
    right = dict(left)
    targets = list(dict.fromkeys(flow.target for flow in flows))
    rows = []
    for i, flow in enumerate(flows):
        a, b = left[flow.source], right[flow.target]
        left[flow.source], right[flow.target] = a + flow.amount_minor, b + flow.amount_minor
        begin, end = nodes[flow.source].column, nodes[flow.target].column
        for step in range(_STEPS + 1):
            t = step / _STEPS
            y = a + (b - a) * _smooth(t)
            fill = _FILLS[targets.index(flow.target) % len(_FILLS)]
            rows.append({"i": i, "x": begin + (end - begin) * t, "y": y, "y2": y + flow.amount_minor, "fill": fill})
    bands = (
        alt.Chart(drawn_from(rows))
        .mark_area(opacity=0.35, line=False)
        .encode(
            x=alt.X("x:Q", **_AXES, scale=alt.Scale(domain=[0, columns], nice=False)),
            y=alt.Y("y:Q", **_AXES, scale=alt.Scale(reverse=True, nice=False)),
            y2="y2:Q",
            detail="i:N",
            fill=alt.Fill("fill:N", scale=None),
        )
    )
    bars = (
        alt.Chart(drawn_from([{"x": n.column, "y": n.low, "y2": n.high} for n in nodes.values()]))
        .mark_rect(width=_NODE, fill=palette.INK)
        .encode(x=alt.X("x:Q", **_AXES), y=alt.Y("y:Q", **_AXES), y2="y2:Q")
    )
    return [bands, bars]


def _labels(flows: Sequence[Flow], nodes: dict[str, _Node], currency: str) -> alt.Chart:
    rows = [
        {
            "x": node.column,
            "y": (node.low + node.high) / 2,
            "text": [*wrap(node.account, _LINE), money_in_words(_passing(flows, node.account), currency)],
        }
        for node in nodes.values()
    ]
    return (
        alt.Chart(drawn_from(rows))
        .mark_text(align="left", dx=_NODE, fontSize=12, lineHeight=15, baseline="middle", dy=-7)
        .encode(x=alt.X("x:Q", **_AXES), y=alt.Y("y:Q", **_AXES), text="text:N")
    )
