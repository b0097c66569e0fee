"""A rate is events over the days that people spend in a segment, alive."""

from decimal import Decimal

import pytest

from indicator_engines import Engine, rate

ATTENDANCES = {"events": "emergency_attendances"}


def cells(engine: Engine, text: str, **parts: object) -> dict[tuple[str, str], tuple[int, int]]:
    """Events and days by segment and provider."""
    (totals,) = engine.tallies(rate(**{"events": ATTENDANCES, **parts}), text)
    return {key: (int(tally.numerator), int(tally.denominator)) for key, tally in totals.items() if "all" not in key}


@pytest.mark.parametrize(
    ("joined", "left_on", "days"),
    [
        ("2026-04-01", "2026-06-30", 91),
        ("2020-01-01", "2030-01-01", 91),
        ("2020-01-01", "-", 91),
        ("2026-06-30", "2026-06-30", 1),
        ("2026-03-01", "2026-04-01", 1),
        ("2026-04-02", "2026-04-03", 2),
        ("2026-01-01", "2026-03-31", 0),
        ("2026-07-01", "-", 0),
    ],
)
def test_first_and_last_day_of_membership_and_period_count(
    engine: Engine, joined: str, left_on: str, days: int
) -> None:
    text = f"""
    people      | person_id birth_date
                | ann       1980-01-01
    memberships | person_id segment provider joined left_on
                | ann       s       P1       {joined} {left_on}
    """
    assert cells(engine, text) == ({("s", "P1"): (0, days)} if days else {})


@pytest.mark.parametrize(
    ("died", "days"), [("2026-03-31", 0), ("2026-04-01", 1), ("2026-06-29", 90), ("2026-06-30", 91), ("2026-07-01", 91)]
)
def test_the_day_of_death_is_the_last(engine: Engine, died: str, days: int) -> None:
    text = f"""
    people      | person_id birth_date
                | ann       1980-01-01
    deaths      | person_id happened
                | ann       {died}
    memberships | person_id segment provider joined     left_on
                | ann       s       P1       2020-01-01 -
    """
    assert cells(engine, text) == ({("s", "P1"): (0, days)} if days else {})
    in_period = days > 0 and died < "2026-07-01"
    assert cells(engine, text, events={"events": "deaths"}) == ({("s", "P1"): (int(in_period), days)} if days else {})


def test_nobody_joins_after_death(engine: Engine) -> None:
    text = """
    deaths      | person_id happened
                | ann       2026-05-01
    memberships | person_id segment provider joined     left_on
                | ann       s       P1       2026-05-10 -
    """
    assert cells(engine, text) == {}


MOVE = """
emergency_attendances | person_id provider happened   department
                      | ann       H1       2026-03-31 01
                      | ann       H1       2026-04-01 01
                      | ann       H1       2026-05-31 01
                      | ann       H2       2026-06-01 02
                      | ann       H2       2026-06-01 01
                      | ann       H2       2026-06-11 01
                      | ann       H2       2026-06-30 01
                      | ann       H2       2026-07-01 01
memberships           | person_id segment provider joined     left_on
                      | ann       s       P1       2020-01-01 2026-05-31
                      | ann       t       P2       2026-06-01 2026-06-10
                      | ann       t       P3       2026-06-12 -
"""


def test_events_count_for_the_segment_of_their_day_and_not_between_memberships(engine: Engine) -> None:
    assert cells(engine, MOVE) == {("s", "P1"): (2, 61), ("t", "P2"): (2, 10), ("t", "P3"): (1, 19)}


def test_filters_choose_the_events(engine: Engine) -> None:
    found = cells(engine, MOVE, events={**ATTENDANCES, "where": {"department": "02"}})
    assert found == {("s", "P1"): (0, 61), ("t", "P2"): (1, 10), ("t", "P3"): (0, 19)}


def test_once_counts_a_person_at_the_first_event_of_the_period(engine: Engine) -> None:
    found = cells(engine, MOVE, events={**ATTENDANCES, "once": True})
    assert found == {("s", "P1"): (1, 61), ("t", "P2"): (0, 10), ("t", "P3"): (0, 19)}


def test_once_passes_over_events_outside_a_membership(engine: Engine) -> None:
    text = """
    emergency_attendances | person_id provider happened
                          | ann       H1       2026-04-05
                          | ann       H1       2026-06-05
    memberships           | person_id segment provider joined     left_on
                          | ann       s       P1       2026-06-01 -
    """
    assert cells(engine, text, events={**ATTENDANCES, "once": True}) == {("s", "P1"): (1, 30)}


POPULATION = """
population        | year sex age people
                  | 2026 1   40  1000
                  | 2026 1   45  2000
                  | 2026 2   40  4000
                  | 2026 2   45  5000
population_deaths | year sex age deaths
                  | 2026 1   40  10
                  | 2026 1   45  30
                  | 2026 2   40  4
                  | 2026 2   45  5
"""


def expected(engine: Engine, people: str) -> Decimal | None:
    """The deaths expected of people who are members all the quarter of 91 days."""
    asked = rate(events={"events": "deaths"}, **{"compared with": "general population"})
    (totals,) = engine.tallies(asked, people + POPULATION)
    found = totals[("all", "all")].expected
    return None if found is None else round(found, 12)


@pytest.mark.parametrize(
    ("sex", "born", "deaths_of_a_thousand"),
    [
        ("1", "1986-04-01", "10"),
        ("1", "1981-04-02", "10"),
        ("1", "1981-04-01", "15"),
        ("2", "1986-04-01", "1"),
        ("1", "1946-04-01", "15"),
        ("9", "1986-04-01", "2.8"),
    ],
)
def test_expected_deaths_go_by_age_band_and_sex_at_the_start(
    engine: Engine, sex: str, born: str, deaths_of_a_thousand: str
) -> None:
    """Forty at the start is the band of 40; the last band is open; of an unknown sex all count together."""
    people = f"""
    people | person_id birth_date sex
           | ann       {born} {sex}
    """
    days = Decimal(91) / Decimal("365.25")
    assert expected(engine, people) == round(Decimal(deaths_of_a_thousand) / 1000 * days, 12)


def test_expected_deaths_of_a_stay_that_begins_later_go_by_the_age_then(engine: Engine) -> None:
    people = """
    people      | person_id birth_date sex
                | ann       1981-05-01 1
    memberships | person_id segment provider joined     left_on
                | ann       s       P1       2026-05-01 -
    """
    assert expected(engine, people) == round(Decimal("0.015") * 61 / Decimal("365.25"), 12)


def test_an_age_that_the_population_does_not_have_leaves_expected_deaths_unsaid(engine: Engine) -> None:
    people = """
    people | person_id birth_date sex
           | ann       2000-01-01 1
           | bob       1986-04-01 1
    """
    assert expected(engine, people) is None
