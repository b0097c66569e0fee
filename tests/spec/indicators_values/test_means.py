"""A mean is taken of a total of items, or of how many conditions hold; the unknown is never in it."""

from decimal import Decimal

import pytest

from indicator_engines import Engine, code_lists, definition


def total(between: list[str], **parts: object) -> object:
    value = {"total": "scores.score", "items": "strain", "between": between, "ties": "higher", **parts}
    return definition(measure="mean", value=value)


YEAR = ["anchor - 12 months", "anchor"]
LISTS = code_lists(strain=["a", "b"])


def test_the_latest_complete_assessment_counts(engine: Engine) -> None:
    text = """
    scores | person_id provider happened   item score
           | ann       P1       2026-01-01 a    9
           | ann       P1       2026-01-01 b    9
           | ann       P1       2026-05-01 a    1
           | ann       P1       2026-05-01 b    2.5
           | ann       P1       2026-06-01 a    7
           | bob       P1       2026-05-01 a    1
           | cyd       P1       2026-05-01 a    0
           | cyd       P1       2026-05-01 b    0
           | cyd       P1       2026-05-01 c    5
    """
    assert engine.scores(total(YEAR), text, LISTS) == {"ann": Decimal("3.5"), "bob": None, "cyd": Decimal(0)}


@pytest.mark.parametrize(
    ("happened", "score"), [("2025-06-29", None), ("2025-06-30", 3), ("2026-06-30", 3), ("2026-07-01", None)]
)
def test_both_ends_of_the_window_are_in_it(engine: Engine, happened: str, score: int | None) -> None:
    text = f"""
    scores | person_id provider happened   item score
           | ann       P1       {happened} a    1
           | ann       P1       {happened} b    2
    """
    assert engine.scores(total(YEAR), text, LISTS) == {"ann": score}


def test_of_two_scores_of_an_item_on_one_day_the_definition_says_which(engine: Engine) -> None:
    text = """
    scores | person_id provider happened   item score
           | ann       P1       2026-05-01 a    1
           | ann       P2       2026-05-01 a    3
           | ann       P1       2026-05-01 b    -4
    """
    assert engine.scores(total(YEAR, ties="higher"), text, LISTS) == {"ann": -1}
    assert engine.scores(total(YEAR, ties="lower"), text, LISTS) == {"ann": -3}


def test_sums_and_sums_of_squares_add_up_and_the_unknown_are_apart(engine: Engine) -> None:
    text = """
    people | person_id birth_date
           | cyd       1980-01-01
    scores | person_id provider happened   item score
           | ann       P1       2026-05-01 a    1
           | ann       P1       2026-05-01 b    2
           | bob       P1       2026-05-01 a    0.5
           | bob       P1       2026-05-01 b    1
    """
    (totals,) = engine.tallies(total(YEAR), text, lists=LISTS)
    found = totals[("s", "all")]
    assert (found.numerator, found.denominator, found.unknown) == (Decimal("4.5"), 2, 1)
    assert found.sum_of_squares == Decimal("11.25")


def test_how_many_conditions_hold_is_never_unknown(engine: Engine) -> None:
    text = """
    people     | person_id birth_date
               | none      1980-01-01
    screenings | person_id provider happened   check    result
               | both      P1       2026-05-01 bmi      healthy
               | both      P1       2026-05-01 diabetes healthy
               | one       P1       2026-05-01 bmi      raised
               | one       P1       2026-05-01 diabetes healthy
    """
    checks = [
        {"latest": "screenings.result", "where": {"check": check}, "between": YEAR, "has": "healthy"}
        for check in ("bmi", "diabetes")
    ]
    asked = definition(measure="mean", value={"how many": checks})
    assert engine.scores(asked, text) == {"both": 2, "one": 1, "none": 0}
    (totals,) = engine.tallies(asked, text)
    assert (totals[("all", "all")].denominator, totals[("all", "all")].unknown) == (3, 0)


def test_a_total_of_each_referral_s_own_items(engine: Engine) -> None:
    text = """
    referrals | person_id provider referral_id happened
              | ann       P1       r1          2026-05-01
    scores    | person_id provider referral_id happened   item score
              | ann       P1       r1          2026-05-01 a    1
              | ann       P1       r1          2026-05-01 b    1
              | ann       P1       r2          2026-05-02 a    9
              | ann       P1       r2          2026-05-02 b    9
    """
    for of_the, score in (("unit", 2), ("person", 18)):
        value = {"total": "scores.score", "items": ["a", "b"], "between": ["anchor", "anchor + 7 days"]}
        asked = definition(
            measure="mean",
            counts="referral",
            denominator={"event": "referrals"},
            value={**value, "ties": "higher", "of the": of_the},
        )
        assert engine.scores(asked, text) == {"ann": score}
