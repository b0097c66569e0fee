"""The stop–go questions at the end of a phase: answered by people, each answer with what it rests on."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong

Answer = Literal["yes", "partly", "no", "open"]


class Rest(Written):
    """What an answer rests on: a `file` of the contract's folder, a `figure` of the case, or a `document`."""

    file: str | None = None
    figure: str | None = None
    document: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(part is not None for part in (self.file, self.figure, self.document)) != 1:
            raise wrong("evidence that is not one thing", "write one of 'file', 'figure' and 'document'")
        return self

    @property
    def said(self) -> str:
        """What it is, for people."""
        if self.figure:
            return f"this case: {self.figure.replace('_', ' ')}"
        return self.file or self.document or ""


class Question(Written):
    """A question that must be answered before the next phase begins."""

    id: Slug
    asks: str
    answer: Answer
    why: str
    next: str = Field(description="what the next phase does about it")
    evidence: tuple[Rest, ...] = ()
    source: str

    @model_validator(mode="after")
    def _with_evidence(self) -> Self:
        if self.answer == "yes" and not self.evidence:
            raise wrong("'yes' with nothing to show for it", "name the evidence, or answer 'open'", "answer")
        return self


class Checklist(BaseModel):
    """The questions and how they stand. `go`: every one is answered yes or partly."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    questions: tuple[Question, ...]
    answered_yes: int
    open: int
    go: bool


def checklist(questions: tuple[Question, ...]) -> Checklist:
    """How the questions stand. No questions is no go: nothing was asked."""
    answers = [question.answer for question in questions]
    return Checklist(
        questions=questions,
        answered_yes=answers.count("yes"),
        open=answers.count("open"),
        go=bool(answers) and all(answer in ("yes", "partly") for answer in answers),
    )
