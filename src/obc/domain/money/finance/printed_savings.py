"""A printed table of savings, held against its own assumptions: does it add up, and can it follow from them?"""

from collections.abc import Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.amount import MINOR, thousands
from obc.domain.money.finance.growth import GrowthRate, indices
from obc.domain.money.finance.savings import Assumption, Investment, PrintedCluster, Savings

THOUSAND = MINOR * 1_000
ROUNDED = Fraction(1, 2)
"""A printed thousand may stand for half a thousand more or less."""


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TotalCheck(_Result):
    """A printed total and what its rows add up to, in thousands."""

    year: int
    printed_thousands: int
    summed_thousands: int


class Fit(_Result):
    """The base spend that a cluster's printed savings imply, by least squares, under one reading of growth.

    `base_thousands`: spend on which reductions fall. `step_thousands`: spend that steps down save, where they touch
    the cluster. `off_thousands`: fitted less printed, by year. `follows`: whether every year is within rounding.
    """

    cluster: int
    title: str
    assumptions: tuple[str, ...]
    base_thousands: Exact | None
    step_thousands: Exact | None
    off_thousands: tuple[Exact, ...]
    follows: bool


class Reading(_Result):
    """All clusters under one reading of how the spend grew: `grows_with` names the rates. Best: least off."""

    grows_with: tuple[str, ...]
    fits: tuple[Fit, ...]
    worst_thousands: Exact
    squares: Exact


class InvestmentCheck(_Result):
    """What an investment takes in a year, and what the clusters that are to pay for it save."""

    year: int
    investment_minor: int
    savings_minor: int


def totals(savings: Savings, years: Sequence[int]) -> tuple[TotalCheck, ...]:
    """Each printed total beside the sum of its rows."""
    if savings.printed is None:
        return ()
    rows = [[thousands(amount) for amount in one.amounts] for one in savings.printed.clusters]
    summed = [sum(row[i] for row in rows) for i in range(len(years))]
    return tuple(
        TotalCheck(year=year, printed_thousands=thousands(total), summed_thousands=one)
        for year, total, one in zip(years, savings.printed.totals, summed, strict=True)
    )


def readings(savings: Savings, rates: Sequence[GrowthRate], base: int, years: Sequence[int]) -> tuple[Reading, ...]:
    """The table fitted under every reading of growth: all rates (as a source says), each alone, none."""
    if savings.printed is None:
        return ()
    sets = [tuple(rates), *((rate,) for rate in rates if len(rates) > 1), ()]
    return tuple(_reading(savings, tuple(chosen), base, years) for chosen in sets)


def best(found: Sequence[Reading]) -> Reading:
    """The reading that leaves the least to explain (sum of squares)."""
    return min(found, key=lambda reading: reading.squares)


def _reading(savings: Savings, rates: tuple[GrowthRate, ...], base: int, years: Sequence[int]) -> Reading:
    assert savings.printed is not None
    grown = indices(rates, base, years)
    fits = tuple(
        _fit(one, savings.assumptions, grown)
        for one in savings.printed.clusters
        if any(one.amounts) or _named(savings, one)
    )
    off = [value for fit in fits for value in fit.off_thousands]
    return Reading(
        grows_with=tuple(rate.id for rate in rates),
        fits=fits,
        worst_thousands=max(map(abs, off), default=Fraction(0)),
        squares=sum((value * value for value in off), Fraction(0)),
    )


def _named(savings: Savings, one: PrintedCluster) -> bool:
    return any(one.cluster in assumption.touched for assumption in savings.assumptions)


def _fit(one: PrintedCluster, assumptions: Sequence[Assumption], grown: Sequence[Fraction]) -> Fit:
    printed = [Fraction(amount, THOUSAND) for amount in one.amounts]
    reduce_by = [a for a in assumptions if one.cluster in a.reduces]
    step_by = [a for a in assumptions if one.cluster in a.steps_down]
    columns = [
        [sum(a.cumulative[i] for a in chosen) * index for i, index in enumerate(grown)]
        for chosen in (reduce_by, step_by)
        if chosen
    ]
    coefficients = _least_squares(columns, printed)
    fitted = [
        sum((b * column[i] for b, column in zip(coefficients, columns, strict=True)), Fraction(0))
        for i in range(len(printed))
    ]
    off = tuple(f - p for f, p in zip(fitted, printed, strict=True))
    found = iter(coefficients)
    return Fit(
        cluster=one.cluster,
        title=one.title,
        assumptions=tuple(a.id for a in (*reduce_by, *step_by)),
        base_thousands=next(found) if reduce_by else None,
        step_thousands=next(found) if step_by else None,
        off_thousands=off,
        follows=all(abs(value) <= ROUNDED for value in off),
    )


def _least_squares(columns: Sequence[Sequence[Fraction]], aim: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Exact coefficients of one or two columns (normal equations); none for none."""
    if not columns:
        return ()
    if len(columns) == 1:
        return (_dot(columns[0], aim) / _dot(columns[0], columns[0]),)
    a, b = columns
    aa, ab, bb, ay, by = _dot(a, a), _dot(a, b), _dot(b, b), _dot(a, aim), _dot(b, aim)
    whole = aa * bb - ab * ab
    return ((ay * bb - by * ab) / whole, (by * aa - ay * ab) / whole)


def _dot(a: Sequence[Fraction], b: Sequence[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def investment_check(
    savings: Savings, investment: Investment, amounts: Sequence[int], years: Sequence[int]
) -> tuple[InvestmentCheck, ...]:
    """By year, what the investment takes (`amounts`) and what the clusters said to pay for it save, as printed."""
    if savings.printed is None or not investment.said_to_come_from:
        return ()
    paying = [one for one in savings.printed.clusters if one.cluster in investment.said_to_come_from]
    return tuple(
        InvestmentCheck(year=year, investment_minor=amounts[i], savings_minor=sum(one.amounts[i] for one in paying))
        for i, year in enumerate(years)
    )
