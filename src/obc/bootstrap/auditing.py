"""The audit trail: read, checked against what stands, exported, and checked again from the export alone."""

from typing import Any

from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problem, refusal
from obc.domain.core.kernel.trail import Action, broken_links
from obc.store import book as books


def actions(book: str) -> tuple[Action, ...]:
    """Every action of a book, in order."""
    return books.Trail(book).read()


def findings(book: str) -> tuple[Problem, ...]:
    """Everything that does not hold: the chain, its end, and the standing records against the last lines about them."""
    trail = actions(book)
    found = list(broken_links(trail))
    length, head = books.end_of(book)
    if trail and (length, head) != (len(trail), trail[-1].digest):
        found.append(
            _problem("the end", f"{len(trail)} actions where the book counts {length}", "lines were taken out")
        )
    last = {(one.kind, one.record): one.after for one in trail}
    for key, content in books.all_standing(book).items():
        if last.get(key) != content:
            found.append(_problem(" ".join(key), "a record other than its last line says", "it was changed by hand"))
    return tuple(found)


def exported(book: str) -> dict[str, Any]:
    """The trail for keeping elsewhere; its `head` is what to write down on paper."""
    trail = actions(book)
    return {
        "schema_version": 1,
        "book": book,
        "lines": len(trail),
        "head": trail[-1].digest if trail else "",
        "actions": [one.model_dump(mode="json") for one in trail],
    }


def verify_export(content: Any) -> tuple[Problem, ...]:
    """Everything that does not hold in an exported trail. Raises `Problems` where it is none."""
    try:
        trail = [Action.model_validate(one) for one in content["actions"]]
        head, lines = content["head"], content["lines"]
    except (KeyError, TypeError, ValidationError) as error:
        raise refusal("the trail", "the file", "no exported trail", "give the file of the audit page") from error
    found = list(broken_links(trail))
    if (len(trail), trail[-1].digest if trail else "") != (lines, head):
        found.append(_problem("the end", f"{len(trail)} actions of {lines}, or another head", "lines were taken out"))
    return tuple(found)


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem(file="the trail", where=where, found=found, expected=expected)
