"""YAML read as what its author wrote: every scalar stays text, every key keeps its line.

YAML's own conversion is not used. It turns `012` into 10, `no` into false and a long decimal into another
number without a word, and gives up the whole file at `2027-02-31`. Here text stays text; the models convert it
and say what is wrong. Aliases, tags and second documents are refused: a contract says everything in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from obc.domain.core.kernel.problem import Problem, Severity
from obc.loaders.yaml_syntax import syntax_problem

try:
    from yaml import CSafeLoader as Parser
except ImportError:  # PyYAML built without libyaml: the same events, ten times slower
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

Place = tuple[str | int, ...]
"""The way from the top of a file to one of its nodes: keys, and positions in lists."""

DEEPEST = 40

NAMED_BY = ("id", "step", "input", "figure", "segment", "account", "party")
"""The keys that say what an item of a list is called, in the order in which they are looked for."""


@dataclass
class Document:
    """A file's content as mappings, lists, text and None (nothing written), with the line of each node."""

    file: str
    content: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[Place] = field(default_factory=set)
    """Nodes whose value was refused on reading: what else is wrong there is not worth a second message."""

    def line(self, place: Place) -> int | None:
        """The line of the node at `place`, or of the nearest one around it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None

    def written(self, place: Place) -> str:
        """`place` for people: list items by what they are called, otherwise by their position."""
        node, names = self.content, list[str]()
        for step in place:
            node = _child(node, step)
            if isinstance(step, int):
                called = [node[key] for key in NAMED_BY if key in node] if isinstance(node, dict) else []
                names.append(called[0] if called and isinstance(called[0], str) else f"item {step + 1}")
            else:
                names.append(step)
        return " > ".join(names) or "the file"

    def problem(
        self,
        place: Place,
        found: str,
        expected: str,
        *,
        line: int | None = None,
        severity: Severity = "error",
    ) -> Problem:
        """A problem at `place` of this file."""
        return Problem(
            file=self.file,
            line=line or self.line(place),
            where=self.written(place),
            found=found,
            expected=expected,
            severity=severity,
        )


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Read `path`. Never raises: what is wrong with the file stands in `problems` of the document."""
    document = Document(file=shown_as or str(path))
    try:
        return bytes_as_yaml(path.read_bytes(), document.file)
    except FileNotFoundError:
        found, expected = "no such file", f"write it, or check the spelling of '{path.name}'"
    except IsADirectoryError:
        found, expected = "a folder where a file should be", f"make '{path.name}' a YAML file"
    except OSError as error:
        found, expected = f"a file that cannot be read ({error.strerror})", "check its permissions"
    document.problems.append(document.problem((), found, expected))
    return document


def bytes_as_yaml(raw: bytes, shown_as: str) -> Document:
    """The same of a file's bytes."""
    document = Document(file=shown_as)
    text = _text(raw, document)
    return document if text is None else _built(document, text)


def parse_yaml(text: str, shown_as: str) -> Document:
    """The same of a text that is at hand; `shown_as` is what messages call it."""
    return _built(Document(file=shown_as), text)


def _built(document: Document, text: str) -> Document:
    _Builder(document).build(text)
    if document.content is None and not document.problems:
        document.problems.append(
            document.problem((), "an empty file", "write its keys and values, or remove the file", line=1)
        )
    return document


def _text(raw: bytes, document: Document) -> str | None:
    def refuse(found: str, expected: str, line: int) -> None:
        document.problems.append(document.problem((), found, expected, line=line))

    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return refuse("the encoding UTF-16", "save the file as UTF-8", 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"the byte 0x{raw[error.start]:02X}, which is not UTF-8 (perhaps Windows-1252)"
        return refuse(byte, "save the file as UTF-8", line)
    control = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        return refuse(f"the control character 0x{ord(control[0]):02X}", "remove it", line)
    return text


@dataclass
class _Open:
    """A mapping or list whose end has not been reached."""

    place: Place
    node: dict[str, Any] | list[Any]
    key: str | None = None
    key_line: int = 0
    dropped: list[str] = field(default_factory=list)


class _Builder:
    """Turns parser events into nodes, without recursion, gathering what is refused on the way."""

    def __init__(self, document: Document):
        self.document = document
        self.stack: list[_Open] = []
        self.documents = 0

    def build(self, text: str) -> None:
        try:
            for event in _events(text):
                if not self._take(event):
                    return
        except yaml.YAMLError as error:
            # What was read up to here is half a file: better to say this one thing than to guess at the rest.
            self.document.content = None
            self.document.problems.append(syntax_problem(self.document.file, text, error))

    def _take(self, event: yaml.Event) -> bool:
        line = event.start_mark.line + 1
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._refuse(line, "a second document ('---')", "keep one document in a file")
                    return False
            case yaml.AliasEvent():
                self._refuse(line, f"the alias '*{event.anchor}'", "write the value out in its place")
                self.document.refused.add(self._add(None, line))
            case yaml.ScalarEvent():
                self._marks(event, line)
                plain = event.style is None or event.style == ""
                absent = plain and event.value in ("", "~", "null")
                self._add(None if absent else event.value, line, is_text=True)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._marks(event, line)
                if len(self.stack) >= DEEPEST:
                    self.document.content = None
                    self._refuse(line, f"more than {DEEPEST} levels of nesting", "write it flatter", ())
                    return False
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = self.stack.pop()
                for key in ended.dropped:
                    del ended.node[key]
        return True

    def _marks(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._refuse(line, f"the anchor '&{event.anchor}'", "remove it and write values out in their place")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(line, f"the tag '{tag}'", "remove it; values are text, checked by their key")

    def _open(self, node: Any, line: int) -> None:
        self.stack.append(_Open(self._add(node, line), node))

    def _add(self, value: Any, line: int, *, is_text: bool = False) -> Place:
        """Put `value` where the reading stands; return its place."""
        if not self.stack:
            self.document.content = value
            self.document.lines[()] = line
            return ()
        top = self.stack[-1]
        if isinstance(top.node, list):
            place = (*top.place, len(top.node))
            top.node.append(value)
        elif top.key is None:
            return self._key(top, value, line, is_text)
        else:
            place, line = (*top.place, top.key), top.key_line
            top.node[top.key], top.key = value, None
        self.document.lines[place] = line
        return place

    def _key(self, top: _Open, value: Any, line: int, is_text: bool) -> Place:
        assert isinstance(top.node, dict)
        if not is_text or value is None:
            self._refuse(line, "a key that is no text", "write 'key: value', with a word before the colon")
            top.key = self._dropped(top)
        elif value in top.node:
            first = self.document.lines[(*top.place, value)]
            found = f"the key '{value}' a second time (first on line {first})"
            self._refuse(line, found, "keep one of the two", (*top.place, value))
            top.key = self._dropped(top)
        else:
            top.key = value
        top.key_line = line
        return (*top.place, top.key)

    def _dropped(self, top: _Open) -> str:
        """A key to hang a refused value on until its mapping ends, so that it is still read to its end."""
        top.dropped.append(f"\0{len(top.dropped)}")
        return top.dropped[-1]

    def _refuse(self, line: int, found: str, expected: str, place: Place | None = None) -> None:
        at = place if place is not None else self._here()
        self.document.problems.append(self.document.problem(at, found, expected, line=line))

    def _here(self) -> Place:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.node, list):
            return (*top.place, len(top.node))
        return (*top.place, top.key) if top.key is not None else top.place


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=Parser)
