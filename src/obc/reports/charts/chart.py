"""A chart: SVG and PNG from one Vega-Lite specification, drawn without a browser, the same bytes each time."""

import re
from dataclasses import dataclass
from html import escape
from textwrap import wrap

import altair as alt
import vl_convert

from obc.reports import palette
from obc.reports.table import Table

SMALLEST_TEXT = 12
"""In pixels."""
SCALE = 2
"""PNG pixels per SVG pixel."""

_NAME_LINE = 30
"""Letters in a line of a row's name."""

_DRAWN_WITH = "sans-serif"
"""vl-convert ships Liberation Sans under this name, so a machine without fonts draws the same."""
_SHOWN_WITH = "Arial, Helvetica, 'Liberation Sans', sans-serif"
"""Faces of the same widths, so that a browser sets the labels where they were measured."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what it says.

    `title` says the message. `sentence` describes the picture to those who do not see it. `table` holds every
    number that is drawn. `svg` stands on its own and inside a page alike; its width is its largest useful one.
    """

    name: str
    title: str
    sentence: str
    table: Table
    svg: str
    png: bytes
    width: int


def draw(name: str, title: str, sentence: str, table: Table, picture: alt.TopLevelMixin) -> Chart:
    """Draw the specification. The title is not drawn: the page or the caption says it, and people can find it."""
    spec = picture.to_dict()
    spec["config"] = _config()
    raw = vl_convert.vegalite_to_svg(spec)
    png = vl_convert.svg_to_png(raw, scale=SCALE)
    svg, width = _accessible(name, title, sentence, raw)
    return Chart(name=name, title=title, sentence=sentence, table=table, svg=svg, png=png, width=width)


def row_axis() -> alt.Axis:
    """The axis of named rows: no line, no ticks, names in lines short enough to leave the picture its room."""
    return alt.Axis(domain=False, ticks=False, labelPadding=8, labelExpr="split(datum.label, '\\n')")


def row_name(name: str) -> str:
    """A row's name with its line breaks, for `row_axis`."""
    return "\n".join(wrap(name, _NAME_LINE))


def _config() -> dict[str, object]:
    axis = {
        "labelFontSize": SMALLEST_TEXT,
        "titleFontSize": SMALLEST_TEXT,
        "titleFontWeight": "normal",
        "labelColor": palette.INK,
        "titleColor": palette.INK,
        "gridColor": palette.FAINT,
        "domainColor": palette.RULE,
        "tickColor": palette.RULE,
        "labelLimit": 0,
    }
    title = {"fontSize": 14, "color": palette.INK, "anchor": "start", "fontWeight": "bold"}
    return {
        "font": _DRAWN_WITH,
        "background": palette.WHITE,
        "padding": 4,
        "view": {"stroke": None},
        "axis": axis,
        "title": title | {"subtitleFontSize": SMALLEST_TEXT, "subtitleColor": palette.MUTED},
        "text": {"fontSize": SMALLEST_TEXT, "color": palette.INK},
        "header": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": palette.INK, "labelLimit": 0},
        "aria": False,
    }


def _accessible(name: str, title: str, sentence: str, raw: str) -> tuple[str, int]:
    """One image with a title and a description; ids of its own, so that several stand in one page."""
    head = re.match(r'<svg [^>]*?width="(\d+)" height="(\d+)" viewBox="([^"]+)">', raw)
    if not head:
        raise ValueError("vl-convert wrote an SVG with another opening than it used to")
    body = raw[head.end() :].replace(f'font-family="{_DRAWN_WITH}"', f'font-family="{_SHOWN_WITH}"')
    body = re.sub(r'\b(id="|url\(#|href="#)(?=[A-Za-z])', rf"\g<1>{name}-", body)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{head[1]}" height="{head[2]}" viewBox="{head[3]}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(sentence)}</desc>'
    )
    return opening + body, int(head[1])
