"""A window of days includes both of its ends, and months are months of the calendar."""

import pytest

from indicator_engines import Engine, definition


def seen(first: str, last: str) -> dict[str, object]:
    return {"count": "contacts", "between": [first, last]}


@pytest.mark.parametrize(
    ("happened", "answer"),
    [("2026-06-22", "no"), ("2026-06-23", "yes"), ("2026-06-30", "yes"), ("2026-07-07", "yes"), ("2026-07-08", "no")],
)
def test_days_before_and_after_the_anchor(engine: Engine, happened: str, answer: str) -> None:
    text = f"""
    contacts | person_id provider referral_id happened
             | ann       P1       r1          {happened}
    """
    assert engine.answers(seen("anchor - 7 days", "anchor + 7 days"), text) == {"ann": answer}


def test_a_window_of_one_day(engine: Engine) -> None:
    text = """
    contacts | person_id provider referral_id happened
             | before    P1       r1          2026-06-29
             | on        P1       r1          2026-06-30
             | after     P1       r1          2026-07-01
    """
    assert engine.answers(seen("anchor", "anchor"), text) == {"before": "no", "on": "yes", "after": "no"}


def test_the_period_is_from_its_first_to_its_last_day(engine: Engine) -> None:
    text = """
    contacts | person_id provider referral_id happened
             | before    P1       r1          2026-03-31
             | first     P1       r1          2026-04-01
             | last      P1       r1          2026-06-30
             | after     P1       r1          2026-07-01
    """
    answers = engine.answers(seen("period start", "period end"), text)
    assert answers == {"before": "no", "first": "yes", "last": "yes", "after": "no"}


@pytest.mark.parametrize(
    ("anchor", "offset", "last_day"),
    [
        ("2026-01-31", "anchor + 1 month", "2026-02-28"),
        ("2028-01-31", "anchor + 1 month", "2028-02-29"),
        ("2028-02-29", "anchor + 12 months", "2029-02-28"),
        ("2027-02-28", "anchor + 1 year", "2028-02-28"),
        ("2026-11-30", "anchor + 3 months", "2027-02-28"),
        ("2026-12-31", "anchor + 2 months", "2027-02-28"),
        ("2026-10-31", "anchor + 1 month", "2026-11-30"),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(engine: Engine, anchor: str, offset: str, last_day: str) -> None:
    """31 January and a month is 28 February, or 29 in a leap year; never a day of March."""
    asked = definition(denominator={"event": "diagnoses"}, numerator=seen(offset, offset))
    text = f"""
    diagnoses | person_id provider happened   diagnosis position
              | ann       P1       {anchor} F20       primary
    contacts  | person_id provider referral_id happened
              | ann       P1       r1          {last_day}
    """
    assert engine.answers(asked, text, when=f"{anchor} {anchor}") == {"ann": "yes"}


@pytest.mark.parametrize(
    ("anchor", "offset", "first_day"),
    [
        ("2026-03-31", "anchor - 1 month", "2026-02-28"),
        ("2028-03-30", "anchor - 1 month", "2028-02-29"),
        ("2028-02-29", "anchor - 12 months", "2027-02-28"),
        ("2026-07-31", "anchor - 18 months", "2025-01-31"),
    ],
)
def test_months_back_end_in_the_same_way(engine: Engine, anchor: str, offset: str, first_day: str) -> None:
    asked = definition(numerator=seen(offset, offset))
    text = f"""
    contacts | person_id provider referral_id happened
             | ann       P1       r1          {first_day}
    """
    assert engine.answers(asked, text, when=f"{anchor} {anchor}") == {"ann": "yes"}


def test_a_window_may_run_from_the_anchor_to_the_end_of_the_period(engine: Engine) -> None:
    asked = definition(denominator={"event": "referrals"}, counts="referral", numerator=seen("anchor", "period end"))
    text = """
    referrals | person_id provider referral_id happened
              | early     P1       r1          2026-04-10
              | late      P1       r2          2026-06-29
              | never     P1       r3          2026-05-01
    contacts  | person_id provider referral_id happened
              | early     P1       r1          2026-04-10
              | late      P1       r2          2026-07-01
              | never     P1       r3          2026-04-30
    """
    assert engine.answers(asked, text) == {"early": "yes", "late": "no", "never": "no"}
