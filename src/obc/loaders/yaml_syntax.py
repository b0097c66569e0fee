"""YAML that cannot be parsed, said in words that name the cure.

The parser knows only where it gave up. The line there usually shows why.
"""

import re

import yaml

from obc.domain.core.kernel.problem import Problem

_COLON = ("a second ': ' on one line", "put the text after the first colon in quotes")
_INDENT = ("a line that stands too far left or right", "indent it like its neighbours, with two spaces a level")
_CLOSING = {"[": "]", "{": "}"}
_TAB = ("a tab", "indent with spaces")


def syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """The one problem that stopped the parser; after it nothing in the file can be relied on."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    lines = text.splitlines() or [""]
    line = min(mark.line if mark else 0, len(lines) - 1)
    found, expected, line = _said(error, lines, line, mark.column if mark else 0, context)
    return Problem(file=file, line=line + 1, where="the file", found=found, expected=expected)


def _said(
    error: yaml.YAMLError, lines: list[str], line: int, column: int, context: yaml.Mark | None
) -> tuple[str, str, int]:
    problem = getattr(error, "problem", None) or str(error)
    opened = context.line if context else line
    indent = re.match(r"[ \t]*", lines[line])
    if indent and "\t" in indent[0]:
        return *_TAB, line
    if "mapping values" in problem:
        return *(_COLON if re.search(r":\s", lines[line][: max(column, 0)]) else _INDENT), line
    if bracket := re.search(r"',' or '([\]}])'", problem):
        opening = next(one for one, closing in _CLOSING.items() if closing == bracket[1])
        return f"an opening '{opening}' without its '{bracket[1]}'", f"close it with '{bracket[1]}'", opened
    if "node content" in problem:
        return _bracket_left_open(lines, line)
    if "unexpected end of stream" in problem:
        return "an opening quote without its closing one", "close the quote", opened
    if "escape character" in problem:
        return "a backslash inside double quotes", "use single quotes, or write \\\\", line
    if "cannot start any token" in problem:
        return f"a value that begins with '{lines[line][column : column + 1]}'", "put the value in quotes", line
    if "alphabetic or numeric" in problem:
        return "a value that begins with '*' or '&'", "put the value in quotes", line
    if "could not find expected ':'" in problem:
        return f"'{lines[opened].strip()}' without a colon", "write 'key: value'", opened
    if re.search(r"['\"]\s*[^\s#,\]}]", lines[line][max(column - 2, 0) :]):
        return "text after a closing quote", "put the whole value in quotes; double a ' inside '…'", line
    return *_INDENT, line


def _bracket_left_open(lines: list[str], line: int) -> tuple[str, str, int]:
    """Something inside brackets ends too early: at the end of the file, or between two commas."""
    open_: list[tuple[str, int]] = []
    for number, text in enumerate(lines[: line + 1]):
        for char in text:
            if char in _CLOSING:
                open_.append((char, number))
            elif open_ and char == _CLOSING[open_[-1][0]]:
                open_.pop()
    if open_ and line == len(lines) - 1 and not re.search(r",\s*,", lines[line]):
        opening, number = open_[-1]
        return (
            f"an opening '{opening}' without its '{_CLOSING[opening]}'",
            f"close it with '{_CLOSING[opening]}'",
            number,
        )
    return "a comma with nothing before it", "remove it, or write what is missing", line
