"""The capitated budget: what the commissioner pays for a defined cohort, whoever of it needs care."""

from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field

from obc.domain.core.kernel.figure import Written, WrittenFigure
from obc.domain.core.kernel.money import split
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.allocation import PaceOfChange, rate_per_weighted_head
from obc.domain.money.finance.amount import minor
from obc.domain.money.finance.growth import in_year
from obc.domain.money.finance.high_cost import HighCost, HighCostEffect, effect
from obc.domain.money.finance.population import Count, Population


class PricedSegment(Written):
    """A segment with the people in care, and what one of them costs against the average (1)."""

    segment: Slug
    title: str
    people: int = Field(gt=0)
    weight: Exact = Field(gt=0)
    source: str | None = None


class Capitation(Written):
    """How the envelope becomes a budget for a cohort.

    `price index` and `people growth`: shares a year. `target rate`: what a weighted head is to cost in the base year
    (minor units are worked out; written in pounds); where none is written, the envelope over the weighted people.
    """

    population: Population
    price_index: WrittenFigure
    people_growth: WrittenFigure
    target_rate: WrittenFigure | None = None
    pace_of_change: PaceOfChange
    segments: tuple[PricedSegment, ...] = ()
    high_cost: HighCost | None = None
    source: str | None = None


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AreaBudget(_Result):
    """An area's share of the base-year budget by need, and by plain heads."""

    area: str
    people: int
    weighted_people: Exact
    by_need_minor: int
    by_heads_minor: int
    per_head_minor: int


class BudgetYear(_Result):
    """The capitated budget of a year beside its target (minor units)."""

    year: int
    target_minor: int
    budget_minor: int
    distance: Exact


class SegmentPrice(_Result):
    """A segment's part of the budget and the price per head (minor units)."""

    segment: str
    people: int
    budget_minor: int
    per_head_minor: int


class CapitatedBudget(_Result):
    """A cohort's budget. `in_year_minor`: what joiners and leavers add in the base year, for the months they count.

    `base_of_prices_minor`: the envelope less what truncation takes out; prices by segment share it out. What is taken
    out is paid as it comes.
    """

    cohort: str
    counted: Count
    people: int
    other_count_people: int
    weighted_people: Exact
    rate_minor: Exact
    areas: tuple[AreaBudget, ...]
    in_year_person_years: Exact
    in_year_minor: int
    years: tuple[BudgetYear, ...]
    segments: tuple[SegmentPrice, ...]
    base_of_prices_minor: int
    high_cost: HighCostEffect | None


def capitated(terms: Capitation, envelope: int, base: int, years: tuple[int, ...]) -> CapitatedBudget:
    """The budget that the terms make of an envelope (minor units, base year).

    Budgets by area add up to the envelope to the penny, those by segment to the base of prices. The years start from
    the envelope and move towards the target, which grows with prices and people, no faster than the pace of change
    allows.
    """
    cohort = terms.population
    weighted = cohort.weighted()
    own_rate = rate_per_weighted_head(envelope, weighted)
    rate = in_year(terms.target_rate, base) * 100 if terms.target_rate else own_rate
    person_years, weighted_years = cohort.changed()
    high = effect(terms.high_cost) if terms.high_cost else None
    base_of_prices = envelope - (high.truncated_minor if high else 0)
    return CapitatedBudget(
        cohort=cohort.cohort,
        counted=cohort.count,
        people=cohort.total(),
        other_count_people=cohort.total("resident" if cohort.count == "registered" else "registered"),
        weighted_people=weighted,
        rate_minor=own_rate,
        areas=_areas(cohort, envelope),
        in_year_person_years=person_years,
        in_year_minor=minor(weighted_years * own_rate),
        years=_years(terms, envelope, weighted * rate, years),
        segments=_segments(terms.segments, base_of_prices),
        base_of_prices_minor=base_of_prices,
        high_cost=high,
    )


def _areas(cohort: Population, envelope: int) -> tuple[AreaBudget, ...]:
    rows = cohort.by_area()
    by_need = split(envelope, [weighted for _, _, weighted in rows])
    by_heads = split(envelope, [people for _, people, _ in rows])
    return tuple(
        AreaBudget(
            area=area,
            people=people,
            weighted_people=weighted,
            by_need_minor=need,
            by_heads_minor=heads,
            per_head_minor=minor(Fraction(need, people)) if people else 0,
        )
        for (area, people, weighted), need, heads in zip(rows, by_need, by_heads, strict=True)
    )


def _years(terms: Capitation, envelope: int, target: Fraction, years: tuple[int, ...]) -> tuple[BudgetYear, ...]:
    budget, made = Fraction(envelope), []
    for year in years:
        target *= (1 + in_year(terms.price_index, year)) * (1 + in_year(terms.people_growth, year))
        budget = terms.pace_of_change.next(budget, target)
        made.append(
            BudgetYear(
                year=year,
                target_minor=minor(target),
                budget_minor=minor(budget),
                distance=(budget - target) / target,
            )
        )
    return tuple(made)


def _segments(segments: tuple[PricedSegment, ...], base: int) -> tuple[SegmentPrice, ...]:
    if not segments:
        return ()
    budgets = split(base, [one.people * one.weight for one in segments])
    return tuple(
        SegmentPrice(
            segment=one.segment,
            people=one.people,
            budget_minor=budget,
            per_head_minor=minor(Fraction(budget, one.people)),
        )
        for one, budget in zip(segments, budgets, strict=True)
    )
