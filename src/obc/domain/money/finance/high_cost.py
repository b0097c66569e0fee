"""Cases of very high cost: truncated before prices are set, and insured above an attachment."""

from fractions import Fraction
from itertools import pairwise
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.money.finance.amount import Amount, Share, minor, thousands


class CostBand(Written):
    """How many people cost how much a year."""

    cost: Amount
    people: int = Field(ge=0)


class StopLoss(Written):
    """Above `above` a person a year the commissioner bears a share, up to `at most` a person."""

    above: Amount
    commissioner_bears: Share
    at_most: Amount | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_most is not None and self.at_most <= self.above:
            raise wrong("a limit below where it begins", "write 'at most' above 'above'", "at most")
        return self

    def borne(self, cost: int) -> Fraction:
        """What the commissioner bears of one person's cost (minor units)."""
        top = cost if self.at_most is None else min(cost, self.at_most)
        return max(top - self.above, 0) * self.commissioner_bears


class HighCost(Written):
    """Truncation: no person counts for more than `truncate at` when prices are set. Stop-loss: who bears the rest."""

    truncate_at: Amount
    stop_loss: StopLoss
    people_by_cost: tuple[CostBand, ...] = Field(min_length=1)
    source: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for i, (before, after) in enumerate(pairwise(self.people_by_cost), 1):
            if after.cost <= before.cost:
                found = f"{thousands(after.cost):,}k after {thousands(before.cost):,}k"
                raise wrong(found, "list the bands by cost, each above the last", "people by cost", i)
        return self


class HighCostEffect(BaseModel):
    """What truncation takes out of the base of prices, and what stop-loss moves (minor units a year)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: int
    cost_minor: int
    truncated_people: int
    truncated_minor: int
    stop_loss_people: int
    borne_by_commissioner_minor: int
    left_with_providers_minor: int


def effect(terms: HighCost) -> HighCostEffect:
    """The terms on the costs as they are listed."""
    bands = terms.people_by_cost
    cost = sum(band.cost * band.people for band in bands)
    borne = minor(sum((terms.stop_loss.borne(band.cost) * band.people for band in bands), Fraction(0)))
    return HighCostEffect(
        people=sum(band.people for band in bands),
        cost_minor=cost,
        truncated_people=sum(band.people for band in bands if band.cost > terms.truncate_at),
        truncated_minor=sum(max(band.cost - terms.truncate_at, 0) * band.people for band in bands),
        stop_loss_people=sum(band.people for band in bands if band.cost > terms.stop_loss.above),
        borne_by_commissioner_minor=borne,
        left_with_providers_minor=cost - borne,
    )
