"""A document as tagged PDF (PDF/UA-1, ISO 14289-1), set by Typst with the faces that it ships."""

import json
from importlib.resources import files
from typing import Any

import typst

from obc.reports import palette
from obc.reports.charts.chart import Chart
from obc.reports.document import Block, Document, Facts, Grid, Items, Note, Paragraph, Picture, Section, Words
from obc.reports.table import Table

_SHORT, _WIDEST = 16, 40
"""Letters: a column with no longer cell takes what it needs; the others share the rest, none counting for more."""


def pdf(document: Document) -> bytes:
    """The PDF. It bears no date, so the same document gives the same bytes."""
    source = (files("obc.reports") / "templates" / "document.typ").read_bytes()
    made = typst.compile(
        source,
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
        sys_inputs={"document": json.dumps(_document(document), ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made


def _document(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "foot": document.foot,
        "blocks": [_block(block) for block in document.blocks],
        "colours": {
            name.lower(): getattr(palette, name) for name in ("INK", "MUTED", "RULE", "PALE", "EARNED", "UNEARNED")
        },
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": block.kind, "words": _words(block.words), "lead": block.lead}
        case Facts():
            facts = [{"name": fact.name, "figure": fact.figure, "meaning": fact.meaning} for fact in block.facts]
            return {"kind": block.kind, "facts": facts}
        case Items():
            return {"kind": block.kind, "entries": [_words(e) for e in block.entries], "ordered": block.ordered}
        case Note():
            return {"kind": block.kind, "title": block.title, "words": _words(block.words)}
        case Grid():
            return {"kind": block.kind, "table": _table(block.table)}
        case Picture():
            return {"kind": block.kind, "chart": _chart(block.chart)}
        case Section():
            return {"kind": block.kind, "title": block.title, "blocks": [_block(inner) for inner in block.blocks]}


def _words(words: Words) -> list[dict[str, str]]:
    return [
        {"kind": "text", "text": piece} if isinstance(piece, str) else {"kind": piece.kind, "text": piece.text}
        for piece in words
    ]


def _table(table: Table) -> dict[str, Any]:
    rows = [list(row) for row in table.shown_rows]
    every = [[column.heading for column in table.columns], *rows, *([table.shown_total] if table.shown_total else [])]
    return {
        "caption": table.caption,
        "headings": every[0],
        "numeric": [column.numeric for column in table.columns],
        "widths": [_width([row[i] for row in every]) for i in range(len(table.columns))],
        "rows": rows,
        "total": list(table.shown_total) if table.shown_total else None,
    }


def _width(cells: list[str]) -> int:
    """The part of the line that a column of long texts gets; 0 for one of short texts, which takes what it needs."""
    longest = max(map(len, cells))
    return 0 if longest <= _SHORT else min(longest, _WIDEST)


def _chart(chart: Chart) -> dict[str, Any]:
    return {"title": chart.title, "sentence": chart.sentence, "svg": chart.inline, "width": chart.width}
