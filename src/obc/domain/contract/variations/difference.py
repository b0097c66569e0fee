"""What differs between two versions of a contract, place by place, so that it reads as a sentence."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.changed import FILES, FROM_THE_START, NAMED_BY, changed, what_stands
from obc.domain.core.kernel.problem import Problem, Problems

_SAID_ELSEWHERE = {"source", "agreed"}
"""Keys that say where a term comes from, not what it is."""


class Difference(BaseModel):
    """One place of the contract that reads otherwise. None: nothing stands there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    at: str
    before: str | None
    after: str | None

    @property
    def undone(self) -> "Difference":
        """The same the other way round."""
        return self.model_copy(update={"before": self.after, "after": self.before})

    @property
    def sentence(self) -> str:
        """What changed, in plain words."""
        at = self.at.removesuffix(f" / {FROM_THE_START}")
        place = f"{self.file}, {at.replace(' / ', ' › ')}"
        if self.before is None:
            return f"{place}: new, {_said(self.after or '')}"
        if self.after is None:
            return f"{place}: {_said(self.before)} is taken out"
        return f"{place}: {_said(self.before)} becomes {_said(self.after)}"


def differences(before: Contract, after: Contract) -> tuple[Difference, ...]:
    """Every term that differs, in the order of the files. Sources are left out: they change with every term."""
    found = []
    for file, part in FILES.items():
        old, new = (dict(_leaves(_dumped(getattr(one, part)), ())) for one in (before, after))
        for at in dict.fromkeys((*old, *new)):
            if old.get(at) != new.get(at):
                found.append(Difference(file=file, at=" / ".join(at), before=old.get(at), after=new.get(at)))
    return tuple(found)


def changes_between(before: Contract, after: Contract) -> tuple[Change, ...]:
    """The changes that make `before` read as `after` does, and whose undoing leads back. None: they read alike.

    Variations already listed are no part of it. Raises `Problems` where two versions differ in more than what stands
    at places that both have, such as in a step that is new: that is more than a variation can put back.
    """
    found = [one for one in differences(before, after) if one.at.split(" / ")[0] != "variations"]
    problems: list[Problem] = []
    for start, end, ways in ((before, after, found), (after, before, [one.undone for one in found])):
        try:
            made = changed(start, map(_change, ways), "the difference")
        except Problems as error:
            problems += error.problems
            continue
        left = [one for one in differences(made, end) if one.at.split(" / ")[0] != "variations"]
        problems += [
            Problem(file=one.file, where=one.at, found="a part that only one version has", expected=_MORE)
            for one in left
        ]
    if problems:
        places = {(one.file, one.where): one.model_copy(update={"expected": _MORE}) for one in problems}
        raise Problems(tuple(places.values()))
    return tuple(map(_change, found))


_MORE = "a variation changes what stands in places that are there: keep the parts of the contract in force"


def _change(one: Difference) -> Change:
    return Change(file=one.file, at=one.at, reads=one.after)


def reads_otherwise(contract: Contract, changed: Contract, changes: tuple[Change, ...]) -> tuple[str, ...]:
    """The agreed places at which `contract` does not read as `changed` does; sources are left out."""
    return tuple(
        f"{one.file}, {one.at}"
        for one in changes
        if dict(_leaves(what_stands(contract, one), ())) != dict(_leaves(what_stands(changed, one), ()))
    )


def _dumped(part: BaseModel | None) -> Any:
    return part.model_dump(by_alias=True, exclude_none=True, mode="json") if part else None


def _leaves(node: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every term and where it stands; items of lists by their name. A figure is one term: its values by year."""
    if isinstance(node, Mapping):
        for key, inner in node.items():
            if key not in _SAID_ELSEWHERE:
                yield from _leaves(inner, (*at, str(key)))
    elif isinstance(node, list) and node and all(isinstance(one, Mapping) and "value" in one for one in node):
        for one in node:
            yield (*at, f"from year {one['from']}" if "from" in one else FROM_THE_START), str(one["value"])
    elif isinstance(node, list):
        for i, inner in enumerate(node, 1):
            named = (inner[name] for name in NAMED_BY if isinstance(inner, Mapping) and name in inner)
            yield from _leaves(inner, (*at, str(next(named, i))))
    elif node is not None:
        yield at, str(node)


def _said(text: str) -> str:
    """A long whole number with its thousands apart; anything else as it is."""
    return f"{int(text):,}" if re.fullmatch(r"-?\d{5,}", text) else text
