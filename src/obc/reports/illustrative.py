"""Illustrative: every term of a contract that no source gives, found by walking the whole of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.figure import Dated
from obc.domain.core.kernel.provenance import kind_of
from obc.reports.table import Column, Table
from obc.reports.wording import capital, listed, shortest

_NAMES = ("title", "name", "step", "id", "account", "segment", "figure", "to")
"""What a part of a contract is called, the first that it has."""
_UNSAID = {"id", "source", "why", "history", "from_", "agreed", *_NAMES}
"""Fields that are no terms, or that say nothing to a reader."""


class _Found(NamedTuple):
    within: str
    terms: str
    source: str
    part: str


def illustrative_table(contract: Contract) -> Table:
    """Which parts of a contract are illustrative, which terms of them, and what they say of their source."""
    groups: dict[tuple[str, str, str], dict[str, None]] = {}
    for part in _parts(contract):
        for found in _walk(part, (), ""):
            groups.setdefault(found[:3], {})[found.part] = None
    return Table(
        caption="Terms that no source gives",
        columns=(Column("Part of the contract"), Column("Terms"), Column("Source as given")),
        rows=tuple((_said(within, tuple(parts)), terms, source) for (within, terms, source), parts in groups.items()),
    )


def _said(within: str, parts: tuple[str, ...]) -> str:
    return f"{within}: {listed(parts)}" if within else listed(parts)


def _parts(contract: Contract) -> Iterator[Any]:
    """What the parties agreed; how code lists and definitions came about stands in their own sources."""
    agreement = contract.agreement
    yield from (agreement.commissioners, agreement.providers, agreement.term, agreement.calendar)
    yield from (contract.framework, contract.mechanism, contract.segmentation)


def _walk(node: Any, trail: tuple[str, ...], field: str) -> Iterator[_Found]:
    if isinstance(node, tuple):
        for item in node:
            yield from _walk(item, trail, field)
    if not isinstance(node, BaseModel):
        return
    here = (*trail, *_name(node))
    source = getattr(node, "source", None)
    if isinstance(source, str) and kind_of(source) == "illustrative":
        part = here[-1] if here else capital(field or type(node).__name__)
        yield _Found(" › ".join(here[:-1]), _terms(node), source, part)
    for name in type(node).model_fields:
        yield from _walk(getattr(node, name), here, field if name in _UNSAID else name.replace("_", " ").strip())


def _terms(node: BaseModel) -> str:
    """What is illustrative: a figure with its value, or the terms that a part sets."""
    if isinstance(node, Dated):
        since = f" from year {node.from_}" if node.from_ is not None else ""
        return f"{shortest(node.value, 4)}{since}"
    named = [name.replace("_", " ").strip() for name in type(node).model_fields if name in node.model_fields_set]
    return listed([name for name in named if name not in _UNSAID]) or "its part"


def _name(node: BaseModel) -> tuple[str, ...]:
    for field in _NAMES:
        given = getattr(node, field, None)
        if isinstance(given, str) and given:
            return (capital(given.replace("-", " ") if field in ("id", "account", "segment", "to") else given),)
    return ()
