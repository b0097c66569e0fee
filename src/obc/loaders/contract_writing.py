"""Contract writing: a contract's folder with some places changed in the text, as its authors would have changed it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import NAMED_BY, year_named
from obc.domain.core.kernel.problem import Problem, Problems
from obc.loaders.yaml_nodes import Place, parse_yaml
from obc.loaders.yaml_writer import with_entry, with_key, with_listed, with_value

_PAIR = {"at": 0, "gives": 1}
"""What the two numbers of a curve's point are called, where a file writes them as a pair."""


def rewritten(files: Mapping[str, bytes], changes: Iterable[Change], source: str, agreed: date) -> dict[str, bytes]:
    """The files of a contract's folder with every change written where it belongs.

    A number that holds from a year on becomes a further value in its history, agreed on a day, with its source; what
    has no history is replaced. Comments, order and every other line stay. Raises `Problems`: a place that is nowhere.
    """
    made, problems = dict(files), []
    for change in changes:
        try:
            text = _text(made[change.file])
            made[change.file] = _written(text, change, source, agreed).encode()
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
        elif step == place[-1] and not isinstance(node, dict):
            continue  # `years: 5`, which reads as years > years
        else:
            return None
    return place


def _written(text: str, change: Change, source: str, agreed: date) -> str:
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
    held = _node(content, place)
    entries = held if isinstance(held, list) else [held]
    begins = [_begins(one) for one in entries]
    entry = {"value": change.reads, "agreed": agreed.isoformat(), "source": source}
    if year.number is not None:
        entry["from"] = f"year {year.number}"
    before = sum(1 for one in begins if (one or 0) <= (year.number or 0))
    mine = [i for i, one in enumerate(begins) if one == year.number]
    if mine and isinstance(held, list) and entries[mine[-1]].get("agreed") == agreed.isoformat():
        # written today already: put right what was written, rather than agree twice in a day
        text = with_value(text, (*place, mine[-1], "value"), change.reads)
        return with_value(text, (*place, mine[-1], "source"), source)
    return with_entry(text, place, entry, before)


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
