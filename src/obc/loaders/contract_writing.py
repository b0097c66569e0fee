"""Contract writing: a contract's folder with some places changed in the text, as its authors would have changed it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import NAMED_BY, year_named
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.core.kernel.rate import exact
from obc.loaders.yaml_nodes import Place, parse_yaml
from obc.loaders.yaml_writer import with_entry, with_key, with_listed, with_value, without_entry

_PAIR = {"at": 0, "gives": 1}
"""What the two numbers of a curve's point are called, where a file writes them as a pair."""


def rewritten(
    files: Mapping[str, bytes], in_force: Mapping[str, bytes], changes: Iterable[Change], source: str, agreed: date
) -> dict[str, bytes]:
    """The files of a drafted folder with every change written where it belongs.

    A number that holds from a year on becomes a further value in its history, agreed on a day, with its source; what
    has no history is replaced. A value that only the draft has is put right in its place, or goes again where it is set
    back to what is `in_force`: a history holds what was agreed, not every thought on the way. Comments, order and every
    other line stay. Raises `Problems`: a place that is nowhere.
    """
    made, problems = dict(files), []
    for change in changes:
        try:
            text = _text(made[change.file])
            before = in_force.get(change.file, b"")
            made[change.file] = _written(text, _text(before), change, source, agreed).encode()
        except (KeyError, ValueError) as error:
            cure = f"change it in the folder itself: {error}" if isinstance(error, ValueError) else "there is no file"
            problems.append(Problem(file=change.file, where=change.at, found="a place not written yet", expected=cure))
    if problems:
        raise Problems(tuple(problems))
    return made


def agreed_on(files: Mapping[str, bytes], changes: Iterable[Change], day: date) -> dict[str, bytes]:
    """The files with the day of the agreement beside every value that the changes brought in."""
    made = dict(files)
    for change in changes:
        *way, last = change.way
        year = year_named(last)
        if year is None or change.file not in made:
            continue
        text = _text(made[change.file])
        content = parse_yaml(text, change.file).content
        place = place_of(content, tuple(way))
        entries = _node(content, place) if place is not None else None
        if isinstance(entries, list):
            at = [i for i, one in enumerate(entries) if _begins(one) == year.number and "agreed" in one]
            if at and place is not None:
                made[change.file] = with_value(text, (*place, at[-1], "agreed"), day.isoformat()).encode()
    return made


def with_variation(agreement: bytes, variation: Mapping[str, Any]) -> bytes:
    """contract.yaml with a variation listed."""
    return with_listed(_text(agreement), "variations", variation).encode()


def place_of(content: Any, way: tuple[str, ...]) -> Place | None:
    """Where a file has what a change calls by keys and names; None where it has nothing there."""
    place: Place = ()
    node = content
    for step in way:
        if isinstance(node, dict) and step in node:
            place, node = (*place, step), node[step]
        elif isinstance(node, list):
            found = _item(node, step)
            if found is None:
                return None
            place, node = (*place, found), node[found]
        elif step == "years" and isinstance(node, str):
            continue  # `extension: 2`, which reads as extension > years
        else:
            return None
    return place


def _written(text: str, in_force: str, change: Change, source: str, agreed: date) -> str:
    if change.reads is None:
        raise ValueError("nothing is taken out by a form")
    content = parse_yaml(text, change.file).content
    *way, last = change.way
    year = year_named(last)
    place = place_of(content, tuple(way) if year else change.way)
    if place is None:
        above = place_of(content, tuple(way))
        if year is not None or above is None:
            raise ValueError("the file has no such place")
        return with_key(text, above, last, change.reads)
    if year is None:
        return with_value(text, place, change.reads)
    entries, agreed_before = _entries(content, place), _entries_at(in_force, change.file, tuple(way))
    own = [i for i, one in enumerate(entries) if _begins(one) == year.number and one not in agreed_before]
    if own and isinstance(_node(content, place), list):
        if agreed_before and _same(change.reads, _holding(agreed_before, year.number)):
            return without_entry(text, place, own[-1])
        for key, value in (("value", change.reads), ("source", source), ("agreed", agreed.isoformat())):
            at = (*place, own[-1])
            there = key in entries[own[-1]]
            text = with_value(text, (*at, key), value) if there else with_key(text, at, key, value)
        return text
    entry = {"value": change.reads, "agreed": agreed.isoformat(), "source": source}
    if year.number is not None:
        entry["from"] = f"year {year.number}"
    before = sum(1 for one in entries if (_begins(one) or 0) <= (year.number or 0))
    return with_entry(text, place, entry, before)


def _entries(content: Any, place: Place) -> list[Any]:
    """The history at a place; a single value is a history of one."""
    held = _node(content, place)
    return held if isinstance(held, list) else [held]


def _entries_at(text: str, file: str, way: tuple[str, ...]) -> list[Any]:
    content = parse_yaml(text, file).content
    place = place_of(content, way)
    return [] if place is None else _entries(content, place)


def _holding(entries: list[Any], year: int | None) -> str:
    """What holds in a year, as it is written; nothing before the first."""
    held = [one["value"] if isinstance(one, dict) else one for one in entries if (_begins(one) or 0) <= (year or 0)]
    return str(held[-1]) if held else ""


def _same(one: str, other: str) -> bool:
    try:
        return exact(one) == exact(other)
    except ValueError:
        return one == other


def _begins(entry: Any) -> int | None:
    """The year from which a value in a history holds; None: from the start."""
    given = entry.get("from") if isinstance(entry, dict) else None
    return None if given is None else int(str(given).removeprefix("year").strip())


def _item(items: list[Any], step: str) -> int | None:
    for i, item in enumerate(items):
        if isinstance(item, dict) and step in (item.get(name) for name in NAMED_BY):
            return i
    if step in _PAIR and not any(isinstance(item, dict) for item in items):
        return _PAIR[step]
    if step.isdigit() and 1 <= int(step) <= len(items):
        return int(step) - 1
    return None


def _node(content: Any, place: Place) -> Any:
    for step in place:
        content = content[step]
    return content


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")
