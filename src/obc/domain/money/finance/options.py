"""What each option costs, over arrays: of length one for the case itself, of length n for a simulation.

The arrays hold exact fractions (dtype object) or floats; the arithmetic is the same.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from obc.domain.money.finance.drivers import NEUTRAL
from obc.domain.money.finance.finance import Finance

Numbers = npt.NDArray[Any]


class Costs(NamedTuple):
    """By year, base year first: what the services cost if nothing changes, and what each option takes off it."""

    do_nothing: tuple[Numbers, ...]
    efficiency_savings: tuple[Numbers, ...]
    outcomes_savings: tuple[Numbers, ...]
    outcomes_extra: tuple[Numbers, ...]

    def with_efficiency(self) -> tuple[Numbers, ...]:
        """The cost with efficiency savings, by year."""
        return tuple(a - b for a, b in zip(self.do_nothing, self.efficiency_savings, strict=True))

    def outcomes_based(self) -> tuple[Numbers, ...]:
        """The cost of the outcomes-based option, by year: savings off, what it brings with it on."""
        off = zip(self.do_nothing, self.outcomes_savings, self.outcomes_extra, strict=True)
        return tuple(a - b + c for a, b, c in off)


def costs(finance: Finance, planned: Sequence[int], invested: Sequence[int], drivers: Mapping[str, Numbers]) -> Costs:
    """The options' costs in minor units, by year and run.

    `planned`: cumulative savings of each projected year as the case has them; `invested`: the investment of each.
    `drivers`: arrays of one length, by name; one that is left out is neutral.
    """
    taken = _Drivers(drivers)
    base, clusters = taken.number(finance.in_scope), taken.number(finance.cluster_funded)
    index, saved = taken.one, taken.one * 0
    nothing, efficiency, outcomes, extra = [index * base], [saved], [saved], [saved]
    for i, year in enumerate(finance.years):
        for growth in finance.growth:
            index = index * (taken[growth.id] + taken.number(1 + finance.rate(growth, year)))
        grown = index * base
        asked = taken.number(finance.efficiency_rate(year)) * clusters
        saved = saved + index * taken["efficiency delivered"] * asked
        delivered = _late(planned, i + 1, taken) * taken["savings delivered"]
        nothing.append(grown)
        efficiency.append(saved)
        outcomes.append(delivered - delivered * taken["cost that stays"])
        extra.append(grown * taken["unmet demand"] + taken["investment made"] * taken.number(invested[i]))
    return Costs(tuple(nothing), tuple(efficiency), tuple(outcomes), tuple(extra))


class _Drivers:
    """The drivers by name, all of one length; what is not given is neutral."""

    def __init__(self, given: Mapping[str, Numbers]):
        self.given = given
        first: Numbers = next(iter(given.values()))
        self.one: Numbers = first * 0 + 1
        self.floats = first.dtype != object

    def __getitem__(self, name: str) -> Numbers:
        return self.given[name] if name in self.given else self.one * NEUTRAL.get(name, 0)

    def number(self, given: int | Fraction) -> Any:
        """A number of the case as the arrays hold them."""
        return float(given) if self.floats else given


def _late(planned: Sequence[int], at: int, taken: _Drivers) -> Numbers:
    """The cumulative savings reached by the year `at`, late by months, along straight lines between the years."""
    when = at - taken["months late"] / 12
    reached, before = taken.one * 0, 0
    for k, level in enumerate(planned[:at]):
        reached = reached + np.minimum(np.maximum(when - k, 0), 1) * taken.number(level - before)
        before = level
    return reached
