"""What differs between two versions of a contract, place by place, so that it reads as a sentence."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.changed import FILES, NAMED_BY, what_stands

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
    def sentence(self) -> str:
        """What changed, in plain words."""
        place = f"{self.file}, {self.at.replace(' / ', ' › ')}"
        if self.before is None:
            return f"{place}: new, {self.after}"
        if self.after is None:
            return f"{place}: {self.before} is taken out"
        return f"{place}: {self.before} becomes {self.after}"


def differences(before: Contract, after: Contract) -> tuple[Difference, ...]:
    """Every term that differs, in the order of the files. Sources are left out: they change with every term."""
    found = []
    for file, part in FILES.items():
        old, new = (dict(_leaves(_dumped(getattr(one, part)), ())) for one in (before, after))
        for at in dict.fromkeys((*old, *new)):
            if old.get(at) != new.get(at):
                found.append(Difference(file=file, at=" / ".join(at), before=old.get(at), after=new.get(at)))
    return tuple(found)


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
            yield (*at, *((f"from year {one['from']}",) if "from" in one else ())), _said(str(one["value"]))
    elif isinstance(node, list):
        for i, inner in enumerate(node, 1):
            named = (inner[name] for name in NAMED_BY if isinstance(inner, Mapping) and name in inner)
            yield from _leaves(inner, (*at, str(next(named, i))))
    elif node is not None:
        yield at, _said(str(node))


def _said(text: str) -> str:
    """A long whole number with its thousands apart; anything else as it is."""
    return f"{int(text):,}" if re.fullmatch(r"-?\d{5,}", text) else text
