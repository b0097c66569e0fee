"""Problems: what is wrong with a file, said so that its author can mend it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

Severity = Literal["error", "warning"]


class Problem(BaseModel):
    """One thing wrong, with the place and the cure. Checks return all of them at once.

    `found` never holds anything that identifies a person.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int | None = None
    where: str
    found: str
    expected: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.where}: found {self.found}; {self.expected}"


class Problems(Exception):  # noqa: N818 - it carries several, and none of them is the error
    """The input cannot be used. Carries every problem that was found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def wrong(found: str, expected: str, *at: str | int) -> PydanticCustomError:
    """What a validator raises: what was found, and what to write instead.

    `at` leads from the model that is checked to the part that is wrong: keys as the file has them, positions.
    """
    return PydanticCustomError("wrong", "{found}; {expected}", {"found": found, "expected": expected, "at": at})


def refusal(file: str, where: str, found: str, expected: str) -> Problems:
    """One thing wrong, ready to be raised."""
    return Problems((Problem(file=file, where=where, found=found, expected=expected),))
