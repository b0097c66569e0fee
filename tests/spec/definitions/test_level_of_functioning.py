"""Outcome 2: scores, reviews, plans, involvement and discharge."""

import pytest

from definitions_drawn import scored
from indicator_engines import Engine
from shipped import code_lists, indicators

STAR = ("star-03", "star-05", "star-08")
HONOS = ("979731000000102", "979741000000106", "979751000000109")

DIAGNOSED = """
    diagnoses | person_id happened   diagnosis position
"""


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        (("2025-05-01", 5, 5, 5), ("2026-05-01", 6, 6, 6), "yes"),
        (("2025-05-01", 5, 5, 5), ("2026-05-01", 8, 5, 5), "yes"),
        (("2025-05-01", 5, 5, 5), ("2026-05-01", 6, 6, 5), "no"),
        (("2025-05-01", 5, 5, 5), ("2026-05-01", 4, 4, 4), "no"),
        (("2025-04-03", 5, 5, 5), ("2026-08-01", 6, 6, 6), "yes"),
        (("2025-05-29", 5, 5, 5), ("2025-06-30", 6, 6, 6), "yes"),
        (("2025-04-02", 5, 5, 5), ("2026-05-01", 6, 6, 6), "unknown"),
        (("2025-05-30", 5, 5, 5), ("2026-05-01", 6, 6, 6), "unknown"),
        (("2025-05-01", 5, 5, 5), ("2025-06-29", 6, 6, 6), "unknown"),
        (("2025-05-01", 5, 5, 5), ("2026-08-02", 6, 6, 6), "unknown"),
        (("2025-05-01", 5, 5, None), ("2026-05-01", 6, 6, 6), "unknown"),
    ],
)
def test_recovery_star_of_one_diagnosed_on_1_may_2025(
    engine: Engine, first: tuple[object, ...], last: tuple[object, ...], answer: str
) -> None:
    text = DIAGNOSED + "              | ann       2025-05-01 F32 primary" + scored("ann", STAR, first, last)
    (totals,) = engine.tallies(indicators()["recovery-star-improvement"], text, lists=code_lists())
    found = totals[("all", "ann")]
    expected = {"yes": (1, 1, 0), "no": (0, 1, 0), "unknown": (0, 0, 1)}[answer]
    assert (found.numerator, found.denominator, found.unknown) == expected


@pytest.mark.parametrize(
    ("last", "counted"),
    [(("2026-05-01", 3, 2, 1), 1), (("2026-05-01", 3, 3, 1), 0), (("2026-05-01", 4, 4, 4), 0)],
)
def test_cluster_tool_improves_by_two_points_lower(engine: Engine, last: tuple[object, ...], counted: int) -> None:
    text = DIAGNOSED + "              | ann       2025-05-01 F32 primary"
    text += scored("ann", HONOS, ("2025-05-01", 3, 3, 2), last)
    (totals,) = engine.tallies(indicators()["cluster-tool-improvement"], text, lists=code_lists())
    assert (totals[("all", "ann")].numerator, totals[("all", "ann")].denominator) == (counted, 1)


def test_care_programme_review(asks) -> None:
    text = """
    people          | person_id birth_date
                    | in-time   1980-01-01
                    | too-late  1980-01-01
                    | too-early 1980-01-01
                    | new       1980-01-01
                    | ended     1980-01-01
                    | adult     2008-06-30
                    | minor     2008-07-01
    care_programmes | person_id happened   ended
                    | in-time   2020-01-01 -
                    | too-late  2024-12-30 -
                    | too-early 2024-12-30 -
                    | new       2024-12-31 -
                    | ended     2020-01-01 2026-06-30
                    | adult     2020-01-01 -
                    | minor     2020-01-01 -
    reviews         | person_id happened
                    | in-time   2024-12-30
                    | too-late  2026-07-01
                    | too-early 2024-12-29
                    | new       2026-05-01
                    | ended     2026-05-01
                    | adult     2026-06-30
                    | minor     2026-06-30
    """
    assert asks("care-programme-review", text) == {
        "in-time": "yes",
        "too-late": "no",
        "too-early": "no",
        "adult": "yes",
    }


def test_involved_in_decisions(engine: Engine) -> None:
    text = """
    patient_surveys | person_id  provider   happened   question              answer
                    | before     before     2026-03-31 decisions             yes-definitely
                    | first      first      2026-04-01 decisions             yes-definitely
                    | last       last       2026-06-30 decisions             not-wanted
                    | after      after      2026-07-01 decisions             yes-definitely
                    | partly     partly     2026-05-01 decisions             yes-to-some-extent
                    | not        not        2026-05-01 decisions             no
                    | cannot-say cannot-say 2026-05-01 decisions             not-stated
                    | another    another    2026-05-01 satisfied-with-care   yes-definitely
                    | empty      empty      2026-05-01 decisions             -
    """
    (totals,) = engine.tallies(indicators()["involved-in-decisions"], text, lists=code_lists())
    counted = {name: t.numerator for (segment, name), t in totals.items() if segment == "s" and t.denominator}
    assert counted == {"first": 1, "last": 1, "partly": 0, "not": 0, "all": 2}
    assert totals[("s", "all")].unknown == 1


def test_a_person_who_answers_twice_counts_twice(engine: Engine) -> None:
    text = """
    patient_surveys | person_id provider happened   question              answer
                    | ann       ann      2026-04-01 decisions             yes-definitely
                    | ann       ann      2026-05-01 decisions             no
    """
    (totals,) = engine.tallies(indicators()["involved-in-decisions"], text, lists=code_lists())
    assert (totals[("s", "ann")].numerator, totals[("s", "ann")].denominator) == (1, 2)


PLANS = """
    people     | person_id birth_date
               | first     1980-01-01
               | last      1980-01-01
               | too-early 1980-01-01
               | too-late  1980-01-01
               | no-longer 1980-01-01
               | tie       1980-01-01
               | no-plan   1980-01-01
               | new       1980-01-01
               | left      1980-01-01
               | oldest    1961-07-01
               | too-old   1961-06-30
               | youngest  2008-06-30
               | too-young 2008-07-01
    referrals  | person_id provider happened   discharged
               | first     P1       2020-01-01 -
               | last      P1       2026-06-02 -
               | too-early P1       2020-01-01 -
               | too-late  P1       2020-01-01 -
               | no-longer P1       2020-01-01 -
               | tie       P1       2020-01-01 -
               | no-plan   P1       2020-01-01 -
               | new       P1       2026-06-03 -
               | left      P1       2020-01-01 2026-06-30
               | oldest    P1       2020-01-01 -
               | too-old   P1       2020-01-01 -
               | youngest  P1       2020-01-01 -
               | too-young P1       2020-01-01 -
    care_plans | person_id happened   employment_goal inclusion_goal
               | first     2025-06-30 Y               Y
               | last      2026-06-30 Y               Y
               | too-early 2025-06-29 Y               Y
               | too-late  2026-07-01 Y               Y
               | no-longer 2026-01-01 Y               Y
               | no-longer 2026-02-01 N               N
               | tie       2026-02-01 N               N
               | tie       2026-02-01 Y               Y
               | new       2026-06-10 Y               Y
               | left      2026-02-01 Y               Y
               | oldest    2026-02-01 Y               Y
               | too-old   2026-02-01 Y               Y
               | youngest  2026-02-01 Y               Y
               | too-young 2026-02-01 Y               Y
"""
PLANNED = {
    "first": "yes",
    "last": "yes",
    "too-early": "unknown",
    "too-late": "unknown",
    "no-longer": "no",
    "tie": "yes",
    "no-plan": "unknown",
    "oldest": "yes",
    "youngest": "yes",
}


def test_employment_plan_from_18_to_64(asks) -> None:
    assert asks("employment-plan", PLANS) == PLANNED


def test_social_inclusion_measures_at_any_age(asks) -> None:
    assert asks("social-inclusion-measures", PLANS) == {**PLANNED, "too-old": "yes", "too-young": "yes"}


def test_stepped_down_and_discharged(asks) -> None:
    text = """
    deaths    | person_id happened
              | died      2026-05-01
    referrals | person_id provider  happened   discharged team closure_reason
              | before    before    2025-01-01 2026-03-31 A06  02
              | first     first     2025-01-01 2026-04-01 A06  02
              | last      last      2025-01-01 2026-06-30 A06  02
              | after     after     2025-01-01 2026-07-01 A06  02
              | against   against   2025-01-01 2026-05-01 A06  03
              | silent    silent    2025-01-01 2026-05-01 A06  -
              | died      died      2025-01-01 2026-05-01 A06  02
              | crisis    crisis    2026-04-20 2026-05-01 A02  02
              | still     still     2025-01-01 2026-05-01 A06  02
              | still     still     2026-04-30 2026-09-01 A08  02
              | back      back      2025-01-01 2026-05-01 A06  02
              | back      back      2026-05-02 -          A06  -
    """
    assert asks("stepped-down-and-discharged", text) == {
        "first": "yes",
        "last": "yes",
        "against": "no",
        "silent": "unknown",
        "back": "yes",
    }
