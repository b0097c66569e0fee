"""Illustrative: every term of a contract that no source gives, found by walking the whole of it."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.provenance import kind_of
from obc.reports.table import Column, Table
from obc.reports.wording import capital

_NAMES = ("title", "name", "step", "id", "account", "segment")
"""What a part of a contract is called, the first that it has."""
_UNSAID = {"history", "from_", "agreement", "framework", "mechanism", "definitions", "parties", "named"}
"""Fields that say nothing to a reader."""


def illustrative_table(contract: Contract) -> Table:
    """Which terms are illustrative, and what they say of themselves."""
    return Table(
        caption="Terms that no source gives",
        columns=(Column("Where in the contract"), Column("What it says of its source")),
        rows=tuple(dict.fromkeys((" › ".join(trail), source) for trail, source in _walk(contract, ()))),
    )


def _walk(node: Any, trail: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, tuple):
        for item in node:
            yield from _walk(item, trail)
    if not isinstance(node, BaseModel):
        return
    here = (*trail, *_name(node))
    source = getattr(node, "source", None)
    if isinstance(source, str) and kind_of(source) == "illustrative":
        yield here, source
    for field in type(node).model_fields:
        said = () if field in _UNSAID else (field.replace("_", " ").strip(),)
        yield from _walk(getattr(node, field), (*here, *said))


def _name(node: BaseModel) -> tuple[str, ...]:
    for field in _NAMES:
        given = getattr(node, field, None)
        if isinstance(given, str) and given:
            return (capital(given.replace("-", " ") if field in ("id", "account", "segment") else given),)
    return ()
