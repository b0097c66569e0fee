"""Weighted capitation: targets by need, the distance from them, and how fast a budget may move.

The arithmetic of NHS England's allocations (2013/14 working paper, annex A): a target is the weighted population
times one rate per weighted head; the distance is the allocation less the target, as a share of the target.
"""

from fractions import Fraction
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, spelled
from obc.domain.money.finance.amount import minor


class Allocation(BaseModel):
    """A budget beside its target (minor units). `distance`: above target is positive. Per head of plain people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target_minor: int
    distance_minor: int
    distance: Exact
    per_head_minor: int
    target_per_head_minor: int


def rate_per_weighted_head(budget: int, weighted: Fraction) -> Fraction:
    """The one rate that shares a budget out over weighted people. Raises ValueError where there are none."""
    if weighted <= 0:
        raise ValueError("nobody to share the budget out over")
    return Fraction(budget) / weighted


def allocation(budget: int, people: int, weighted: Fraction, rate: Fraction) -> Allocation:
    """A budget (minor units) beside the target of `people`, `weighted`, at a `rate` per weighted head.

    Raises ValueError where there is nobody: a budget per head of nobody is not measurable.
    """
    if people <= 0 or weighted <= 0 or rate <= 0:
        raise ValueError("a target needs people and a rate")
    target = weighted * rate
    return Allocation(
        target_minor=minor(target),
        distance_minor=minor(budget - target),
        distance=(budget - target) / target,
        per_head_minor=minor(Fraction(budget) / people),
        target_per_head_minor=minor(target / people),
    )


class PaceOfChange(Written):
    """How much a budget may change in a year on its way to its target: no less and no more than these shares."""

    least: Exact
    most: Exact
    source: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not -1 <= self.least <= self.most:
            found = f"{spelled(self.least * 100)} % to {spelled(self.most * 100)} %"
            raise wrong(found, "write the least change first, and no fall of more than 100 %")
        return self

    def next(self, budget: Fraction, target: Fraction) -> Fraction:
        """The budget of the next year, as near its target as the pace allows."""
        return min(max(target, budget * (1 + self.least)), budget * (1 + self.most))
