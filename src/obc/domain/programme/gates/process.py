"""The process: three phases and what follows them, and the seven steps that stand in them."""

from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong


class Phase(Written):
    """A stretch of the way between two gates. `question`: what must be answered to leave it."""

    id: Slug
    title: Text
    question: Text


class Step(Written):
    """What is done, in which phase (none: in all of them), and what it leaves behind."""

    id: Slug
    title: Text
    phase: Slug | None = None
    yields: Text


class Process(Written):
    """Phases in order, and the steps in them."""

    phases: tuple[Phase, ...] = Field(min_length=2)
    steps: tuple[Step, ...]
    source: Text

    @model_validator(mode="after")
    def _steps_stand_somewhere(self) -> Self:
        known = [one.id for one in self.phases]
        for place, step in enumerate(self.steps):
            if step.phase is not None and step.phase not in known:
                raise wrong(f"'{step.phase}'", f"write one of {', '.join(known)}", "steps", place, "phase")
        return self

    def place(self, phase: str) -> int:
        """How far along the way a phase is; the first is 0."""
        return next(place for place, one in enumerate(self.phases) if one.id == phase)

    def titled(self, phase: str) -> str:
        """What a phase is called."""
        return self.phases[self.place(phase)].title
