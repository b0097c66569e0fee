"""What obc measures is what was put into the records: maker, reading, segmentation and measuring, all in a row.

The maker imports nothing of the others, so that they agree only where both are right. The number of people comes
from OBC_TRUTH_PEOPLE; 200,000 finds a tenth of the error that the usual number finds.
"""

import math
import os
from collections.abc import Iterator
from datetime import date

import pytest

from obc.bootstrap import contracts, measuring
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.synthetic.make import make_records
from synthetic_county import IN_SCOPE, oxfordshire

PEOPLE = int(os.environ.get("OBC_TRUTH_PEOPLE", "20000"))
CONTRACT = "oxfordshire-mental-health"
YEARS = (0, 1, 2)
CELL, TOGETHER = 4.5, 4.0
"""Standard errors allowed for one group in one year, and for all of an indicator together."""

TRUE = {
    "care-plan-within-four-weeks": ("timely_access", "care plan within 28 days"),
    "care-programme-review": ("functioning", "reviewed"),
    "carer-assessment-offered": ("carers", "offered an assessment"),
    "carer-at-care-planning": ("carers", "attended a review"),
    "carer-satisfied-with-involvement": ("carers", "satisfied"),
    "carer-strain": ("carers", "strain"),
    "cluster-tool-improvement": ("functioning", "cluster scores improved"),
    "crisis-admissions": ("timely_access", "crisis admitted"),
    "crisis-face-to-face-four-hours": ("timely_access", "crisis seen within four hours"),
    "education-one-year": ("roles", "education"),
    "emergency-attendances": ("physical_health", "emergency attendances"),
    "employment-plan": ("functioning", "employment goal"),
    "gatekept-admissions": ("timely_access", "gatekept"),
    "home-or-parenting-one-year": ("roles", "running a home or parenting"),
    "involved-in-decisions": ("functioning", "involved in decisions"),
    "mortality": ("living_longer", "deaths"),
    "paid-employment-one-year": ("roles", "paid employment"),
    "recovery-star-improvement": ("functioning", "recovery star improved"),
    "settled-accommodation-one-year": ("home", "settled a year after"),
    "social-inclusion-measures": ("functioning", "inclusion goal"),
    "start-of-support": ("timely_access", "first contact within 28 days"),
    "suicide": ("living_longer", "suicides"),
    "voluntary-activity-one-year": ("roles", "volunteering"),
}
NO_SINGLE_TRUTH = {
    "physical-health-screening",  # three truths: see below
    "stepped-down-and-discharged",  # the share of discharges is true, how many are discharged in a period is not told
}
PER = {"mortality": 1000, "suicide": 1000, "emergency-attendances": 1}


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> list[IndicatorValue]:
    """Whole years of all providers, by segment."""
    contract = contracts.load_contract(CONTRACT)
    folder = tmp_path_factory.mktemp("truth") / "records"
    make_records(oxfordshire(), PEOPLE, 20_141, folder)
    with measuring.records_of(contract, folder, "logical") as records:
        measured = measuring.measure(contract, records).values.values
    years = [Period.of_months(date(2013 + year, 4, 1), 12) for year in YEARS]
    whole = {(year.start, year.end) for year in years}
    return [
        value
        for value in measured
        if (value.period_start, value.period_end) in whole and value.provider == ALL and value.segment in IN_SCOPE
    ]


def cells(values: list[IndicatorValue], indicator: str) -> Iterator[tuple[IndicatorValue, int]]:
    """The values of an indicator with their contract years."""
    for value in values:
        if value.indicator == indicator:
            yield value, value.period_start.year - 2013


def off(value: IndicatorValue, true: float, leaves: bool) -> tuple[float, float]:
    """How far the numerator is from what the truth expects, and the variance of that."""
    numerator, denominator = float(value.numerator or 0), float(value.denominator or 0)
    if value.measure == "rate":
        expected = true / PER[value.indicator] * denominator / 365.25
        return numerator - expected, expected
    if value.measure == "mean":
        half = (float(value.upper_95 or 0) - float(value.lower_95 or 0)) / 2 / 1.96
        return numerator - true * denominator, (half * denominator) ** 2
    known = denominator if leaves else denominator - (value.unknown or 0)
    return numerator - true * known, known * true * (1 - true)


@pytest.mark.parametrize("indicator", TRUE)
def test_measured_is_true(values: list[IndicatorValue], indicator: str) -> None:
    section, name = TRUE[indicator]
    definition = contracts.load_contract(CONTRACT).definition(indicator)
    leaves = definition.unknown == "leaves the denominator"
    found = list(cells(values, indicator))
    assert len(found) == len(IN_SCOPE) * len(YEARS)
    total, variance = 0.0, 0.0
    for value, year in found:
        true = getattr(oxfordshire(), section).value(name, value.segment, year)
        apart, spread = off(value, true, leaves)
        assert abs(apart) <= CELL * math.sqrt(spread) + 1, (value.segment, year, value.value, true)
        total, variance = total + apart, variance + spread
    assert abs(total) <= TOGETHER * math.sqrt(variance), "over all segments and years"


def test_screening_scores_are_the_sum_of_three_truths(values: list[IndicatorValue]) -> None:
    health = oxfordshire().physical_health
    for value, year in cells(values, "physical-health-screening"):
        healthy = health.value("result healthy", value.segment, year) * (1 - health.result_unknown)
        shares = [
            health.value(f"{check} checked", value.segment, year) * healthy
            for check in ("body mass index", "diabetes", "cholesterol")
        ]
        count = float(value.denominator or 0)
        spread = math.sqrt(count * sum(share * (1 - share) for share in shares))
        assert abs(float(value.numerator or 0) - count * sum(shares)) <= CELL * spread, (value.segment, year)


def test_every_indicator_of_the_contract_is_held_against_a_truth(values: list[IndicatorValue]) -> None:
    assert {value.indicator for value in values} == TRUE.keys() | NO_SINGLE_TRUTH
