"""Single interventions: what they did, what they cost, and what they are worth over the years, with caution."""

from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.amount import Amount, Share, minor


class Economics(Written):
    """Cost to set up (now), cost to run and gross benefit (each year from the first on), in the contract's currency."""

    set_up: Amount
    running: Amount
    benefit: Amount
    source: str


class Intervention(Written):
    """A way of working that providers could take up. Without `economics` it is not costed, which is not nothing."""

    id: Slug
    title: str
    place: str
    effects: tuple[str, ...] = Field(min_length=1)
    economics: Economics | None = None
    source: str


class Discounting(Written):
    """How future money counts: the discount rate, and optimism bias (costs up, benefits down) over `years` years."""

    rate: Share
    costs_up: Share
    benefits_down: Share
    years: int = Field(ge=1, le=60)
    source: str


class Interventions(Written):
    """Interventions and the terms on which they are valued."""

    terms: Discounting
    interventions: tuple[Intervention, ...]


class Valued(BaseModel):
    """An intervention's present values (minor units): costs and benefits with and net of bias; None: not costed.

    `breaks_even`: the share of the stated benefit, before bias, at which the net present value is nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    place: str
    effects: tuple[str, ...]
    costs_minor: int | None
    benefits_minor: int | None
    net_minor: int | None
    net_without_bias_minor: int | None
    breaks_even: Exact | None
    source: str


def valued(given: Interventions) -> tuple[Valued, ...]:
    """Every intervention, in the order of the file."""
    return tuple(_valued(one, given.terms) for one in given.interventions)


def _valued(one: Intervention, terms: Discounting) -> Valued:
    stated = {"id": one.id, "title": one.title, "place": one.place, "effects": one.effects, "source": one.source}
    if one.economics is None:
        nothing = dict.fromkeys(("costs_minor", "benefits_minor", "net_minor", "net_without_bias_minor", "breaks_even"))
        return Valued.model_validate(stated | nothing)
    annuity = sum((1 / (1 + terms.rate) ** year for year in range(1, terms.years + 1)), Fraction(0))
    costs = one.economics.set_up + one.economics.running * annuity
    benefits = one.economics.benefit * annuity
    careful_costs, careful_benefits = costs * (1 + terms.costs_up), benefits * (1 - terms.benefits_down)
    return Valued.model_validate(
        stated
        | {
            "costs_minor": minor(careful_costs),
            "benefits_minor": minor(careful_benefits),
            "net_minor": minor(careful_benefits - careful_costs),
            "net_without_bias_minor": minor(benefits - costs),
            "breaks_even": careful_costs / benefits if benefits else None,
        }
    )
