"""An event may fall into the period moved back, so that a year has passed when it is measured."""

from datetime import date

import pytest

from indicator_engines import Engine, definition
from obc.domain.core.kernel.period import Period

ALIVE = {"alive": "anchor"}


def falls(length: str) -> dict[str, object]:
    return {"event": "diagnoses", "falls": length}


@pytest.mark.parametrize(
    ("happened", "counted"),
    [("2025-03-31", False), ("2025-04-01", True), ("2025-06-30", True), ("2025-07-01", False)],
)
def test_both_ends_of_the_moved_period_are_in_it(engine: Engine, happened: str, counted: bool) -> None:
    text = f"""
    diagnoses | person_id provider happened   diagnosis position
              | ann       P1       {happened} F20       primary
    """
    asked = definition(denominator=falls("12 months"), numerator=ALIVE)
    assert engine.answers(asked, text) == ({"ann": "yes"} if counted else {})


def test_no_day_is_lost_or_counted_twice_between_moved_periods(engine: Engine) -> None:
    """The second quarter moved back three months ends on 31 March, though June has 30 days."""
    text = """
    diagnoses | person_id provider happened   diagnosis position
              | ann       P1       2026-03-31 F20       primary
              | bob       P1       2028-02-29 F20       primary
    """
    quarters = tuple(Period(start=date(2026, 1, 1), end=date(2029, 12, 31)).parts(3))
    for length in ("3 months", "12 months", "7 days", "1 month"):
        asked = definition(denominator=falls(length), numerator=ALIVE)
        totals = engine.tallies(asked, text, quarters)
        assert sum(found[("all", "all")].denominator for found in totals if found) == 2, length


def test_a_leap_day_moved_a_year_falls_into_the_last_days_of_february(engine: Engine) -> None:
    text = """
    diagnoses | person_id provider happened   diagnosis position
              | ann       P1       2028-02-29 F20       primary
    """
    asked = definition(denominator=falls("12 months"), numerator=ALIVE)
    assert engine.answers(asked, text, when="2029-02-01 2029-02-28") == {"ann": "yes"}
    assert engine.answers(asked, text, when="2029-03-01 2029-03-31") == {}


def test_the_marks_of_the_period_do_not_move(engine: Engine) -> None:
    text = """
    diagnoses | person_id provider happened   diagnosis position
              | ann       P1       2025-05-01 F20       primary
              | bob       P1       2025-05-01 F20       primary
    contacts  | person_id provider referral_id happened
              | ann       P1       r1          2026-04-01
              | bob       P1       r1          2025-04-01
    """
    seen = {"count": "contacts", "between": ["period start", "period end"]}
    asked = definition(denominator=falls("12 months"), numerator=seen)
    assert engine.answers(asked, text) == {"ann": "yes", "bob": "no"}
