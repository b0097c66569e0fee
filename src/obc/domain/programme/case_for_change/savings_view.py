"""The savings of a case: as printed, as modelled, and what is wrong with the printed table."""

from collections.abc import Iterator
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.money.finance.amount import label, thousands
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.printed_savings import (
    InvestmentCheck,
    Reading,
    TotalCheck,
    best,
    investment_check,
    readings,
    totals,
)
from obc.domain.money.finance.spells import SavingsYear, modelled


class SavingsView(BaseModel):
    """Which savings the case takes, the model's beside the printed ones, and findings in plain words.

    `readings` fit the printed table under each reading of growth; `best_reading` is the place of the one that
    leaves the least to explain.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    taken_from: str
    modelled: tuple[SavingsYear, ...]
    totals: tuple[TotalCheck, ...]
    readings: tuple[Reading, ...]
    best_reading: int | None
    investment: tuple[InvestmentCheck, ...]
    findings: tuple[str, ...]


def savings_view(finance: Finance) -> SavingsView:
    """Everything the savings part of a case shows."""
    savings, years = finance.savings, finance.years
    found = readings(savings, finance.growth, finance.base_year, years)
    sums = totals(savings, years)
    paid = investment_check(savings, savings.investment, finance.investment(), years) if savings.investment else ()
    return SavingsView(
        taken_from=savings.taken_from,
        modelled=modelled(savings, years, finance.indices[1:]) if savings.clusters else (),
        totals=sums,
        readings=found,
        best_reading=found.index(best(found)) if found else None,
        investment=paid,
        findings=(*_of_totals(sums), *_of_readings(found), *_of_investment(paid)),
    )


def _of_totals(sums: tuple[TotalCheck, ...]) -> Iterator[str]:
    for one in sums:
        if one.printed_thousands != one.summed_thousands:
            rows, total = f"{one.summed_thousands:,}k", f"{one.printed_thousands:,}k"
            yield f"{label(one.year)}: the rows add up to {rows}, the printed total is {total}."


def _of_readings(found: tuple[Reading, ...]) -> Iterator[str]:
    if not found:
        return
    stated, nearest = found[0], best(found)
    yield f"With {_grown(stated)}, {_off(stated)}"
    if nearest is not stated:
        yield f"Nearest is the reading with {_grown(nearest)}: {_off(nearest)}"
    for fit in stated.fits:
        if not fit.assumptions:
            yield f"Cluster {fit.cluster} ({fit.title.lower()}) shows savings, and no assumption is about it."
        if fit.step_thousands is not None and fit.step_thousands < 0:
            lost = f"{thousands_of(-fit.step_thousands)}k"
            yield f"Cluster {fit.cluster} follows only if stepping down adds cost there, on a spend of {lost}."


def _grown(reading: Reading) -> str:
    return (
        f"spend that grows with {' and '.join(reading.grows_with)}" if reading.grows_with else "spend that stays level"
    )


def _off(reading: Reading) -> str:
    named = [fit for fit in reading.fits if fit.assumptions]
    apart = [fit for fit in named if not fit.follows]
    worst = max((abs(off) for fit in named for off in fit.off_thousands), default=Fraction(0))
    return (
        f"{len(apart)} of {len(named)} clusters cannot follow from their assumptions to the printed thousand; "
        f"the furthest year is {thousands_of(worst)}k off."
    )


def thousands_of(value: Fraction) -> str:
    """Thousands with one decimal, as people read them."""
    tenths = round(value * 10)
    return f"{tenths // 10:,}.{tenths % 10}"


def _of_investment(paid: tuple[InvestmentCheck, ...]) -> Iterator[str]:
    for one in paid:
        if one.investment_minor > one.savings_minor:
            put, saved = f"{thousands(one.investment_minor):,}k", f"{thousands(one.savings_minor):,}k"
            yield f"{label(one.year)}: {put} is to be invested out of clusters that save {saved}."
