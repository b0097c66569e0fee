"""The escalation policy: the clock, the evidence and the people of each stage."""

from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.programme.levers.catalogue import STAGES, Stage


class PolicyStage(Written):
    """One stage: what happens in it, how many working days it has, what it needs to be entered."""

    stage: Stage
    says: Text
    working_days: int | None = Field(default=None, ge=1, le=250, description="none: it has no clock")
    evidence: Text
    source: Text


class Policy(Written):
    """Every stage in order, and the clock of an answer to feedback."""

    stages: tuple[PolicyStage, ...]
    answer_feedback_within: int = Field(ge=1, le=250, description="working days")
    source: Text

    @model_validator(mode="after")
    def _all_in_order(self) -> Self:
        named = tuple(one.stage for one in self.stages)
        if named != STAGES[1:]:
            expected = f"write every stage once, in order: {', '.join(STAGES[1:])}"
            raise wrong(f"the stages {', '.join(named) or 'none'}", expected, "stages")
        return self

    def asked_for(self, state: str) -> str:
        """What has to be shown before a state is entered."""
        return next((one.evidence for one in self.stages if one.stage == state), "what shows that it is over")

    def evidence_for(self, state: str) -> str:
        """The same, as what to write instead of nothing."""
        return f"give as evidence {self.asked_for(state)}"
