"""Steps: the named parts of an ordered mechanism, and the operands they work on."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic_core import CoreSchema

from obc.domain.core.kernel.figure import Figure, Written, WrittenFigure
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import exact
from obc.domain.outcomes.scoring.evidenced import Evidenced

_NAME = re.compile(r"[a-z][a-z0-9'’()-]*(?: [a-z0-9'’()-]+)*")


def _named(given: str) -> str:
    if not _NAME.fullmatch(given) or len(given) > 80:
        raise wrong(f"'{given}'", "write lower-case words, such as 'savings rate'")
    return given


Name = Annotated[str, AfterValidator(_named)]
"""What an input or a step is called: lower-case words."""


class Operand(BaseModel):
    """What a step works on: the name of an input or an earlier step, or a number with its source."""

    model_config = Written.model_config

    name: str | None = None
    figure: WrittenFigure | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        if isinstance(given, Operand) or (isinstance(given, dict) and given.keys() & {"name", "figure"}):
            return given
        if isinstance(given, str) and not _numeric(given):
            if not _NAME.fullmatch(given):
                raise wrong(f"'{given}'", "write a number, or the name of an input or an earlier step")
            return {"name": given}
        if given is None:
            raise wrong("nothing", "write a number, or the name of an input or an earlier step")
        return {"figure": given}

    @model_serializer
    def _written(self) -> Any:
        return self.name or [entry.model_dump(exclude_none=True) for entry in self.fixed.history]

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = "a number, {value, source}, a history by year, or the name of an input or an earlier step"
        return {"type": ["string", "number", "object", "array"], "description": described}

    @property
    def fixed(self) -> Figure:
        """The number; only where it is no name."""
        assert self.figure is not None
        return self.figure


def number(value: int | Fraction) -> Operand:
    """A plain number as an operand."""
    return Operand(figure=Figure.model_validate(str(value)))


Read = Callable[[Operand], Evidenced]
"""Gives an operand's values."""
Tell = Callable[[Operand], str]
"""Gives an operand's name and value as people read them."""


class Step(Written, ABC):
    """One step of a mechanism: what it is called, why it is there, where its numbers come from."""

    step: Name
    why: str | None = None
    source: str | None = None

    @abstractmethod
    def work(self, read: Read) -> Evidenced:
        """The step's values, from those of its operands."""
        ...

    @abstractmethod
    def sentence(self, tell: Tell) -> str:
        """What the step does, in words, with the values it does it to."""
        ...


T = TypeVar("T")


def found(node: Any, kind: type[T]) -> Iterator[T]:
    """Everything of a kind (operands, figures) within a step, in the order of its fields."""
    if isinstance(node, kind):
        yield node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from found(getattr(node, name), kind)
    elif isinstance(node, tuple):
        for item in node:
            yield from found(item, kind)


def _numeric(text: str) -> bool:
    try:
        exact(text)
    except ValueError:
        return False
    return True
