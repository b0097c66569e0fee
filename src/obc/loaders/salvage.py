"""What can still be used of a file with mistakes, so that all problems are found in one run.

A mistake in one outcome must not hide that another speaks of an indicator that is nowhere. So the parts that are
wrong are cut away, a misspelt key is read as what was meant, and the rest is checked as if it were the whole.
What follows from the cutting alone (a total that no longer adds up, a name that went with its part) is not said.
"""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from obc.domain.core.kernel.problem import Problem
from obc.loaders.validation import is_echo, misspelt, place_of, problem_of, validate
from obc.loaders.yaml_nodes import Document, Place

M = TypeVar("M", bound=BaseModel)


@dataclass
class Salvaged(Generic[M]):
    """A model of what is left of a file, and what is known about the rest."""

    document: Document
    model: M | None = None
    problems: tuple[Problem, ...] = ()
    lost: set[str] = field(default_factory=set)
    """Names of parts that were cut away."""
    cuts: set[Place] = field(default_factory=set)
    """Where parts were cut away, as places of `document`."""

    def doubtful(self, place: Place) -> bool:
        """Whether what was found at `place` may only follow from a cut inside it."""
        return any(cut[: len(place)] == place for cut in self.cuts)


def read_model(document: Document, model: type[M]) -> Salvaged[M]:
    """The document as a model; where it has problems, what can be salvaged of it, with all of them."""
    whole, problems = validate(document, model)
    if whole is not None:
        return Salvaged(document, whole, problems)
    if document.content is None:
        return Salvaged(document, None, problems)
    return _Salvage(document, model, problems).run()


class _Salvage(Generic[M]):
    def __init__(self, document: Document, model: type[M], problems: tuple[Problem, ...]):
        self.document, self.model = document, model
        self.problems = list(problems)
        self.cut: set[Place] = set(document.refused)
        self.meant: dict[Place, str] = {}

    def run(self) -> Salvaged[M]:
        first = True
        while True:
            trimmed, origin = _trimmed(self.document, self.cut, self.meant)
            try:
                return self._done(trimmed, origin, self.model.model_validate(trimmed.content))
            except ValidationError as error:
                errors = error.errors(include_url=False)
            if not self._cut_away(trimmed, origin, errors, first=first):
                return self._done(trimmed, origin, None)
            first = False

    def _cut_away(
        self, trimmed: Document, origin: dict[Place, Place], errors: list[ErrorDetails], *, first: bool
    ) -> bool:
        """Mark what is wrong; False where the whole file is, or where nothing more can be cut."""
        before = len(self.cut) + len(self.meant)
        meant = dict(misspelt(errors))
        for error in errors:
            if error["loc"] in meant.values() or is_echo(error):
                continue
            place = origin[place_of(trimmed, error)]
            if error["loc"] in meant:
                self.meant[place] = str(meant[error["loc"]][-1])
                continue
            if not place:
                return False
            if not first and error["type"] in ("wrong", "value_error") and not self._follows(place, error):
                self.problems.append(problem_of(self.document, self.model, error, place, meant))
            self.cut.add(place)
        return len(self.cut) + len(self.meant) > before

    def _follows(self, place: Place, error: ErrorDetails) -> bool:
        """Whether an error that was not there before may only come from the cutting."""
        found = str(error.get("ctx", {}).get("found", ""))
        return any(cut[: len(place)] == place for cut in self.cut) or any(f"{name}'" in found for name in self._lost())

    def _lost(self) -> set[str]:
        return {name for place in self.cut for name in _names(_node(self.document.content, place))}

    def _done(self, trimmed: Document, origin: dict[Place, Place], model: M | None) -> Salvaged[M]:
        renewed = {old: new for new, old in origin.items()}
        cuts = {renewed[place[:n]] for place in self.cut for n in range(len(place)) if place[:n] in renewed}
        problems = sorted(self.problems, key=lambda problem: problem.line or 0)
        return Salvaged(trimmed, model, tuple(problems), self._lost(), cuts)


def _trimmed(document: Document, cut: set[Place], meant: dict[Place, str]) -> tuple[Document, dict[Place, Place]]:
    """The document without its cut parts, and for every place in it the place it came from."""
    trimmed = Document(file=document.file)
    origin: dict[Place, Place] = {}

    def copy(node: Any, old: Place, new: Place) -> Any:
        origin[new] = old
        if old in document.lines:
            trimmed.lines[new] = document.lines[old]
        if isinstance(node, dict):
            kept = [(key, (*old, key)) for key in node if (*old, key) not in cut]
            names = {key: meant.get(place, key) for key, place in kept}
            return {names[key]: copy(node[key], place, (*new, names[key])) for key, place in kept}
        if isinstance(node, list):
            left = [i for i in range(len(node)) if (*old, i) not in cut]
            return [copy(node[i], (*old, i), (*new, n)) for n, i in enumerate(left)]
        return node

    trimmed.content = copy(document.content, (), ())
    return trimmed, origin


def _node(content: Any, place: Place) -> Any:
    for step in place:
        content = content[step]
    return content


_NAMED_BY = ("id", "step", "input")


def _names(node: Any) -> set[str]:
    """What other parts may call the parts within `node`."""
    if isinstance(node, dict):
        own = {node[key] for key in _NAMED_BY if isinstance(node.get(key), str)}
        return own.union(*map(_names, node.values()))
    if isinstance(node, list):
        return set().union(*map(_names, node))
    return set()
