"""Answers: yes, no, or unknown, and how they are joined (Kleene's three-valued logic)."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """What the records say to a question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, held: bool | None) -> "Answer":
        """Yes or no; None is unknown."""
        return cls.UNKNOWN if held is None else cls.YES if held else cls.NO

    @property
    def opposite(self) -> "Answer":
        """Yes for no and no for yes; unknown stays unknown."""
        return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(self, self)


def every(answers: Iterable[Answer]) -> Answer:
    """No if any is no, else unknown if any is unknown; of none at all yes."""
    given = set(answers)
    return next((answer for answer in (Answer.NO, Answer.UNKNOWN) if answer in given), Answer.YES)


def some(answers: Iterable[Answer]) -> Answer:
    """Yes if any is yes, else unknown if any is unknown; of none at all no."""
    given = set(answers)
    return next((answer for answer in (Answer.YES, Answer.UNKNOWN) if answer in given), Answer.NO)
