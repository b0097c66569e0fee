"""YAML written in place: one value changes, and every other character stays as its author left it.

A contract's folder is read by people: comments, order and layout are theirs. So nothing is dumped anew. The file is
read to nodes, which know where they stand in the text, and only that stretch of the text is replaced.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from obc.loaders.yaml_nodes import Parser, Place

_BREAKS = re.compile(r"[\n\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTRY = ("value", "from", "agreed", "source")
"""The keys of a value in a figure's history, in the order in which they are written."""


def with_value(text: str, place: Place, value: str) -> str:
    """The text with another value at `place`, which holds one. Raises ValueError where it does not, or for a value of
    several lines."""
    node, flow = _found(text, place)
    if not isinstance(node, ScalarNode):
        raise ValueError(f"no single value at {place}")
    start, end = _span(node, text)
    written = scalar(value, flow)
    if start == end and start and not text[start - 1].isspace():
        written = f" {written}"  # 'key:' with nothing after it
    return text[:start] + written + text[end:]


def with_key(text: str, place: Place, key: str, value: str) -> str:
    """The text with a further key, last in the mapping at `place`. Raises ValueError where there is no mapping."""
    node, flow = _found(text, place)
    if not isinstance(node, MappingNode) or not node.value:
        raise ValueError(f"no mapping at {place}")
    if node.flow_style:
        at = _span(node.value[-1][1], text)[1]
        return f"{text[:at]}, {scalar(key, True)}: {scalar(value, True)}{text[at:]}"
    return _new_line(
        text, _end(node, text), f"{' ' * node.start_mark.column}{scalar(key, flow)}: {scalar(value, flow)}"
    )


def with_entry(text: str, place: Place, entry: Mapping[str, str], after: int) -> str:
    """The text with a further value in the history of the figure at `place`, after so many of those it has.

    A figure that is one value becomes a history of two. `entry`: value, from, agreed, source, as far as they are given.
    """
    node, flow = _found(text, place)
    written = "{" + ", ".join(f"{key}: {scalar(entry[key], True)}" for key in _ENTRY if key in entry) + "}"
    if isinstance(node, SequenceNode):
        return _with_item(text, node, written, after)
    start, end = _span(node, text)
    if isinstance(node, MappingNode) and not node.flow_style:
        return _listed(text, node, written)
    first = text[start:end] if isinstance(node, MappingNode) else f"{{value: {scalar(node.value, True)}}}"
    between = ", " if flow else f",\n{' ' * (node.start_mark.column + 1)}"
    both = (first, written) if after else (written, first)
    return f"{text[:start]}[{between.join(both)}]{text[end:]}"


def without_entry(text: str, place: Place, position: int) -> str:
    """The text without one value of the history at `place`, which has others. Raises ValueError where it has none."""
    node, _ = _found(text, place)
    if not isinstance(node, SequenceNode) or len(node.value) < 2:
        raise ValueError(f"no history at {place}")
    start, end = _span(node.value[position], text)
    if not node.flow_style:
        first, after = text.rindex("\n", 0, start) + 1, text.find("\n", end)
        return text[:first] + ("" if after < 0 else text[after + 1 :])
    if position:
        return text[: _span(node.value[position - 1], text)[1]] + text[end:]
    return text[:start] + text[node.value[1].start_mark.index :]


def with_listed(text: str, key: str, item: Mapping[str, Any]) -> str:
    """The text with a further item in the list under a key of the top, which is begun at the end where it is absent."""
    dumped = yaml.safe_dump([item], sort_keys=False, allow_unicode=True, width=110)
    root = yaml.compose(text, Loader=Parser)
    held = next((value for name, value in root.value if name.value == key), None)
    if not isinstance(held, SequenceNode):
        return f"{text}{'' if text.endswith(chr(10)) else chr(10)}\n{key}:\n{_indented(dumped, 2)}"
    if held.flow_style:
        one = yaml.safe_dump(item, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=True).strip()
        at = held.end_mark.index - 1
        return f"{text[:at]}{', ' if held.value else ''}{one}{text[at:]}"
    return _new_line(text, _end(held, text), _indented(dumped, held.start_mark.column).rstrip("\n"))


def scalar(value: str, flow: bool) -> str:
    """A value as it is written: plain where that reads back as the same, otherwise in quotes.

    `flow`: within braces or brackets, where commas end a value. Raises ValueError for several lines.
    """
    if _BREAKS.search(value) or _UNPRINTABLE.search(value):
        raise ValueError("a value of one line, with characters that can be printed")
    for written in (value, '"' + value + '"', "'" + value.replace("'", "''") + "'"):
        if _reads_as(written, value, flow):
            return written
    raise ValueError(f"'{value}' cannot be written")


def _reads_as(written: str, value: str, flow: bool) -> bool:
    line = f"{{k: {written}, l: m}}\n" if flow else f"k: {written}\nl: m\n"
    try:
        node = yaml.compose(line, Loader=Parser)
    except yaml.YAMLError:
        return False
    if not isinstance(node, MappingNode) or len(node.value) != 2:
        return False
    read = node.value[0][1]
    if not isinstance(read, ScalarNode) or read.value != value:
        return False
    return bool(read.style) or value not in ("", "~", "null")


def _with_item(text: str, node: SequenceNode, written: str, after: int) -> str:
    items: Sequence[Node] = node.value
    if node.flow_style:
        if after:
            at = _span(items[after - 1], text)[1]
            return f"{text[:at]}, {written}{text[at:]}"
        at = items[0].start_mark.index
        return f"{text[:at]}{written}, {text[at:]}"
    line = f"{' ' * node.start_mark.column}- {written}"
    if after:
        return _new_line(text, _end(items[after - 1], text), line)
    at = text.rindex("\n", 0, node.start_mark.index) + 1
    return f"{text[:at]}{line}\n{text[at:]}"


def _listed(text: str, node: MappingNode, written: str) -> str:
    """A mapping in lines of its own, made the first item of a list."""
    start, end = node.start_mark.index, _end(node, text)
    indent = " " * node.start_mark.column
    body = re.sub(r"\n(?=[^\n])", "\n  ", text[start:end])
    return _new_line(f"{text[:start]}- {body}{text[end:]}", start + 2 + len(body), f"{indent}- {written}")


def _new_line(text: str, end: int, line: str) -> str:
    """The text with a line of its own below the one in which `end` stands."""
    at = text.find("\n", end)
    return f"{text}\n{line}\n" if at < 0 else f"{text[: at + 1]}{line}\n{text[at + 1 :]}"


def _indented(text: str, by: int) -> str:
    return re.sub(r"^(?=.)", " " * by, text, flags=re.MULTILINE)


def _span(node: Node, text: str) -> tuple[int, int]:
    return node.start_mark.index, _end(node, text)


def _end(node: Node, text: str) -> int:
    """Where what is written of a node ends: not where the parser noticed, which may be lines further down."""
    if isinstance(node, ScalarNode):
        end: int = node.end_mark.index
        return len(text[:end].rstrip("\n ")) if node.style in ("|", ">") else end
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last, text)


def _found(text: str, place: Place) -> tuple[Node, bool]:
    """The node at a place, and whether it stands within braces or brackets. Raises ValueError where there is none."""
    node = yaml.compose(text, Loader=Parser)
    flow = False
    for step in place:
        flow = flow or bool(getattr(node, "flow_style", False))
        inner = None
        if isinstance(node, MappingNode):
            inner = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
        if inner is None:
            raise ValueError(f"nothing at {place}")
        node = inner
    return node, flow
