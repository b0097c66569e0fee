"""Whose figure it is: the segment and the provider of the membership day."""

from decimal import Decimal

import pytest

from indicator_engines import Engine, definition

MOVE = """
people      | person_id birth_date
            | ann       1980-01-01
referrals   | person_id provider referral_id happened   team
            | ann       P9       r1          2026-05-01 A01
memberships | person_id segment provider joined     left_on
            | ann       s       P1       2026-01-01 2026-05-31
            | ann       t       P2       2026-06-01 -
"""


def cells(engine: Engine, text: str, **parts: object) -> set[tuple[str, str]]:
    """The segments and providers for which somebody is counted."""
    (totals,) = engine.tallies(definition(numerator={"alive": "anchor"}, **parts), text)
    assert all(tally.denominator == 1 for tally in totals.values())
    return {(segment, provider) for segment, provider in totals if "all" not in (segment, provider)}


@pytest.mark.parametrize(
    ("member_on", "cell"),
    [
        ("period start", {("s", "P1")}),
        ("period end - 30 days", {("s", "P1")}),
        ("period end - 29 days", {("t", "P2")}),
        ("period end", {("t", "P2")}),
        ("period start - 3 months", {("s", "P1")}),
        ("period start - 6 months", set()),
    ],
)
def test_both_days_of_a_membership_are_in_it(engine: Engine, member_on: str, cell: set[tuple[str, str]]) -> None:
    assert cells(engine, MOVE, member_on=member_on) == cell


def test_an_event_counts_for_the_segment_of_the_day_that_the_definition_names(engine: Engine) -> None:
    for member_on, cell in (("anchor", ("s", "P1")), ("anchor + 1 month", ("t", "P2")), ("period end", ("t", "P2"))):
        asked = {"counts": "referral", "denominator": {"event": "referrals"}, "member_on": member_on}
        assert cells(engine, MOVE, **asked) == {cell}


def test_the_provider_of_the_row_may_count_in_place_of_the_responsible_one(engine: Engine) -> None:
    asked = {"counts": "referral", "denominator": {"event": "referrals"}, "provider": "of the row"}
    assert cells(engine, MOVE, **asked) == {("s", "P9")}


def test_somebody_without_a_provider_is_in_the_totals_only(engine: Engine) -> None:
    text = """
    people      | person_id birth_date
                | ann       1980-01-01
    memberships | person_id segment provider joined     left_on
                | ann       s       -        2026-01-01 -
    """
    (totals,) = engine.tallies(definition(numerator={"alive": "anchor"}), text)
    assert set(totals) == {("s", "all"), ("all", "all")}
    assert totals[("s", "all")].denominator == 1


def test_segments_and_providers_add_up_to_the_whole(engine: Engine) -> None:
    text = """
    people      | person_id birth_date
                | ann       1980-01-01
                | bob       1980-01-01
                | cyd       1980-01-01
                | out       1980-01-01
    reviews     | person_id provider happened
                | ann       P1       2026-05-01
                | out       P1       2026-05-01
    memberships | person_id segment provider joined     left_on
                | ann       s       P1       2020-01-01 -
                | bob       s       P2       2020-01-01 -
                | cyd       t       P2       2020-01-01 -
    """
    asked = definition(numerator={"count": "reviews", "between": ["period start", "anchor"]})
    (totals,) = engine.tallies(asked, text)
    counts = {key: (int(tally.numerator), int(tally.denominator)) for key, tally in totals.items()}
    assert counts == {
        ("s", "P1"): (1, 1),
        ("s", "P2"): (0, 1),
        ("t", "P2"): (0, 1),
        ("s", "all"): (1, 2),
        ("t", "all"): (0, 1),
        ("all", "P1"): (1, 1),
        ("all", "P2"): (0, 2),
        ("all", "all"): (1, 3),
    }


def test_one_unit_a_person_however_many_rows_a_membership_has(engine: Engine) -> None:
    text = """
    people      | person_id birth_date
                | ann       1980-01-01
    memberships | person_id segment provider joined     left_on
                | ann       s       P1       2020-01-01 2026-04-10
                | ann       t       P1       2026-04-11 2026-05-10
                | ann       s       P2       2026-05-11 2026-06-30
    """
    (totals,) = engine.tallies(definition(numerator={"alive": "anchor"}), text)
    assert totals[("all", "all")].denominator == Decimal(1)
    assert ("s", "P2") in totals
