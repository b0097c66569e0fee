"""A chart: SVG and PNG from one Vega-Lite specification, drawn without a browser."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Any

import altair as alt
import vl_convert

from obc.reports import palette
from obc.reports.charts.fonts import leave_out_fonts_of_the_machine
from obc.reports.charts.png import packed
from obc.reports.table import Table

leave_out_fonts_of_the_machine()

SMALLEST_TEXT = 12
"""In pixels."""
SCALE = 2
"""PNG pixels per SVG pixel."""

_NAME_LINE = 40
"""Letters in a line of a row's name."""
_TITLE = 20
"""Pixels of one line of the title."""

_UNHEARD = re.compile(r' (?:role|class|pointer-events|aria-[a-z]+)="[^"]*"')
"""What Vega tells screen readers of single marks: the picture as a whole has its own title and description."""
_REM = 0.875 / SMALLEST_TEXT
"""In a page, the smallest text is set in 14 pixels, or more where readers ask for larger type."""

_DRAWN = 'font-family="sans-serif"'
"""vl-convert ships Liberation Sans under this name, so a machine without fonts draws the same."""
_SHOWN = """font-family="Arial, Helvetica, 'Liberation Sans', sans-serif\""""
"""Faces of the same widths, so that a browser sets the labels where they were measured."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what it says.

    `title` says the message. `sentence` describes the picture to those who do not see it. `table` holds every
    number that is drawn. `inline` is the SVG for a page, which sets the title in its own type; `svg` and `png`
    stand alone and bear the title. `width` is the width in pixels at which the text has its size.
    """

    name: str
    title: str
    sentence: str
    table: Table
    inline: str
    svg: str
    width: int

    @property
    def png(self) -> bytes:
        """The same as `svg`, in pixels; drawn when it is first asked for."""
        return _in_pixels(self.svg)


@lru_cache(maxsize=64)  # a document in Word and the folder of its pictures ask for the same ones
def _in_pixels(svg: str) -> bytes:
    return packed(vl_convert.svg_to_png(svg.replace(_SHOWN, _DRAWN), scale=SCALE))


def drawn_from(rows: Sequence[dict[str, Any]]) -> alt.Data:
    """Rows as the data of a mark. They go as text, since Altair copies what it is given many times over."""
    return alt.Data(values=json.dumps(rows, ensure_ascii=False), format=alt.DataFormat({"type": "json"}))


def draw(name: str, title: str, sentence: str, table: Table, picture: alt.TopLevelMixin) -> Chart:
    """Draw the specification. `name` is a file's stem; it makes the ids unique where several stand in one page."""
    spec = picture.to_dict(validate=False)
    spec["config"] = _config()
    raw = _drawn(json.dumps(spec, ensure_ascii=False))
    head = re.match(r'<svg [^>]*?width="(\d+)" height="(\d+)" viewBox="[^"]+">', raw)
    if not head:
        raise ValueError("vl-convert wrote an SVG with another opening than it used to")
    body = _own_ids(name, _UNHEARD.sub("", raw[head.end() :].removesuffix("</svg>")))
    width, height = int(head[1]), int(head[2])
    alone = _with_title(title, body, width)
    tall = height + _head(title, width)
    return Chart(
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        inline=_image(name, title, sentence, body.replace(_DRAWN, _SHOWN), width, height, _REM),
        svg=_image(name, title, sentence, alone.replace(_DRAWN, _SHOWN), width, tall) + "\n",
        width=width,
    )


@lru_cache(maxsize=64)  # a statement and the page of its charts show the same ones
def _drawn(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))


def _own_ids(name: str, body: str) -> str:
    """Ids numbered from 1 and led by the chart's name: vl-convert counts on over all charts that it draws."""
    found = dict.fromkeys(re.findall(r'\bid="([^"]+)"', body))
    for i, one in enumerate(found, 1):
        body = re.sub(rf'(\bid="|url\(#|href="#){re.escape(one)}(?=["\)])', rf"\g<1>{name}-{i}", body)
    return body


def _image(name: str, title: str, sentence: str, body: str, width: int, height: int, rem: float = 0) -> str:
    """One image with a title and a description, for those who hear it; sized in pixels, or by the reader's type."""
    wide, high = (f"{width * rem:.2f}rem", f"{height * rem:.2f}rem") if rem else (str(width), str(height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{wide}" height="{high}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(sentence)}</desc>{body}</svg>'
    )


def _lines(title: str, width: int) -> list[str]:
    return wrap(title, max(20, width // 8))


def _head(title: str, width: int) -> int:
    """The height of the title, with some room under it."""
    return _TITLE * len(_lines(title, width)) + 8


def _with_title(title: str, body: str, width: int) -> str:
    """The picture moved down, under its title."""
    lines = _lines(title, width)
    text = "".join(f'<tspan x="8" y="{_TITLE * (i + 1) - 4}">{escape(line)}</tspan>' for i, line in enumerate(lines))
    top = _head(title, width)
    return (
        f'<rect width="{width}" height="{top}" fill="{palette.WHITE}"/>'
        f'<text {_DRAWN} font-size="15px" font-weight="bold" fill="{palette.INK}">{text}</text>'
        f'<g transform="translate(0,{top})">{body}</g>'
    )


def row_height(rows: Sequence[dict[str, Any]]) -> int:
    """Pixels that a named row (`name`) needs, so that no name runs into the next."""
    return max([2, *(len(wrap(entry["name"], _NAME_LINE)) for entry in rows)]) * 14 + 10


def row_names(rows: Sequence[dict[str, Any]], row: alt.Y) -> list[alt.Chart]:
    """The names of named rows (`name`), right of which the bars begin; long ones on several lines."""
    by_length: dict[int, list[dict[str, Any]]] = {}
    for entry in rows:
        lines = wrap(entry["name"], _NAME_LINE)
        by_length.setdefault(len(lines), []).append({"row": entry["row"], "lines": lines})
    return [
        alt.Chart(drawn_from(named))
        .mark_text(align="right", dx=-8, baseline="middle", lineHeight=14, dy=-7 * (length - 1), fontSize=SMALLEST_TEXT)
        .encode(x=alt.XValue(0), y=row, text="lines:N")
        for length, named in by_length.items()
    ]


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
        "font": "sans-serif",
        "background": palette.WHITE,
        "padding": 4,
        "view": {"stroke": None},
        "axis": axis,
        "title": title | {"subtitleFontSize": SMALLEST_TEXT, "subtitleColor": palette.MUTED},
        "text": {"fontSize": SMALLEST_TEXT, "color": palette.INK},
        "header": {
            "labelFontSize": 13,
            "labelFontWeight": "bold",
            "labelAnchor": "start",
            "labelColor": palette.INK,
            "labelLimit": 0,
        },
        "aria": False,
    }
