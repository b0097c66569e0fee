"""Which models stand at a place of a file: so that a wrong key can be answered with the right ones."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo

Candidate = tuple[str | None, type[BaseModel]]
"""A model that may stand at a place, with the tag that chooses it from a union."""


def key_of(name: str, field: FieldInfo) -> str:
    """The key a file uses for a field: its alias, which may hold spaces, or its name."""
    alias = field.validation_alias or field.alias
    return alias if isinstance(alias, str) else name


def fields_of(models: Iterable[type[BaseModel]]) -> dict[str, FieldInfo]:
    """The fields that the models have between them, by key."""
    return {key_of(name, field): field for model in models for name, field in model.model_fields.items()}


def models_at(root: type[BaseModel], place: Iterable[str | int]) -> list[type[BaseModel]]:
    """The models that may stand at a place as pydantic writes it: keys, positions and tags of unions."""
    here: list[Candidate] = [(None, root)]
    for step in place:
        if isinstance(step, int):
            continue
        # A step may be a key, or the tag that chose a model from a union, which often is one of its keys too.
        inside = fields_of(model for _, model in here)
        chosen = [(tag, model) for tag, model in here if tag == step]
        deeper = list(_candidates(inside[step].annotation, None)) if step in inside else []
        here = deeper + chosen or ([] if step in inside else here)
    return [model for _, model in here]


def _candidates(annotation: Any, tag: str | None) -> Iterator[Candidate]:
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        yield from _candidates(inner, next((note.tag for note in notes if isinstance(note, Tag)), tag))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield tag or _literal_tag(annotation), annotation
    else:
        value = getattr(annotation, "__value__", None)  # a `type` alias, also a recursive one
        for inner in (value,) if value is not None else get_args(annotation):
            yield from _candidates(inner, tag)


def _literal_tag(model: type[BaseModel]) -> str | None:
    for field in model.model_fields.values():
        if get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1:
            return str(get_args(field.annotation)[0])
    return None
