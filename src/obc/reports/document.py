"""A document: what is said, apart from how it looks. One document becomes a page and a PDF with equal figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from obc.reports.charts.chart import Chart
from obc.reports.table import Table


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that matter most."""

    text: str
    kind: ClassVar[str] = "strong"


@dataclass(frozen=True, slots=True)
class Code:
    """A command, a file name, a hash."""

    text: str
    kind: ClassVar[str] = "code"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another file of the folder, or to a place in the page (`#…`)."""

    text: str
    target: str
    kind: ClassVar[str] = "link"


Words = tuple[str | Strong | Code | Link, ...]
"""Running text, in pieces."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the first of a document may be its `lead`."""

    words: Words
    lead: bool = False
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name, and what it means in a few words."""

    name: str
    figure: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The few figures that a reader came for."""

    facts: tuple[Fact, ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` where one comes after the other."""

    entries: tuple[Words, ...]
    ordered: bool = False
    kind: ClassVar[str] = "items"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to mind while reading, with a title."""

    title: str
    words: Words
    kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in a document."""

    table: Table
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in a document, with its sentence and its table."""

    chart: Chart
    kind: ClassVar[str] = "picture"


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part. `id` names the place for links; sections nest at most three deep."""

    title: str
    id: str
    blocks: "tuple[Block, ...]"
    kind: ClassVar[str] = "section"


Block = Paragraph | Facts | Items | Note | Grid | Picture | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A title, what kind of document it is, and its parts."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    foot: str

    @property
    def sections(self) -> tuple[Section, ...]:
        """The top sections: the table of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Section))


def said(words: Words) -> str:
    """The words without their dress."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in words)


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block, nested ones after the section they stand in."""
    waiting: list[Block] = list(reversed(document.blocks))
    while waiting:
        block = waiting.pop()
        yield block
        if isinstance(block, Section):
            waiting.extend(reversed(block.blocks))
