"""Reading HTML back: the tags in order, and the tables as a reader would see them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = {"meta", "br", "link", "img", "input"}


@dataclass
class ReadTable:
    """A table: caption, headings and the rows' texts."""

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Tag:
    """An opening tag with its attributes."""

    name: str
    attributes: dict[str, str]


class ReadPage(HTMLParser):
    """A page: `tags` in order, `tables`, `headings`, `text` and how it nests; refuses tags that do not close."""

    def __init__(self, content: bytes):
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.tables: list[ReadTable] = []
        self.headings: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self._hidden = 0
        self.feed(content.decode())
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))
        if tag in _EMPTY:
            return
        self._open.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append("")
        if dict(attrs).get("aria-hidden") == "true" or self._hidden:
            self._hidden += 1
        if tag == "table":
            self.tables.append(ReadTable())
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self.tables[-1].rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1] == tag, f"</{tag}> closes {self._open[-1:]}"
        self._open.pop()
        self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        if "style" in self._open or self._hidden:
            return
        self.text += data
        if self._open[-1:] and self._open[-1] in ("h1", "h2", "h3", "h4"):
            self.headings[-1] += data
        if "caption" in self._open:
            self.tables[-1].caption += data
        elif self._open and "table" in self._open and ({"td", "th"} & set(self._open)):
            self.tables[-1].rows[-1][-1] += data

    def named(self, name: str) -> list[Tag]:
        """All tags of a name."""
        return [tag for tag in self.tags if tag.name == name]

    def table(self, caption: str) -> ReadTable:
        """The first table whose caption begins so."""
        return next(table for table in self.tables if table.caption.strip().startswith(caption))
