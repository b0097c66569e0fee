"""What can still be used of a file with mistakes, so that all problems are found in one run.

A bad date in one outcome must not hide that another speaks of an indicator that is nowhere. So a misspelt key is
read as what was meant, a value that is wrong is held by a stand-in, and what cannot be held is cut away; the rest is
checked as if it were the whole. What only follows from that (a total that no longer adds up, a name that went
with its part) is not said.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from obc.domain.core.kernel.problem import Problem
from obc.loaders.stand_in import NAME, stand_in
from obc.loaders.validation import is_echo, misspelt, place_of, problem_of, read, steps_of
from obc.loaders.yaml_nodes import NAMED_BY, Document, Place

M = TypeVar("M", bound=BaseModel)

ANY = "*"
"""Stands for an item that was cut from a list: the list is no longer whole."""


@dataclass
class Salvaged(Generic[M]):
    """A model of what is left of a file, and what is known about the rest."""

    document: Document
    model: M | None = None
    problems: tuple[Problem, ...] = ()
    lost: set[str] = field(default_factory=set)
    """Names of parts that were cut away or held by a stand-in, and the stand-ins themselves."""
    damaged: set[Place] = field(default_factory=set)
    """Where the model does not say what the file meant to, as places of `document`."""

    def doubtful(self, place: Place) -> bool:
        """Whether what was found at `place` may only follow from damage in it."""
        return any(damage[: len(place)] == place for damage in self.damaged)


def read_model(path: Path, shown: str, model: type[M]) -> Salvaged[M]:
    """A file as a model; where it has problems, what can be salvaged of it, with all of them."""
    document, whole, problems = read(path, shown, model)
    if whole is not None or document.content is None:
        return Salvaged(document, whole, problems)
    return _Salvage(document, model, problems).run()


class _Salvage(Generic[M]):
    """Rounds of mending and checking again, until a model stands or nothing is left to mend."""

    def __init__(self, document: Document, model: type[M], problems: tuple[Problem, ...]):
        self.document, self.model = document, model
        self.problems = list(problems)
        self.cut: set[Place] = set(document.refused)
        self.meant: dict[Place, str] = {}
        self.held: dict[Place, str] = {}
        self.tried: dict[Place, int] = {}

    def run(self) -> Salvaged[M]:
        first = True
        while True:
            trimmed, origin = self._trimmed()
            try:
                return self._done(trimmed, origin, self.model.model_validate(trimmed.content))
            except ValidationError as error:
                errors = error.errors(include_url=False)
            if not self._mend(trimmed, origin, errors, first=first):
                return self._done(trimmed, origin, None)
            first = False

    def _mend(self, trimmed: Document, origin: dict[Place, Place], errors: list[ErrorDetails], *, first: bool) -> bool:
        """Mend every part that is wrong; False where the file as a whole is."""
        meant = dict(misspelt(errors))
        before = len(self.cut) + len(self.meant) + len(self.tried) + sum(self.tried.values())
        for error in errors:
            if error["loc"] in meant.values() or is_echo(error):
                continue
            place = origin[place_of(trimmed, error)]
            if error["loc"] in meant:
                self.meant[place] = str(meant[error["loc"]][-1])
                continue
            if not first and error["type"] in ("wrong", "value_error") and not self._follows(place, error):
                self.problems.append(problem_of(self.document, self.model, error, place, meant))
            if not self._hold(place, error):
                if not place:
                    return False
                self.cut.add(place)
        return len(self.cut) + len(self.meant) + len(self.tried) + sum(self.tried.values()) > before

    def _hold(self, place: Place, error: ErrorDetails) -> bool:
        """Put a stand-in where a plain value is wrong or missing; False where none will do."""
        if error["type"] == "extra_forbidden":
            return False
        steps = steps_of(error)
        if error["type"] == "missing":
            place = (*place, steps[-1])
        attempt = self.tried.get(place, 0)
        value = stand_in(self.model, steps, attempt, len(self.held))
        if value is None:
            return False
        self.tried[place] = attempt + 1
        self.held[place] = value
        return True

    def _follows(self, place: Place, error: ErrorDetails) -> bool:
        """Whether an error that was not there before may only come from the mending."""
        context = error.get("ctx", {})
        found, expected = str(context.get("found", "")), str(context.get("expected", ""))
        touched = any(part[: len(place)] == place for part in (*self.cut, *self.held))
        return touched or NAME in expected or any(f"{name}'" in found for name in self._lost())

    def _lost(self) -> set[str]:
        parts = [_node(self.document.content, place) for place in self.cut]
        held = [{place[-1]: _node(self.document.content, place)} for place in self.held]
        return {name for part in (*parts, *held) for name in _names(part)} | set(self.held.values())

    def _done(self, trimmed: Document, origin: dict[Place, Place], model: M | None) -> Salvaged[M]:
        renewed = {old: new for new, old in origin.items()}
        damage = {(*place[:-1], ANY if isinstance(place[-1], int) else place[-1]) for place in (*self.cut, *self.held)}
        damaged = {(*renewed[place[:-1]], place[-1]) for place in damage if place[:-1] in renewed}
        problems = sorted(self.problems, key=lambda problem: problem.line or 0)
        return Salvaged(trimmed, model, tuple(problems), self._lost(), damaged)

    def _trimmed(self) -> tuple[Document, dict[Place, Place]]:
        """The document as mended so far, and for every place in it the place it came from."""
        trimmed = Document(file=self.document.file)
        origin: dict[Place, Place] = {}

        def copy(node: Any, old: Place, new: Place) -> Any:
            origin[new] = old
            if old in self.document.lines:
                trimmed.lines[new] = self.document.lines[old]
            if old in self.held:
                return self.held[old]
            if isinstance(node, dict):
                kept = [(key, (*old, key)) for key in node if (*old, key) not in self.cut]
                names = {key: self.meant.get(place, key) for key, place in kept}
                whole = {names[key]: copy(node[key], place, (*new, names[key])) for key, place in kept}
                missing = [place for place in self.held if place[:-1] == old and place[-1] not in whole]
                return whole | {place[-1]: copy(None, place, (*new, place[-1])) for place in missing}
            if isinstance(node, list):
                left = [i for i in range(len(node)) if (*old, i) not in self.cut]
                return [copy(node[i], (*old, i), (*new, n)) for n, i in enumerate(left)]
            return node

        trimmed.content = copy(self.document.content, (), ())
        return trimmed, origin


def _node(content: Any, place: Place) -> Any:
    for step in place:
        if isinstance(content, dict):
            content = content.get(step)
        elif isinstance(content, list) and isinstance(step, int):
            content = content[step]
    return content


def _names(node: Any) -> set[str]:
    """What other parts may call the parts within `node`."""
    if isinstance(node, dict):
        own = {node[key] for key in NAMED_BY if isinstance(node.get(key), str)}
        return own.union(*map(_names, node.values()))
    if isinstance(node, list):
        return set().union(*map(_names, node))
    return set()
