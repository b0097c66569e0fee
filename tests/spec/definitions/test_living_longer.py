"""Outcome 1: deaths and suicides over the days as a member."""

from decimal import Decimal

import pytest

from indicator_engines import Engine
from shipped import code_lists, indicators

MEMBERS = """
    memberships | person_id segment provider joined     left_on
                | before    s       P1       2025-01-01 2026-06-30
                | first     s       P1       2025-01-01 2026-06-30
                | last      s       P1       2025-01-01 2026-06-30
                | after     s       P1       2025-01-01 2026-07-31
                | left      s       P1       2025-01-01 2026-04-10
"""
DEATHS = """
    deaths | person_id happened   cause
           | before    2026-03-31 X60
           | first     2026-04-01 I21
           | last      2026-06-30 I21
           | after     2026-07-01 X60
           | left      2026-04-11 X60
"""


def test_deaths_count_on_the_days_of_the_period_as_a_member(engine: Engine) -> None:
    (totals,) = engine.tallies(indicators()["mortality"], DEATHS + MEMBERS, lists=code_lists())
    found = totals[("s", "all")]
    assert (found.numerator, found.denominator) == (2, 1 + 91 + 91 + 10)


@pytest.mark.parametrize(
    ("cause", "counted"),
    [("X59", 0), ("X60", 1), ("X84.9", 1), ("X85", 0), ("Y09", 0), ("Y10", 1), ("Y34", 1), ("Y35", 0), ("-", 0)],
)
def test_suicide_by_cause(engine: Engine, cause: str, counted: int) -> None:
    text = f"""
    deaths | person_id happened   cause
           | ann       2026-05-01 {cause}
    """
    (totals,) = engine.tallies(indicators()["suicide"], text, lists=code_lists())
    assert (totals[("s", "ann")].numerator, totals[("s", "ann")].denominator) == (counted, 31)


def test_the_gap_is_against_the_general_population_of_that_age_and_sex(engine: Engine) -> None:
    text = """
    people            | person_id birth_date sex
                      | ann       1980-01-01 2
                      | bob       1980-01-01 1
    deaths            | person_id happened
                      | bob       2026-06-30
    population        | year sex age people
                      | 2026 1   45  1000
                      | 2026 2   45  1000
                      | 2026 2   50  1000
    population_deaths | year sex age deaths
                      | 2026 1   45  4
                      | 2026 2   45  2
                      | 2026 2   50  500
    """
    (totals,) = engine.tallies(indicators()["mortality"], text, lists=code_lists())
    expected = totals[("s", "all")].expected
    assert expected is not None
    assert abs(expected - Decimal("0.006") * 91 / Decimal("365.25")) < Decimal("1e-9")
