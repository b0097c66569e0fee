"""Sensitivity: what each driver alone does to the answer, and where the answer turns. Exact, nothing is drawn."""

from collections.abc import Iterable
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.amount import minor
from obc.domain.money.finance.drivers import NEUTRAL, Range
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.projection import OPTIONS, exactly

_SEARCHED = {
    "efficiency delivered": (Fraction(0), Fraction(2)),
    "savings delivered": (Fraction(0), Fraction(3)),
    "months late": (Fraction(0), Fraction(60)),
    "cost that stays": (Fraction(0), Fraction(1)),
    "unmet demand": (Fraction(0), Fraction(1)),
    "investment made": (Fraction(0), Fraction(3)),
}
_GROWTH = (Fraction(-1, 10), Fraction(1, 10))
"""Where a turning point is looked for; growth rates move by at most ten points a year."""
_FINE = 10_000
"""Turning points are found to a hundredth of a per cent, or of a month."""
_STEPS = 4


class Bar(BaseModel):
    """One driver at the ends of its range, all others as written.

    The answer is what the outcomes-based option costs more than efficiency savings over the years (minor units).
    `steps`: the answer at even steps from the low end to the high one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    driver: str
    low: Exact
    high: Exact
    at_low_minor: int
    at_high_minor: int
    steps: tuple[tuple[Exact, int], ...]

    @property
    def swing(self) -> int:
        """How far the answer moves from one end to the other (minor units)."""
        return abs(self.at_high_minor - self.at_low_minor)


class Turn(BaseModel):
    """Where one driver alone decides whether an option is the cheapest.

    `wins` says on which side of `at` it is: `from` there on, `up to` there, `always` or `never` (within what was
    searched; `at` is then None).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    option: str
    driver: str
    wins: str
    at: Exact | None


class Sensitivity(BaseModel):
    """The answer as written, the drivers by how far they move it, and where it turns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer_minor: int
    tornado: tuple[Bar, ...]
    turns: tuple[Turn, ...]


def sensitivity(finance: Finance) -> Sensitivity:
    """Every driver that has a range, and every turning point."""
    bars = sorted((_bar(finance, one) for one in finance.ranges), key=lambda bar: -bar.swing)
    drivers = [*NEUTRAL, *(growth.id for growth in finance.growth)]
    return Sensitivity(
        answer_minor=minor(_answer(finance, {})),
        tornado=tuple(bars),
        turns=tuple(_turn(finance, option, driver) for option in OPTIONS for driver in drivers),
    )


def _totals(finance: Finance, drivers: dict[str, Fraction]) -> tuple[Fraction, ...]:
    found = exactly(finance, drivers)
    by_option = (found.do_nothing, found.with_efficiency(), found.outcomes_based())
    return tuple(_sum(year[0] for year in years[1:]) for years in by_option)


def _sum(parts: Iterable[Fraction]) -> Fraction:
    return sum(parts, Fraction(0))


def _answer(finance: Finance, drivers: dict[str, Fraction]) -> Fraction:
    _, efficiency, outcomes = _totals(finance, drivers)
    return outcomes - efficiency


def _bar(finance: Finance, one: Range) -> Bar:
    at = [one.low + (one.high - one.low) * k / _STEPS for k in range(_STEPS + 1)]
    steps = tuple((value, minor(_answer(finance, {one.driver: value}))) for value in at)
    return Bar(
        driver=one.driver,
        low=one.low,
        high=one.high,
        at_low_minor=steps[0][1],
        at_high_minor=steps[-1][1],
        steps=steps,
    )


def _ahead(finance: Finance, option: str, driver: str, value: Fraction) -> Fraction:
    """By how much the option is cheaper than the best of the others."""
    totals = dict(zip(OPTIONS, _totals(finance, {driver: value}), strict=True))
    return min(total for name, total in totals.items() if name != option) - totals[option]


def _turn(finance: Finance, option: str, driver: str) -> Turn:
    low, high = _SEARCHED.get(driver, _GROWTH)
    at_low, at_high = (_ahead(finance, option, driver, value) > 0 for value in (low, high))
    if at_low == at_high:
        return Turn(option=option, driver=driver, wins="always" if at_low else "never", at=None)
    while high - low > Fraction(1, _FINE * 2):
        middle = (low + high) / 2
        if (_ahead(finance, option, driver, middle) > 0) == at_low:
            low = middle
        else:
            high = middle
    return Turn(
        option=option,
        driver=driver,
        wins="up to" if at_low else "from",
        at=Fraction(round((low + high) / 2 * _FINE), _FINE),
    )
