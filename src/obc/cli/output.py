"""What a command says: JSON for machines, words for people, and the exit status for both."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from obc.domain.core.kernel.problem import Problem

DONE, INPUT_HAS_PROBLEMS, CALL_IS_WRONG = 0, 1, 2
"""Exit statuses."""


def as_json(content: dict[str, Any]) -> None:
    """Print one JSON object with its `schema_version`; keys are documented and stable."""
    print(json.dumps({"schema_version": 1, **content}, ensure_ascii=False, indent=1, default=_plain))


def _plain(content: Any) -> Any:
    if hasattr(content, "model_dump"):
        return content.model_dump(by_alias=True)
    if hasattr(content, "isoformat"):
        return content.isoformat()
    number = float(content)
    return int(number) if number.is_integer() else number


def problems_as_json(problems: "Iterable[Problem]", **others: Any) -> None:
    """Print problems as `contract check` and `records check` promise them."""
    as_json({"problems": [problem.model_dump() for problem in problems], **others})


def say_problems(problems: "Sequence[Problem]") -> None:
    """Print every problem for a person: place, what was found, what to write instead; then how many."""
    for problem in problems:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        print(f"{problem.severity.upper():<8}{place}  {problem.where}")
        print(f"        found: {problem.found}")
        print(f"        {problem.expected}")
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    print(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}" if problems else "No problems found.")


def status_of(problems: "Iterable[Problem]") -> int:
    """1 when there is an error among them, else 0: a warning stops nobody."""
    return INPUT_HAS_PROBLEMS if any(problem.severity == "error" for problem in problems) else DONE


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: str = "") -> None:
    """Print a table; `numbers` has one `r` or `l` a column (right for numbers)."""
    rows = [tuple(map(str, row)) for row in rows]
    widths = [max(len(row[i]) for row in [tuple(heads), *rows]) for i in range(len(heads))]
    sides = numbers or "l" * len(heads)
    for row in (tuple(heads), tuple("─" * width for width in widths), *rows):
        cells = (c.rjust(w) if side == "r" else c.ljust(w) for c, w, side in zip(row, widths, sides, strict=True))
        print("  ".join(cells).rstrip())


def say(text: str) -> None:
    """Say something about the way the work goes: on the error stream, so that JSON stays clean."""
    print(text, file=sys.stderr, flush=True)


class Progress:
    """How far long work has come, on one line of the error stream; silent where that is not a terminal."""

    def __init__(self, what: str) -> None:
        self.what, self.live = what, sys.stderr.isatty()
        if not self.live:
            say(f"{what} …")

    def __call__(self, done: int, of: int) -> None:
        if self.live:
            bar = "█" * (20 * done // max(of, 1))
            end = "\n" if done >= of else ""
            print(f"\r{self.what} {bar:<20} {100 * done // max(of, 1):3d} %", end=end, file=sys.stderr, flush=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
