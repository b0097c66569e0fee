"""Outcome 7: emergency departments and health checks."""

from decimal import Decimal

from indicator_engines import Engine
from shipped import code_lists, indicators


def test_attendances_at_major_departments_by_days_as_a_member(engine: Engine) -> None:
    text = """
    emergency_attendances | person_id happened   department category
                          | ann       2026-03-31 01         1
                          | ann       2026-04-01 01         1
                          | ann       2026-04-01 01         1
                          | ann       2026-06-30 01         -
                          | ann       2026-07-01 01         1
                          | bob       2026-05-01 03         1
                          | bob       2026-05-02 -          1
    """
    (totals,) = engine.tallies(indicators()["emergency-attendances"], text, lists=code_lists())
    assert (totals[("s", "all")].numerator, totals[("s", "all")].denominator) == (3, 182)


def test_screening_counts_healthy_results_of_12_months(engine: Engine) -> None:
    text = """
    referrals  | person_id provider happened   discharged
               | all-three P1       2026-06-30 -
               | one       P1       2020-01-01 2026-07-01
               | none      P1       2020-01-01 -
               | worse     P1       2020-01-01 -
               | left      P1       2020-01-01 2026-06-30
    screenings | person_id happened   check          result
               | all-three 2025-06-30 bmi            healthy
               | all-three 2026-06-30 diabetes       healthy
               | all-three 2026-01-01 cholesterol    healthy
               | all-three 2026-01-01 smoking        healthy
               | one       2025-06-29 bmi            healthy
               | one       2026-01-01 diabetes       unhealthy
               | one       2026-01-01 cholesterol    healthy
               | none      2026-07-01 bmi            healthy
               | none      2026-01-01 blood-pressure healthy
               | none      2026-01-01 cholesterol    declined
               | worse     2025-08-01 bmi            healthy
               | worse     2026-02-01 bmi            unhealthy
               | left      2026-02-01 bmi            healthy
    """
    assert engine.scores(indicators()["physical-health-screening"], text, code_lists()) == {
        "all-three": Decimal(3),
        "one": Decimal(1),
        "none": Decimal(0),
        "worse": Decimal(0),
    }
