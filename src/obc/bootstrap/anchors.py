"""Anchors: read, and trails checked against them, away from any database."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from obc.bootstrap.proving import bytes_of
from obc.domain.contract.workflow.anchoring import Anchor, against_anchors, broken_anchors
from obc.domain.core.kernel.problem import Problem, refusal
from obc.domain.core.kernel.trail import Action
from obc.reports import signature as signatures


def anchors_in(file: Path) -> tuple[Anchor, ...]:
    """The lines of an anchors' file. Raises `Problems`."""
    found = []
    for number, line in enumerate(bytes_of(file).splitlines(), start=1):
        try:
            found.append(Anchor.model_validate_json(line))
        except ValidationError as error:
            raise refusal(
                file.name, f"line {number}", "no anchor", "give the file that 'obc audit anchor' wrote"
            ) from error
    return tuple(found)


def held_against(
    book: str, trail: Sequence[Action], anchors: Sequence[Anchor], public_key: str | None
) -> tuple[Problem, ...]:
    """Everything in which a trail differs from what was written down. `public_key`: each anchor is signed with it."""
    unsigned = [
        Problem(
            file="the anchors",
            line=place,
            where="the signature",
            found=f"none that holds for {one.book} on {one.at:%Y-%m-%d}",
            expected="give the public key of the key that anchors are signed with, and a file that was not changed",
        )
        for place, one in enumerate(anchors, start=1)
        if public_key is not None and not signatures.marked(one.signed, one.signature or "", public_key)
    ]
    return (*unsigned, *broken_anchors(anchors), *against_anchors(book, trail, anchors))
