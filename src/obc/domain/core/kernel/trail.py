"""The trail: who did what to which record, when, why, and how the record stood before and after.

Registers (gates, risks, scores of bidders …) are not edited. Each action adds a line that holds the whole record as
it became; lines are chained by their hashes, so that none can be changed or taken out unseen. The record as it
stands is what the last action left. Nothing is deleted: a record that no longer holds is superseded, by an action.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.provenance import canonical_json, digest

START = digest(b"")
"""What stands for the action before the first."""

T = TypeVar("T", bound=BaseModel)


class Action(BaseModel):
    """One thing done to one record. `before` and `after` are canonical JSON; nothing before: the record is new."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    at: datetime
    by: Slug
    roles: tuple[Text, ...]
    verb: Text
    kind: Slug
    record: Slug
    why: Text
    before: str | None
    after: str
    previous: str

    @property
    def digest(self) -> str:
        """The hash of the action, and through `previous` of all before it."""
        return digest(self)


def head(trail: Sequence[Action]) -> str:
    """The hash of the last action, and so of all of them; `START` where nothing was done."""
    return trail[-1].digest if trail else START


def act(
    trail: Sequence[Action],
    before: BaseModel | None,
    after: BaseModel,
    *,
    kind: str,
    verb: str,
    by: Person,
    at: datetime,
    why: str,
) -> Action:
    """The next line of a trail: `by` turns the record `before` (None: there was none) into `after`.

    Of the trail only the last action is looked at.
    Both have an `id`. `at` has a time zone and is not before the last action. Raises `Problems`.
    """
    record = str(getattr(after, "id"))  # noqa: B009 - every register names its records so
    where = f"{kind} '{record}'"
    problems: list[Problem] = []
    if not why.strip():
        problems.append(Problem(file=where, where=verb, found="no reason", expected="say why, in a sentence"))
    if at.tzinfo is None:
        problems.append(Problem(file=where, where=verb, found=f"{at} without a time zone", expected="give one"))
    elif trail and at < trail[-1].at:
        found = f"{at.isoformat()}, before the last action of {trail[-1].at.isoformat()}"
        problems.append(Problem(file=where, where=verb, found=found, expected="nothing can be done in the past"))
    if before is not None and canonical_json(before) == canonical_json(after):
        problems.append(Problem(file=where, where=verb, found="no change", expected="change something, or leave it"))
    if problems:
        raise Problems(tuple(problems))
    return Action(
        number=trail[-1].number + 1 if trail else 1,
        at=at.astimezone(UTC),
        by=by.id,
        roles=by.roles,
        verb=verb,
        kind=kind,
        record=record,
        why=why.strip(),
        before=None if before is None else _spelled(before),
        after=_spelled(after),
        previous=head(trail),
    )


def as_it_stands(kind: str, model: type[T], written: Sequence[T], trail: Sequence[Action]) -> tuple[T, ...]:
    """The records of a kind after every action of the trail, in the order in which they first appeared.

    `written` are those that a file brought along. Raises `Problems` where the trail goes on from another record.
    """
    held: dict[str, T] = {str(getattr(one, "id")): one for one in written}  # noqa: B009
    for action in trail:
        if action.kind != kind:
            continue
        stood = held.get(action.record)
        if (None if stood is None else _spelled(stood)) != action.before:
            where = f"{kind} '{action.record}', action {action.number}"
            raise refusal("the trail", where, "another record than the one it was done to", "use the file it is for")
        held[action.record] = model.model_validate(json.loads(action.after))
    return tuple(held.values())


def broken_links(trail: Sequence[Action]) -> tuple[Problem, ...]:
    """Every place where the chain of a trail does not hold; none: nothing was changed, added between or taken out."""
    problems, previous = [], START
    for place, action in enumerate(trail, start=1):
        if action.previous != previous or action.number != place:
            found = f"action {action.number}, which does not follow from the one before it"
            problems.append(Problem(file="the trail", line=place, where="the chain", found=found, expected=_MEND))
        previous = action.digest
    return tuple(problems)


_MEND = "the trail was changed by hand; go back to a copy that holds"


def changes(action: Action) -> tuple[tuple[str, Any, Any], ...]:
    """What an action changed: the key, what it was (None: nothing), what it became."""
    before: dict[str, Any] = json.loads(action.before) if action.before else {}
    after: dict[str, Any] = json.loads(action.after)
    keys = dict.fromkeys([*after, *before])
    return tuple((key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key))


def _spelled(record: BaseModel) -> str:
    return canonical_json(record).decode().rstrip("\n")


def exported(book: str, trail: Sequence[Action]) -> dict[str, Any]:
    """A trail for keeping elsewhere. Whoever writes its `head` down can tell later whether any of it was changed."""
    return {
        "schema_version": 1,
        "book": book,
        "lines": len(trail),
        "head": head(trail),
        "actions": [one.model_dump(mode="json") for one in trail],
    }


def broken_export(content: Any, noted: str | None = None) -> tuple[Problem, ...]:
    """Everything that does not hold in an exported trail; `noted`: the head that was written down.

    Raises `Problems` where it is no exported trail.
    """
    try:
        trail = [Action.model_validate(one) for one in content["actions"]]
        lines, end = content["lines"], content["head"]
    except (KeyError, TypeError, ValidationError) as error:
        raise refusal("the trail", "the file", "no exported trail", "give the export of the audit page") from error
    found = list(broken_links(trail))
    if (len(trail), head(trail)) != (lines, end):
        words = f"{len(trail)} actions of {lines}, or another end"
        found.append(Problem(file="the trail", where="the end", found=words, expected=_MEND))
    if noted not in (None, end):
        words = f"the head {end}, which is not the one that was written down"
        found.append(Problem(file="the trail", where="the end", found=words, expected=_MEND))
    return tuple(found)
