"""A document as one HTML page: no script, nothing fetched, readable on a phone, by ear and on paper."""

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined

from obc.reports import palette
from obc.reports.document import Document

if TYPE_CHECKING:
    from obc.reports.parts import Parts

_TEMPLATES = files("obc.reports") / "templates"


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


_ENVIRONMENT = Environment(
    loader=FunctionLoader(_template),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)


def page(document: Document) -> bytes:
    """The page. The same document gives the same bytes."""
    template = _ENVIRONMENT.get_template("document.html.j2")
    return template.render(document=document, style=_style()).encode()


def fragment(document: Document, parts: "Parts | None" = None) -> str:
    """The parts of a document as HTML, for a page that has its own head, title and style.

    With `parts`, files of each are offered under it, as `?download=FILE` of the page.
    """
    return _ENVIRONMENT.get_template("fragment.html.j2").render(document=document, parts=parts)


def _style() -> str:
    """The style sheet with the palette's colours in the place of their names."""
    return re.sub(r"\b[A-Z]{3,}\b", lambda name: getattr(palette, name[0]), _template("document.css"))
