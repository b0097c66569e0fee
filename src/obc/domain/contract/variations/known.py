"""As known on a day: the contract as it stood then, with what was agreed later left out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.changed import FILES, changed
from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.problem import Problem, Problems


def known_on(contract: Contract, day: date) -> Contract:
    """The contract as agreed by the end of `day`: later variations put back, latest first, and later values left out.

    A past settlement runs again with it to the penny. Raises `Problems` where a figure had no value by that day: then
    a variation brought it in, and must say what stood there before.
    """
    later = sorted((one for one in contract.agreement.variations if one.agreed > day), key=lambda one: one.agreed)
    held = contract
    for variation in reversed(later):
        held = changed(held, variation.before, f"as before the variation '{variation.id}'")
    gone = {variation.id for variation in later}
    kept = tuple(one for one in held.agreement.variations if one.id not in gone)
    if len(kept) < len(held.agreement.variations):
        held = held.model_copy(update={"agreement": held.agreement.model_copy(update={"variations": kept})})
    problems = tuple(_unknown(held, day))
    if problems:
        raise Problems(problems)
    known: Contract = _filtered(held, day)
    return known


def _filtered(node: Any, day: date) -> Any:
    """The same, made anew only where a figure in it changes."""
    if isinstance(node, Figure):
        return node.known_on(day)
    if isinstance(node, tuple):
        items = tuple(_filtered(item, day) for item in node)
        return items if any(a is not b for a, b in zip(items, node, strict=True)) else node
    if isinstance(node, BaseModel):
        fields = {name: getattr(node, name) for name in type(node).model_fields}
        made = {name: _filtered(value, day) for name, value in fields.items()}
        update = {name: value for name, value in made.items() if value is not fields[name]}
        return node.model_copy(update=update) if update else node
    return node


def _unknown(contract: Contract, day: date) -> Iterator[Problem]:
    for file, part in FILES.items():
        for where, figure in _figures(getattr(contract, part), ()):
            if figure.known_on(day) is None:
                found = f"nothing agreed by {day}, first on {figure.history[0].agreed}"
                expected = "write under the variation that brought it in, with 'before', what stood there"
                yield Problem(file=file, where=" / ".join(where), found=found, expected=expected)


def _figures(node: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Figure]]:
    if isinstance(node, Figure):
        yield at, node
    elif isinstance(node, tuple):
        for i, item in enumerate(node, 1):
            yield from _figures(item, (*at, str(i)))
    elif isinstance(node, BaseModel):
        for name, field in type(node).model_fields.items():
            yield from _figures(getattr(node, name), (*at, field.alias or name))
