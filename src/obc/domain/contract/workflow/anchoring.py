"""Anchors: the head of a trail, written down where whoever runs the database cannot reach it.

Inside the database the chain of hashes shows a line that was changed; it cannot show that somebody took the guards
away and worked every hash out anew. An anchor can: it says how many lines there were and what the last one's hash was.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import Problem
from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.core.kernel.trail import START, Action


class Anchor(Written):
    """One line of an anchors' file. `previous`: the digest of the line before it, `START` for one that stands alone.

    `signature`: of `signed`, in base64, by a key that is kept outside the database; none where it is only kept outside.
    """

    book: Slug
    at: datetime
    lines: int = Field(ge=1)
    head: str
    previous: str = START
    signature: str | None = None

    @property
    def signed(self) -> bytes:
        """The bytes that are signed: all but the signature."""
        return canonical_json(self.model_copy(update={"signature": None}))

    @property
    def digest(self) -> str:
        """The digest of the line."""
        return digest(self)


def broken_anchors(anchors: Sequence[Anchor]) -> tuple[Problem, ...]:
    """Every place where lines of an anchors' file were changed, taken out or put in between."""
    return tuple(
        _problem("the anchors", place, "a line that does not follow from the one before it", "go back to a whole copy")
        for place, (before, one) in enumerate(pairwise(anchors), start=2)
        if one.previous not in (START, before.digest)
    )


def against_anchors(book: str, trail: Sequence[Action], anchors: Sequence[Anchor]) -> tuple[Problem, ...]:
    """Every anchor of a book that its trail does not bear out; one problem too where none is of this book."""
    mine = [(place, one) for place, one in enumerate(anchors, start=1) if one.book == book]
    if not mine:
        return (_problem("the anchors", None, f"none of '{book}'", "give the file in which its head was written down"),)
    problems = []
    for place, one in mine:
        if one.lines > len(trail):
            found = f"{len(trail)} actions, where {one.lines} were written down on {one.at:%Y-%m-%d}"
            problems.append(_problem("the end", place, found, "lines were taken out"))
        elif trail[one.lines - 1].digest != one.head:
            found = f"action {one.lines}, which is not the one that was written down on {one.at:%Y-%m-%d}"
            problems.append(_problem("the history", place, found, "it was written anew: go back to a copy that holds"))
    return tuple(problems)


def _problem(where: str, line: int | None, found: str, expected: str) -> Problem:
    return Problem(file="the trail", line=line, where=where, found=found, expected=expected)
