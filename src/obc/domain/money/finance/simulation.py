"""The simulation: the options' costs when every driver is drawn from its range.

Draws are floats, and so are the totals made of them: they are rounded to whole pounds for the eye and are never paid.
The same seed gives the same draws. Each driver has a stream of its own, so a change of one range leaves the draws of
the others as they were. Drivers are drawn independently of each other, which understates how far the extremes reach
where they go together (late and dear, say).
"""

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.drivers import Range
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.options import costs
from obc.domain.money.finance.projection import OPTIONS, exact_ramp, planned_savings

RUNS, SEED = 100_000, 1
QUANTILES = (0.05, 0.5, 0.95)
_POUND = 100

Floats = npt.NDArray[np.float64]


class Simulated(BaseModel):
    """One option over all runs: totals over the projected years (minor units, whole pounds).

    `inside`: the share of runs in which its cost stays within the envelope, by projected year. `cheapest`: the share
    of runs in which no other option costs less over the years.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    option: str
    low_minor: int
    median_minor: int
    high_minor: int
    inside: tuple[Exact, ...]
    cheapest: Exact


class Simulation(BaseModel):
    """All options, drawn `runs` times. `difference`: outcomes based less efficiency savings, at the same quantiles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    runs: int
    seed: int
    options: tuple[Simulated, ...]
    difference_minor: tuple[int, int, int]


def simulated(finance: Finance, runs: int = RUNS, seed: int = SEED) -> Simulation:
    """Draw every driver that has a range `runs` times and cost every option in each run."""
    drivers: dict[str, Floats] = {name: np.full(runs, float(value)) for name, value in exact_ramp(finance).items()}
    drivers |= {one.driver: _draws(one, runs, seed) for one in finance.ranges}
    found = costs(finance, planned_savings(finance), finance.investment(), drivers)
    by_option = dict(zip(OPTIONS, (found.do_nothing, found.with_efficiency(), found.outcomes_based()), strict=True))
    totals = {name: np.sum(years[1:], axis=0) for name, years in by_option.items()}
    least = np.min(list(totals.values()), axis=0)
    envelopes = finance.envelopes()[1:]
    return Simulation(
        runs=runs,
        seed=seed,
        options=tuple(_option(name, years[1:], totals[name], least, envelopes) for name, years in by_option.items()),
        difference_minor=_quantiles(totals[OPTIONS[2]] - totals[OPTIONS[1]]),
    )


def _draws(one: Range, runs: int, seed: int) -> Floats:
    stream = np.random.default_rng([seed, *one.driver.encode()])
    return stream.triangular(float(one.low), float(one.likely), float(one.high), runs)


def _option(
    name: str, years: tuple[npt.NDArray[Any], ...], total: Floats, least: Floats, envelopes: tuple[int, ...]
) -> Simulated:
    low, median, high = _quantiles(total)
    runs = len(total)
    return Simulated(
        option=name,
        low_minor=low,
        median_minor=median,
        high_minor=high,
        inside=tuple(
            Fraction(int(np.count_nonzero(cost <= envelope)), runs)
            for cost, envelope in zip(years, envelopes, strict=True)
        ),
        cheapest=Fraction(int(np.count_nonzero(total <= least)), runs),
    )


def _quantiles(total: Floats) -> tuple[int, int, int]:
    low, median, high = (round(float(value) / _POUND) * _POUND for value in np.quantile(total, QUANTILES))
    return low, median, high
