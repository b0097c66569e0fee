"""A YAML file as one model, or everything that is wrong with it."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from obc.domain.core.kernel.problem import Problems
from obc.loaders.validation import read

M = TypeVar("M", bound=BaseModel)


def read_whole(path: Path, model: type[M], shown: str | None = None) -> M:
    """The model that a file holds; `shown` is what messages call it. Raises `Problems`, all at once."""
    _, whole, problems = read(path, shown or path.name, model)
    if whole is None:
        raise Problems(problems)
    return whole
