"""Stand-ins: plain values that hold the place of a wrong one while the rest of a file is checked."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from obc.domain.core.kernel.figure import Figure
from obc.domain.outcomes.scoring.step import Operand
from obc.loaders.model_keys import fields_of, models_at
from obc.loaders.yaml_nodes import Place

NAME = "stand-in-"
"""How the names begin that hold the place of others. No message may speak of them."""

_PLAIN: tuple[tuple[type, tuple[str, ...]], ...] = (
    (date, ("2000-01-01",)),
    (int, ("1",)),
    (Decimal, ("1",)),
    (Fraction, ("1",)),
    (Figure, ("1",)),
    (Operand, ("1",)),
    (str, (NAME + "{}", "XXX")),  # also fits where text must be an id; the second, where it must be a currency
)


def stand_in(model: type[BaseModel], steps: Place, attempt: int, number: int) -> str | None:
    """Text that a field takes at `steps` through `model`; None where there is no other to try.

    `number` makes names differ from each other.
    """
    keys = [step for step in steps if isinstance(step, str)]
    if not keys:
        return None
    key = len(steps) - 1 - steps[::-1].index(keys[-1])
    field = fields_of(models_at(model, steps[:key])).get(keys[-1])
    choices = list(_fitting(field.annotation, len(steps) - 1 - key)) if field else []
    return choices[attempt].format(number) if attempt < len(choices) else None


def _fitting(annotation: Any, depth: int) -> Iterator[str]:
    """Texts that fit a type, or what stands `depth` lists within it."""
    if depth:
        if get_origin(annotation) is tuple:
            yield from _fitting(get_args(annotation)[0], depth - 1)
    elif get_origin(annotation) is Literal:
        yield str(get_args(annotation)[0])
    for kind, texts in _PLAIN:
        if annotation is kind and not depth:
            yield from texts
