"""A register as it stands, and one change to it: the record turns, and the trail gets a line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.trail import Action, act, as_it_stands

T = TypeVar("T", bound=BaseModel)


class Trail(Protocol):
    """Where actions are kept."""

    def read(self) -> tuple[Action, ...]:
        """Every action, in order."""

    def append(self, action: Action) -> None:
        """Add one; refused if another came in between."""


@dataclass(frozen=True)
class Doing:
    """Who acts, when and why: what every action leaves behind."""

    by: Person
    at: datetime
    why: str


@dataclass(frozen=True)
class Register(Generic[T]):
    """The records of one kind: those a file brought along, and what the trail made of them."""

    kind: str
    model: type[T]
    written: tuple[T, ...]
    trail: Trail

    @property
    def records(self) -> tuple[T, ...]:
        """Every record as it stands, in the order in which they first appeared. Raises `Problems`."""
        return as_it_stands(self.kind, self.model, self.written, self.trail.read())

    def named(self, record: str) -> T:
        """The record of that id as it stands. Raises `Problems`, with those there are."""
        return _named(self.kind, self.records, record)

    def change(self, record: str, verb: str, doing: Doing, turn: Callable[[T], T]) -> T:
        """What `turn` makes of a record, once its line is in the trail. Raises `Problems`."""
        actions = self.trail.read()
        before = _named(self.kind, as_it_stands(self.kind, self.model, self.written, actions), record)
        after = turn(before)
        self._append(actions, before, after, verb, doing)
        return after

    def add(self, record: T, verb: str, doing: Doing) -> T:
        """A new record, once its line is in the trail. Raises `Problems` where its id is taken."""
        actions = self.trail.read()
        name = _id(record)
        if name in map(_id, as_it_stands(self.kind, self.model, self.written, actions)):
            raise refusal(f"{self.kind} '{name}'", "the id", "one that is taken", "give it an id of its own")
        self._append(actions, None, record, verb, doing)
        return record

    def _append(self, actions: tuple[Action, ...], before: T | None, after: T, verb: str, doing: Doing) -> None:
        self._hold(after, verb)
        line = act(actions, before, after, kind=self.kind, verb=verb, by=doing.by, at=doing.at, why=doing.why)
        self.trail.append(line)

    def _hold(self, record: T, verb: str) -> None:
        """Refuse a record that could not be read back: what a change makes of one is not checked as it is made."""
        try:
            self.model.model_validate(record.model_dump())
        except ValidationError as error:
            problems = (
                Problem(file=f"{self.kind} '{_id(record)}'", where=verb, found=one["msg"], expected=_at(one["loc"]))
                for one in error.errors()
            )
            raise Problems(tuple(problems)) from error


def _at(loc: tuple[int | str, ...]) -> str:
    return f"mend {' '.join(map(str, loc))}" if loc else "mend the record"


def _named(kind: str, records: tuple[T, ...], record: str) -> T:
    found = next((one for one in records if _id(one) == record), None)
    if found is None:
        known = ", ".join(map(_id, records)) or "none yet"
        raise refusal(f"{kind} '{record}'", "the id", "one that is nowhere", f"there is {known}")
    return found


def _id(record: BaseModel) -> str:
    return str(getattr(record, "id"))  # noqa: B009 - every register names its records so
