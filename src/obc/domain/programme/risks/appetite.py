"""Appetite: how much risk a body carries without asking the one above it."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.programme.risks.risk import Category, Risk


class Limit(Written):
    """The highest standing score that is carried, in one category."""

    category: Category
    score: int = Field(ge=0, le=25)


class Appetite(Written):
    """The highest standing score that `held by` carries. What lies above must be escalated `to`."""

    score: int = Field(ge=0, le=25)
    but: tuple[Limit, ...] = ()
    held_by: Slug
    to: Slug
    source: Text

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = [one.category for one in self.but]
        if len(set(named)) < len(named):
            raise wrong("a category twice", "give each category one limit", "but")
        if self.held_by == self.to:
            raise wrong(f"'{self.to}' on both sides", "escalate to another body", "to")
        return self

    def limit(self, category: str) -> int:
        """The highest score that is carried in a category."""
        return next((one.score for one in self.but if one.category == category), self.score)

    def exceeded_by(self, risk: Risk) -> bool:
        """Whether a risk is more than is carried."""
        return risk.live and risk.standing.score > self.limit(risk.category)

    def waiting(self, risks: Sequence[Risk]) -> tuple[Risk, ...]:
        """Risks beyond the appetite that nobody has escalated: the next decision of whoever owns them."""
        return tuple(one for one in risks if self.exceeded_by(one) and one.state != "escalated")
