"""The projection: what the services in scope cost over the years under each option."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.money.finance.amount import label, minor
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.options import Costs, Numbers, costs
from obc.domain.money.finance.printed import PrintedCheck, compared
from obc.domain.money.finance.service import SCOPES
from obc.domain.money.finance.spells import modelled

OPTIONS = ("do nothing", "do nothing with efficiency savings", "outcomes based")
"""The options, in the order in which a case compares them."""


class Projection(BaseModel):
    """Costs by year in minor units, base year first; savings are positive and cumulative.

    Each is rounded once; options are differences of rounded figures, so that every column adds up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    years: tuple[str, ...]
    do_nothing_minor: tuple[int, ...]
    efficiency_savings_minor: tuple[int, ...]
    do_nothing_with_efficiency_minor: tuple[int, ...]
    outcomes_savings_minor: tuple[int, ...]
    outcomes_based_minor: tuple[int, ...]

    def option(self, name: str) -> tuple[int, ...]:
        """The cost by year of one of `OPTIONS`."""
        rows = (self.do_nothing_minor, self.do_nothing_with_efficiency_minor, self.outcomes_based_minor)
        return rows[OPTIONS.index(name)]


def planned_savings(finance: Finance) -> tuple[int, ...]:
    """The cumulative savings of the outcomes-based option in each projected year, before it is late (minor units)."""
    savings = finance.savings
    if savings.taken_from == "printed" and savings.printed is not None:
        return savings.printed.totals
    return tuple(year.released_minor for year in modelled(savings, finance.years, finance.indices[1:]))


def projected(finance: Finance) -> Projection:
    """The case as it is written."""
    found = exactly(finance, {})
    nothing, saved, outcomes, extra = ([minor(year[0]) for year in row] for row in found)
    return Projection(
        years=tuple(label(year) for year in finance.all_years),
        do_nothing_minor=tuple(nothing),
        efficiency_savings_minor=tuple(saved),
        do_nothing_with_efficiency_minor=tuple(a - b for a, b in zip(nothing, saved, strict=True)),
        outcomes_savings_minor=tuple(outcomes),
        outcomes_based_minor=tuple(a - b + c for a, b, c in zip(nothing, outcomes, extra, strict=True)),
    )


def exactly(finance: Finance, drivers: Mapping[str, Fraction]) -> Costs:
    """The options' exact costs (arrays of length one), with some drivers other than neutral."""
    held = {name: _one(value) for name, value in {**exact_ramp(finance), **drivers}.items()}
    return costs(finance, planned_savings(finance), finance.investment(), held)


def exact_ramp(finance: Finance) -> dict[str, Fraction]:
    """What the file itself says of lateness and of the share that comes, as drivers."""
    ramp = finance.savings.ramp
    return {"months late": ramp.months_late, "savings delivered": ramp.share_that_comes}


def _one(value: Fraction) -> Numbers:
    made = np.empty(1, dtype=object)
    made[0] = value
    return made


def printed_check(finance: Finance, projection: Projection) -> PrintedCheck:
    """Every printed figure beside the model's."""
    years = projection.years
    by_year = {
        "do nothing": projection.do_nothing_minor,
        "efficiency savings": projection.efficiency_savings_minor,
        "do nothing with efficiency": projection.do_nothing_with_efficiency_minor,
        "outcomes savings": projection.outcomes_savings_minor,
        "outcomes based": projection.outcomes_based_minor,
    }
    model = {line: tuple(zip(years, amounts, strict=True)) for line, amounts in by_year.items()}
    scopes = tuple((scope, finance.spend(scope)) for scope in SCOPES)
    model["spend by scope"] = (("total", finance.spend()), *scopes)
    envelope = finance.envelopes()[1]
    model["envelope"] = (("plan", finance.in_scope), ("forecast", finance.forecast), ("envelope", envelope))
    return compared(finance.printed, model)
