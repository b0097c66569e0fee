"""A referral is open from the day it is received to the day before it ends, and may linger."""

from segmentation_cases import days_in

ONE = """
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened   discharged team
              | ann       P1       2015-02-01 2015-04-01 A06
"""
TWO = (
    ONE
    + """
    referrals | person_id provider happened   discharged team
              | ann       P1       2015-03-01 2015-06-01 B01
              | ann       P1       2015-09-01 -          A06
"""
)


def test_the_day_of_the_end_is_no_longer_open() -> None:
    assert days_in({"open": "referrals"}, ONE, "2015-01-01", "2015-12-31") == [("2015-02-01", "2015-03-31")]


def test_several_that_overlap_are_one_run_of_days() -> None:
    found = days_in({"open": "referrals"}, TWO, "2015-01-01", "2015-12-31")
    assert found == [("2015-02-01", "2015-05-31"), ("2015-09-01", "2015-12-31")]


def test_filters_choose_among_them() -> None:
    found = days_in({"open": "referrals", "where": {"team": "B01"}}, TWO, "2015-01-01", "2015-12-31")
    assert found == [("2015-03-01", "2015-05-31")]


def test_after_the_end_it_may_hold_on_to_the_last_day_within() -> None:
    found = days_in({"open": "referrals", "or ended within": "1 month"}, ONE, "2015-01-01", "2015-12-31")
    assert found == [("2015-02-01", "2015-05-01")]


def test_it_may_have_to_be_young() -> None:
    found = days_in({"open": "referrals", "within": "28 days"}, ONE, "2015-01-01", "2015-12-31")
    assert found == [("2015-02-01", "2015-03-01")]


def test_what_ends_on_its_first_day_or_before_was_never_open() -> None:
    text = """
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened   discharged
              | ann       P1       2015-02-01 2015-02-01
              | ann       P1       2015-03-01 2015-01-01
              | ann       P1       2015-01-20 2015-02-20
    """
    assert days_in({"open": "referrals"}, text, "2015-01-01", "2015-12-31") == [("2015-01-20", "2015-02-19")]


def test_spells_end_with_the_discharge_and_clusters_with_their_own_end() -> None:
    text = """
    people   | person_id birth_date
             | ann       1980-01-01
    spells   | person_id happened   discharged
             | ann       2015-02-01 2015-02-05
    clusters | person_id happened   ended      cluster
             | ann       2015-06-01 2015-07-01 11
    """
    fact = {"any": [{"open": "spells"}, {"open": "clusters"}]}
    found = days_in(fact, text, "2015-01-01", "2015-12-31")
    assert found == [("2015-02-01", "2015-02-04"), ("2015-06-01", "2015-06-30")]
