"""The catalogue of levers: what each needs, what it moves, and how early it may be pulled."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.contract.agreement.finding import first_twice
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import refusal, wrong

Manner = Literal["supportive", "punitive"]
Standing = Literal["not known", "in dispute", "getting worse", "failing", "chance", "improving", "holding"]
"""What the figures say of an indicator, worst knowledge first; see `next_step`."""
Stage = Literal["none", "informal", "formal notice", "remedial action plan", "withholding", "step-in", "terminated"]
STAGES: tuple[Stage, ...] = (
    "none",
    "informal",
    "formal notice",
    "remedial action plan",
    "withholding",
    "step-in",
    "terminated",
)
"""How far an escalation has gone, in order."""


class Lever(Written):
    """One lever. `from stage`: how far an escalation must have gone before it may be pulled.

    `move`: the move of an escalation that pulls it; none: it is pulled by itself, and somebody has it in hand.
    """

    id: Slug
    title: Text
    manner: Manner
    from_stage: Stage = "none"
    move: Text | None = None
    needs: tuple[Text, ...] = Field(min_length=1)
    moves: Text
    when: tuple[Standing, ...] = Field(default=(), description="the states of an indicator that it answers")
    source: Text

    @model_validator(mode="after")
    def _support_comes_first(self) -> Self:
        if self.manner == "punitive" and self.from_stage == "none":
            found = f"the punitive lever '{self.id}' with nothing before it"
            raise wrong(found, "say 'from stage': what has to be tried first", "from stage")
        return self


class Family(Written):
    """The levers of one kind: a file of the catalogue. `place` orders the families."""

    id: Slug
    title: Text
    place: int
    says: Text
    levers: tuple[Lever, ...] = Field(min_length=1)
    source: Text


class Catalogue(BaseModel):
    """Every family in its place. A lever's id is its own among all families."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    families: tuple[Family, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [lever.id for lever in self.levers]
        if twice := first_twice(ids):
            raise wrong(f"the lever '{ids[twice]}' twice", "give each lever an id of its own")
        return self

    def lever(self, name: str) -> Lever:
        """The lever of that id. Raises `Problems`."""
        found = next((one for one in self.levers if one.id == name), None)
        if found is None:
            known = ", ".join(one.id for one in self.levers)
            raise refusal("the catalogue", "lever", f"'{name}', which is nowhere", f"there is {known}")
        return found

    @property
    def levers(self) -> tuple[Lever, ...]:
        """All levers: by family, in each the supportive ones first."""
        listed = (lever for family in self.families for lever in family.levers)
        return tuple(sorted(listed, key=lambda lever: lever.manner == "punitive"))

    def fitting(self, standing: Standing, stage: Stage) -> tuple[Lever, ...]:
        """The levers that answer what the figures say and may be pulled at this stage, supportive before punitive."""
        reached = STAGES.index(stage)
        return tuple(
            lever for lever in self.levers if standing in lever.when and STAGES.index(lever.from_stage) <= reached
        )
