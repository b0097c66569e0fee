"""A contract with some places changed: validated whole, as if its files had said so."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.check import findings
from obc.domain.contract.agreement.contract import Contract, Parts
from obc.domain.core.kernel.problem import Problem, Problems

FILES = {
    "contract.yaml": "agreement",
    "framework.yaml": "framework",
    "segments.yaml": "segmentation",
    "payment.yaml": "mechanism",
    "values.yaml": "published",
    "finance.yaml": "finance",
    "quality.yaml": "quality",
    "schedules.yaml": "schedules",
}
"""The files of a contract that can be changed, and the part that each is."""
NAMED_BY = ("id", "step", "figure", "input", "segment", "account", "indicator", "party")
"""Keys whose value names an item of a list."""
FROM_THE_START = "from the start"
_FROM = re.compile(r"from (?:year (\d{1,4})|the start)")


class FromYear(NamedTuple):
    """The year from which a value of a figure holds; None: from the start."""

    number: int | None


def year_named(step: str) -> FromYear | None:
    """The year that the last step on the way to a value names, as `from year 3`; None where it names none."""
    found = _FROM.fullmatch(step)
    return FromYear(int(found[1]) if found[1] else None) if found else None


def changed(contract: Contract, changes: Iterable[Change], source: str) -> Contract:
    """The contract with every change made. Figures that change bear the `source`.

    Raises `Problems`: a place that is nowhere, or a contract that no longer fits together.
    """
    parts = _open(contract.model_dump(by_alias=True, exclude_none=True))
    problems = tuple(problem for change in changes if (problem := _make(parts, change, source)))
    if problems:
        raise Problems(problems)
    try:
        made = Contract.model_validate(parts)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise Problems(tuple(_told(one["loc"], one["msg"], one["input"], source) for one in found)) from error
    wrongs = [one for one in findings(Parts(**dict(made))) if one.severity == "error"]
    if wrongs:
        raise Problems(
            tuple(Problem(file=one.file, where=source, found=one.found, expected=one.expected) for one in wrongs)
        )
    return made


def standing_at(contract: Contract, change: Change) -> Change:
    """The change that would put back what stands at the place of `change` now.

    Raises `Problems` where the place holds several values: one of them has to be named.
    """
    node = what_stands(contract, change)
    if node is None:
        return Change(file=change.file, at=change.at)
    if _is_figure(node) and len(node) == 1:
        node = node[0]["value"]
    if isinstance(node, dict | list):
        places = _names(node)[:12] or [f"{i} / value" for i in range(1, len(node) + 1)]
        found, cure = "a place that holds several values", f"go on with one of {', '.join(places)}"
        raise Problems((Problem(file=change.file, where=change.at, found=found, expected=cure),))
    return Change(file=change.file, at=change.at, reads=str(node))


def what_stands(contract: Contract, change: Change) -> Any:
    """What stands at the place of `change`, as a file would say it; None where nothing does."""
    node: Any = _open(contract.model_dump(by_alias=True, exclude_none=True, mode="json"))
    node = node.get(FILES.get(change.file, ""))
    for step in change.way:
        year = year_named(step)
        if year is not None and _is_figure(node):
            held = [one["value"] for one in node if one.get("from") == year.number]
            node = held[-1] if held else None
            continue
        key = _key(node, step)
        if key is None:
            return None
        node = node[key]
    return node


def _open(node: Any) -> Any:
    """The same with lists for tuples, so that it can be changed."""
    if isinstance(node, dict):
        return {key: _open(value) for key, value in node.items()}
    return [_open(item) for item in node] if isinstance(node, list | tuple) else node


def _told(place: tuple[int | str, ...], message: str, given: object, source: str) -> Problem:
    file = next((name for name, part in FILES.items() if place and part == place[0]), "the contract")
    where = " / ".join(str(part + 1) if isinstance(part, int) else part for part in place[1:]) or source
    found, _, expected = message.partition("; ")
    if not expected:  # pydantic's own words say only what is expected
        found, expected = f"'{given}'"[:80], message[:1].lower() + message[1:]
    return Problem(file=file, where=where, found=found, expected=expected)


def _make(parts: dict[str, Any], change: Change, source: str) -> Problem | None:
    node: Any = parts.get(FILES.get(change.file, ""))
    if node is None:
        return _nowhere(change, change.file, [name for name, part in FILES.items() if part in parts])
    *way, last = change.way
    for step in way:
        key = _key(node, step)
        if key is None:
            return _nowhere(change, step, _names(node))
        node = node[key]
    year = year_named(last)
    if year is not None and _is_figure(node):
        return _agree(node, change, year, source)
    key = _key(node, last)
    if key is None and not isinstance(node, dict):
        return _nowhere(change, last, _names(node))
    if change.reads is None:
        if key is None:
            return _nowhere(change, last, _names(node))
        del node[key]
    elif key is not None and _is_figure(node[key]):
        node[key] = [{"value": change.reads, "source": source}]
    else:
        node[last if key is None else key] = change.reads
    return None


def _agree(history: list[Any], change: Change, year: FromYear, source: str) -> Problem | None:
    """What a figure is from a year on, in place of whatever was agreed for that year; nothing to read: no value."""
    others = [one for one in history if one.get("from") != year.number]
    if change.reads is None and len(others) == len(history):
        years = [f"from year {one['from']}" if "from" in one else FROM_THE_START for one in history]
        return _nowhere(change, change.way[-1], years)
    if change.reads is not None:
        begun = {} if year.number is None else {"from": year.number}
        others.append({"value": change.reads, **begun, "source": source})
    history[:] = sorted(others, key=lambda one: one.get("from", -1))
    return None


def _key(node: Any, step: str) -> Any:
    """The key or position of a step on the way; None where there is none."""
    if isinstance(node, dict):
        return step if step in node else None
    if isinstance(node, list):
        for i, item in enumerate(node):
            if isinstance(item, dict) and step in (item.get(name) for name in NAMED_BY):
                return i
        if step.isdigit() and 1 <= int(step) <= len(node):
            return int(step) - 1
    return None


def _names(node: Any) -> list[str]:
    if isinstance(node, dict):
        return list(node)
    items = [item for item in node if isinstance(item, dict)] if isinstance(node, list) else []
    return [str(item[name]) for item in items for name in NAMED_BY if name in item]


def _is_figure(node: Any) -> bool:
    return isinstance(node, list) and bool(node) and all(isinstance(one, dict) and "value" in one for one in node)


def _nowhere(change: Change, name: str, known: list[str]) -> Problem:
    near = get_close_matches(name, known, n=1)
    expected = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(known[:12])}"
    found = f"'{name}', which is nowhere"
    return Problem(file=change.file, where=change.at, found=found, expected=expected if known else "leave it out")
