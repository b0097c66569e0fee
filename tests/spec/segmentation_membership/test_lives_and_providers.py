"""A membership begins with birth at the earliest, ends with death, and goes with the latest referral."""

from datetime import date

import pytest

from obc.engine.segmentation.assign import assign
from obc.engine.segmentation.counts import counts_on
from record_tables import drawn, loaded
from segmentation_cases import answers, segmentation

FIRST, LAST = date(2015, 1, 1), date(2015, 12, 31)


def test_the_day_of_death_is_the_last() -> None:
    text = """
    people | person_id birth_date
           | ann       1980-01-01
           | ben       1980-01-01
    deaths | person_id happened
           | ann       2015-03-31
           | ben       2014-12-31
    """
    decided, _ = answers(segmentation(), text, FIRST, LAST)
    assert decided == [("ann", "in", "everybody", FIRST, date(2015, 3, 31))]


def test_nobody_is_there_before_birth() -> None:
    text = """
    people    | person_id birth_date
              | ann       2015-04-01
              | ben       2016-04-01
    referrals | person_id provider happened
              | ann       P1       2015-03-01
    """
    _, members = answers(segmentation(), text, FIRST, LAST)
    assert members == [("ann", "one", "P1", date(2015, 4, 1), LAST)]


@pytest.mark.parametrize("order", [("P1", "P2"), ("P2", "P1")])
def test_of_referrals_on_one_day_the_lowest_provider_counts(order: tuple[str, str]) -> None:
    text = f"""
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened   discharged
              | ann       {order[0]}       2015-03-01 -
              | ann       {order[1]}       2015-03-01 2015-03-02
              | ann       P0       2015-02-01 -
    """
    _, members = answers(segmentation(), text, FIRST, LAST)
    assert [(provider, joined.isoformat()) for _, _, provider, joined, _ in members] == [
        (None, "2015-01-01"),
        ("P0", "2015-02-01"),
        ("P1", "2015-03-01"),
    ]


def test_two_referrals_to_one_provider_are_one_membership() -> None:
    text = """
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened   discharged
              | ann       P1       2015-01-01 2015-02-01
              | ann       P1       2015-06-01 -
    """
    _, members = answers(segmentation(), text, FIRST, LAST)
    assert members == [("ann", "one", "P1", FIRST, LAST)]


def test_another_rule_for_the_same_segment_is_no_other_membership() -> None:
    text = """
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened
              | ann       P1       2014-01-01
    clusters  | person_id happened   cluster
              | ann       2015-06-01 11
    """
    clustered = {"latest": "clusters.cluster", "has": "11"}
    rules = [{"id": "clustered", "status": "in", "when": clustered}, {"id": "others", "status": "in"}]
    decided, members = answers(segmentation(rules), text, FIRST, LAST)
    assert [rule for _, _, rule, *_ in decided] == ["others", "clustered"]
    assert members == [("ann", "one", "P1", FIRST, LAST)]


def test_leaving_the_scope_and_coming_back_are_two_memberships() -> None:
    text = """
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened   discharged
              | ann       P1       2015-01-01 2015-02-01
              | ann       P1       2015-06-01 -
    """
    rules = [{"id": "care", "status": "in", "when": {"open": "referrals"}}, {"id": "others", "status": "out"}]
    _, members = answers(segmentation(rules), text, FIRST, LAST)
    assert members == [
        ("ann", "one", "P1", FIRST, date(2015, 1, 31)),
        ("ann", "one", "P1", date(2015, 6, 1), LAST),
    ]


def test_counts_hold_everybody_and_every_rule() -> None:
    text = """
    people    | person_id birth_date
              | ann       1980-01-01
              | ben       1980-01-01
              | cat       1980-01-01
              | dan       2016-01-01
    deaths    | person_id happened
              | cat       2015-05-01
    referrals | person_id provider happened
              | ann       P1       2015-03-01
              | eve       P1       2015-03-01
    """
    rules = [
        {"id": "care", "status": "in", "when": {"open": "referrals"}},
        {"id": "young", "status": "later", "when": {"age": [0, 17]}},
        {"id": "others", "status": "out"},
    ]
    segments = segmentation(rules, [{"id": "none", "when": {"age": [90, 99]}}, {"id": "rest"}])
    connection = loaded(drawn(text))
    counts = assign(connection, segments, {}, LAST)
    assert (counts.people, counts.not_alive) == (4, 2)
    assert [(c.rule, c.status, c.people) for c in counts.rules] == [
        ("care", "in", 1),
        ("young", "later", 0),
        ("others", "out", 1),
    ]
    assert [(c.segment, c.people) for c in counts.segments] == [("none", 0), ("rest", 1)]
    earlier = counts_on(connection, segments, date(2015, 5, 1))
    assert (earlier.not_alive, earlier.of_status("in"), earlier.of_status("out")) == (1, 1, 2)


def test_buckets_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    people = "\n".join(f"           | p{n}       19{40 + n}-01-01" for n in range(30))
    referrals = "\n".join(f"              | p{n}       P{n % 3}       2015-0{1 + n % 9}-01" for n in range(30))
    text = f"""
    people | person_id birth_date\n{people}
    referrals | person_id provider happened\n{referrals}
    """
    rules = [{"id": "care", "status": "in", "when": {"open": "referrals"}}, {"id": "others", "status": "out"}]
    once = answers(segmentation(rules), text, FIRST, LAST)
    monkeypatch.setattr("obc.engine.segmentation.assign.PEOPLE_AT_A_TIME", 7)
    assert answers(segmentation(rules), text, FIRST, LAST) == once
