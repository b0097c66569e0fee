"""A window of hours includes both moments; a missing time of day is unknown, never midnight."""

import pytest

from indicator_engines import Engine, definition

WITHIN_FOUR_HOURS = {"count": "contacts", "between": ["anchor", "anchor + 4 hours"], "of the": "unit"}


def answer(engine: Engine, referred: str, *contacts: str, **bounds: object) -> str:
    """What four hours say of one referral; `-` for a time that is not known."""
    rows = "".join(f"\n| ann P1 r1 {day} {_moment(day, clock)}" for day, clock in (c.split() for c in contacts))
    day, clock = referred.split()
    text = f"""
    referrals | person_id provider referral_id happened happened_at
              | ann P1 r1 {day} {_moment(day, clock)}
    contacts  | person_id provider referral_id happened happened_at{rows}
    """
    asked = definition(counts="referral", denominator={"event": "referrals"}, numerator={**WITHIN_FOUR_HOURS, **bounds})
    return engine.answers(asked, text)["ann"]


def _moment(day: str, clock: str) -> str:
    return "-" if clock == "-" else f"{day}T{clock}"


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("2026-05-01 09:59:59", "no"),
        ("2026-05-01 10:00:00", "yes"),
        ("2026-05-01 14:00:00", "yes"),
        ("2026-05-01 14:00:01", "no"),
    ],
)
def test_both_moments_are_in_the_window(engine: Engine, contact: str, expected: str) -> None:
    assert answer(engine, "2026-05-01 10:00:00", contact) == expected


def test_hours_run_over_midnight(engine: Engine) -> None:
    assert answer(engine, "2026-05-01 22:00:00", "2026-05-02 02:00:00") == "yes"
    assert answer(engine, "2026-05-01 22:00:00", "2026-05-02 02:00:01") == "no"


@pytest.mark.parametrize(
    ("contact", "expected"),
    [("2026-04-30 -", "no"), ("2026-05-01 -", "unknown"), ("2026-05-02 -", "unknown"), ("2026-05-03 -", "no")],
)
def test_a_contact_without_a_time_is_unknown_on_days_that_the_window_touches(
    engine: Engine, contact: str, expected: str
) -> None:
    assert answer(engine, "2026-05-01 22:00:00", contact) == expected


def test_a_contact_with_a_time_settles_what_one_without_leaves_open(engine: Engine) -> None:
    assert answer(engine, "2026-05-01 10:00:00", "2026-05-01 -", "2026-05-01 11:00:00") == "yes"
    assert answer(engine, "2026-05-01 10:00:00", "2026-05-01 -", "2026-05-01 18:00:00") == "unknown"


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("2026-04-30 23:59:59", "no"),
        ("2026-05-01 00:00:00", "unknown"),
        ("2026-05-02 03:59:59", "unknown"),
        ("2026-05-02 04:00:00", "no"),
        ("2026-04-30 -", "no"),
        ("2026-05-02 -", "unknown"),
        ("2026-05-03 -", "no"),
    ],
)
def test_a_referral_without_a_time_may_have_come_at_any_moment_of_its_day(
    engine: Engine, contact: str, expected: str
) -> None:
    assert answer(engine, "2026-05-01 -", contact) == expected


def test_no_contact_at_all_is_a_no_even_without_a_time(engine: Engine) -> None:
    assert answer(engine, "2026-05-01 -") == "no"


def test_numbers_of_contacts_are_unknown_only_where_the_missing_times_decide(engine: Engine) -> None:
    one_sure_one_open = ("2026-05-01 11:00:00", "2026-05-01 -")
    assert answer(engine, "2026-05-01 10:00:00", *one_sure_one_open, **{"at least": 1}) == "yes"
    assert answer(engine, "2026-05-01 10:00:00", *one_sure_one_open, **{"at least": 2}) == "unknown"
    assert answer(engine, "2026-05-01 10:00:00", *one_sure_one_open, **{"at least": 3}) == "no"
    assert answer(engine, "2026-05-01 10:00:00", *one_sure_one_open, **{"at most": 2}) == "yes"
    assert answer(engine, "2026-05-01 10:00:00", *one_sure_one_open, **{"at most": 1}) == "unknown"
    assert answer(engine, "2026-05-01 10:00:00", *one_sure_one_open, **{"at most": 0}) == "no"


def test_hours_before_the_anchor(engine: Engine) -> None:
    asked = definition(
        counts="spell",
        denominator={"event": "spells"},
        numerator={"count": "contacts", "between": ["anchor - 48 hours", "anchor"], "of the": "person"},
    )
    text = """
    spells   | person_id provider happened   happened_at
             | early     P1       2026-05-03 2026-05-03T10:00
             | first     P1       2026-05-03 2026-05-03T10:00
             | after     P1       2026-05-03 2026-05-03T10:00
             | open      P1       2026-05-03 -
    contacts | person_id provider referral_id happened   happened_at
             | early     P1       r1          2026-05-01 2026-05-01T09:59
             | first     P1       r2          2026-05-01 2026-05-01T10:00
             | after     P1       r3          2026-05-03 2026-05-03T10:01
             | open      P1       r4          2026-05-02 2026-05-02T08:00
    """
    assert engine.answers(asked, text) == {"early": "no", "first": "yes", "after": "no", "open": "unknown"}
