"""From what a file says to a model of the domain, with every mistake placed and answered."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from obc.domain.core.kernel.problem import Problem
from obc.loaders.cures import DATE, cure, is_day, nearest, shown
from obc.loaders.model_keys import fields_of, models_at
from obc.loaders.yaml_nodes import Document, Place, bytes_as_yaml, read_yaml

M = TypeVar("M", bound=BaseModel)


def read(path: Path, shown_as: str, model: type[M]) -> tuple[Document, M | None, tuple[Problem, ...]]:
    """A file as a document, and what `validate` says of it. Bytes that were read before are not gone through again:
    neither the document nor the model is ever changed."""
    try:
        return _read(path.read_bytes(), shown_as, model)
    except OSError:
        document = read_yaml(path, shown_as)
        return document, *validate(document, model)


@lru_cache(maxsize=512)  # all that obc brings along, and a few contracts
def _read(raw: bytes, shown_as: str, model: type[M]) -> tuple[Document, M | None, tuple[Problem, ...]]:
    document = bytes_as_yaml(raw, shown_as)
    return document, *validate(document, model)


def validate(document: Document, model: type[M]) -> tuple[M | None, tuple[Problem, ...]]:
    """The document as a `model`, or None with every problem there is, in the order of lines.

    Problems of the file itself (syntax, duplicate keys, encoding) are among them.
    """
    problems = list(document.problems)
    if document.content is None:
        return None, tuple(problems)
    result: M | None = None
    misdated = {place: text for place, text in _texts(document.content) if _wants_a_day(model, place, text)}
    try:
        result = model.model_validate(document.content)
    except ValidationError as error:
        problems += _problems(document, model, error.errors(include_url=False), frozenset(misdated))
    problems += [document.problem(place, shown(text), DATE) for place, text in misdated.items()]
    problems.sort(key=lambda problem: problem.line or 0)
    return (None if problems else result), tuple(problems)


def _problems(
    document: Document, model: type[BaseModel], errors: list[ErrorDetails], said: frozenset[Place]
) -> Iterator[Problem]:
    meant = dict(misspelt(errors))
    for error in errors:
        place = place_of(document, error)
        already = place in said or any(place[:n] in document.refused for n in range(len(place) + 1))
        if not (already or is_echo(error) or error["loc"] in meant.values()):
            yield problem_of(document, model, error, place, meant)


def problem_of(
    document: Document, model: type[BaseModel], error: ErrorDetails, place: Place, meant: dict[Place, Place]
) -> Problem:
    """What pydantic found, with its place in the file and its cure. `meant` holds the misspelt keys."""
    loc = error["loc"]
    if error["type"] == "extra_forbidden":
        expected = f"write '{meant[loc][-1]}'" if loc in meant else _known_key(model, loc)
        return document.problem(place, f"the key '{loc[-1]}'", expected)
    if error["type"] == "missing":
        return document.problem(place, f"no '{loc[-1]}'", _what_to_add(model, loc))
    return document.problem(place, *cure(error))


def is_echo(error: ErrorDetails) -> bool:
    """Whether a list is called too short only because an item in it is wrong, which has its own message."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def misspelt(errors: list[ErrorDetails]) -> Iterator[tuple[Place, Place]]:
    """A wrong key beside a missing one that looks like it is one mistake, not two: what was written, what was meant."""
    missing = {error["loc"] for error in errors if error["type"] == "missing"}
    for wrong in sorted((error["loc"] for error in errors if error["type"] == "extra_forbidden"), key=str):
        beside = {str(loc[-1]): loc for loc in missing if loc[:-1] == wrong[:-1]}
        near = nearest(str(wrong[-1]), beside)
        if near:
            missing.discard(beside[near])
            yield wrong, beside[near]


def _known_key(model: type[BaseModel], loc: Place) -> str:
    known = list(fields_of(models_at(model, loc[:-1])))
    near = nearest(str(loc[-1]), known)
    if near:
        return f"did you mean '{near}'?"
    return f"remove it; the keys here are {', '.join(known)}" if known else "remove it"


def _what_to_add(model: type[BaseModel], loc: Place) -> str:
    field = fields_of(models_at(model, loc[:-1])).get(str(loc[-1]))
    meaning = f" ({field.description})" if field and field.description else ""
    return f"add '{loc[-1]}: …'{meaning}"


def steps_of(error: ErrorDetails) -> Place:
    """The way to what an error speaks of, as pydantic and the validator that raised it have it."""
    return (*error["loc"], *error.get("ctx", {}).get("at", ()))


def place_of(document: Document, error: ErrorDetails) -> Place:
    """The node that an error speaks of.

    Pydantic's `loc` also holds tags of unions, and positions in lists that a validator made of a mapping or a
    single item; they are nowhere in the file. Of all readings of `loc` as a way through the file, the one wins
    that explains most of it. A missing key is placed at the mapping that lacks it.
    """
    missing = error["type"] == "missing"
    return nearest_place(document, error["loc"][:-1] if missing else steps_of(error), missing)


def nearest_place(document: Document, steps: Place, mapping_first: bool = False) -> Place:
    """The node of the file that `steps` through a model lead to."""
    readings = _readings(document.content, steps, 0)
    return max(readings, key=lambda r: (mapping_first and r.is_mapping, r.explained, r.last)).place


class _Reading:
    """One way to read a `loc`: where it leads, how many of its steps the file has, and which of them is the last."""

    def __init__(self, node: Any, place: Place, used: tuple[int, ...]):
        self.place, self.is_mapping = place, isinstance(node, dict)
        self.explained, self.last = len(used), used[-1] if used else -1


def _readings(node: Any, loc: Place, at: int, place: Place = (), used: tuple[int, ...] = ()) -> Iterator[_Reading]:
    if at == len(loc):
        yield _Reading(node, place, used)
        return
    step = loc[at]
    if isinstance(node, dict) and step in node:
        yield from _readings(node[step], loc, at + 1, (*place, step), (*used, at))
    elif isinstance(node, dict) and isinstance(step, int) and step < len(node):
        # A position in a list that a validator made of this mapping: a guess, so it does not count as explained.
        key = list(node)[step]
        yield from _readings(node[key], loc, at + 1, (*place, key), used)
    elif isinstance(node, list) and isinstance(step, int) and step < len(node):
        yield from _readings(node[step], loc, at + 1, (*place, step), (*used, at))
        return
    yield from _readings(node, loc, at + 1, place, used)


def _texts(node: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, dict | list):
        for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _texts(inner, (*place, step))


def _wants_a_day(model: type[BaseModel], place: Place, text: str) -> bool:
    """Whether a date belongs here and `text` is none. Pydantic would take `0` for 1 January 1970."""
    if not place or isinstance(place[-1], int) or is_day(text):
        return False
    return _holds_a_day(model, tuple(step for step in place[:-1] if isinstance(step, str)), place[-1])


@lru_cache(maxsize=4096)  # files say the same keys again and again
def _holds_a_day(model: type[BaseModel], around: tuple[str, ...], key: str) -> bool:
    holders = [one for one in models_at(model, around) if key in fields_of([one])]
    annotations = [fields_of([one])[key].annotation for one in holders]
    return bool(annotations) and all(a is date or date in get_args(a) for a in annotations)
