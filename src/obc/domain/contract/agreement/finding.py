"""Findings: what does not fit together in a contract, before a loader gives it a line."""

from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.problem import Severity

At = tuple[str | int, ...]
LISTED = 12
"""How many choices a message names before it stops."""

TERM = ("contract.yaml", ("term",))
"""What every finding about a year rests on."""


class Finding(BaseModel):
    """One thing that does not fit, in one file of the contract's folder.

    `at` leads from the top of the file to the part that is wrong: keys as the file has them, and positions.
    `name` is the id that was looked for and not found, or that nobody looks for. `rests_on`: the files and parts
    that it was worked out from (`at` itself where it names none), so that it is not said where one of them could
    not be read; `*` stands for the items of a list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    at: At
    found: str
    expected: str
    severity: Severity = "error"
    name: str | None = None
    rests_on: tuple[tuple[str, At], ...] = ()


def not_found(file: str, at: At, name: str, kind: str, known: tuple[str, ...]) -> Finding:
    """A reference to something that is nowhere."""
    near = get_close_matches(name, known, n=1)
    if near:
        expected = f"did you mean '{near[0]}'?"
    elif not known:
        expected = f"write the {kind} first: there is none yet"
    else:
        listed = ", ".join(known[:LISTED])
        expected = f"write one of {listed}{' …' if len(known) > LISTED else ''}"
    return Finding(file=file, at=at, found=f"the {kind} '{name}', which is nowhere", expected=expected, name=name)


def first_twice(names: Iterable[str]) -> int | None:
    """The position of the first name that stood before; never 0."""
    seen: set[str] = set()
    for i, name in enumerate(names):
        if name in seen:
            return i
        seen.add(name)
    return None
