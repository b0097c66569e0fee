"""The routes to a contract: what speaks for and against each, its steps and its milestones in months."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact


class Step(Written):
    """A piece of work, in months from the decision that opens the route.

    `twin`: work on the second track, which is only done where the mid-point raised concerns.
    """

    id: Slug
    title: Text
    purpose: Text
    begins: Exact = Field(ge=0)
    lasts: Exact = Field(gt=0)
    track: Literal["main", "twin"] = "main"


class Milestone(Written):
    """A point on the way, and what is settled there."""

    id: Slug
    title: Text
    at: Exact = Field(ge=0)
    says: Text


class Route(Written):
    """A way to a contract."""

    id: Slug
    title: Text
    how: Text
    benefits: tuple[Text, ...]
    risks: tuple[Text, ...]
    steps: tuple[Step, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...]

    @model_validator(mode="after")
    def _inside(self) -> Self:
        end = max(step.begins + step.lasts for step in self.steps)
        for i, milestone in enumerate(self.milestones):
            if milestone.at > end:
                found = f"a milestone in month {milestone.at}, after the last step has ended in month {end}"
                raise wrong(found, "move the milestone, or let a step last longer", "milestones", i, "at")
        return self


class RoutesToContract(Written):
    """The routes there are, as agreed on a day. `months` says where their lengths come from."""

    id: Slug
    title: Text
    agreed: date
    source: Text
    months: Text
    routes: tuple[Route, ...] = Field(min_length=1)
