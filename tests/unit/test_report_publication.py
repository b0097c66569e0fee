"""Small numbers: what may be shown."""

from decimal import Decimal

import pytest

from obc.reports.measured import measured
from obc.reports.publication import NHS, NONE, PROFILES
from obc.reports.reading import Reading
from report_samples import contract, share_of

PERIOD = contract().period(1)
HOW = Reading("Still in a settled home", counted="people")


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (7, None), (8, 10), (11, 10), (12, 10), (13, 15), (997, 995), (998, 1000)],
)
def test_nhs_suppresses_1_to_7_and_rounds_the_rest_to_5(count, shown):
    assert NHS.count(count) == shown
    assert NHS.count(Decimal(count)) == shown


@pytest.mark.parametrize("count", [0, 1, 7, 8, 13])
def test_the_parties_see_every_count(count):
    assert NONE.count(count) == count


@pytest.mark.parametrize(
    ("top", "under", "shown"),
    [
        (20, 100, (20, 100)),
        (3, 100, None),  # few in the numerator
        (97, 100, None),  # few left over: 3 could be worked out
        (3, 6, None),
        (0, 40, (0, 40)),
        (40, 40, (40, 40)),
    ],
)
def test_a_part_is_hidden_where_it_or_the_rest_is_small(top, under, shown):
    assert NHS.part(top, under) == shown


def test_a_suppressed_value_is_a_word_and_never_a_number():
    seen = measured(share_of(3, 100, PERIOD), HOW, NHS)
    assert (seen.numerator, seen.denominator, seen.value, seen.counts) == ("suppressed",) * 4
    assert seen.drawn == (None, None, None)
    assert seen.says(HOW) == "suppressed"


def test_what_is_published_comes_from_the_rounded_counts():
    seen = measured(share_of(58, 98, PERIOD, unknown=3), HOW, NHS)
    assert seen.counts == "60 of 100 people"
    assert seen.says(HOW) == "60.0%"
    assert (seen.lower, seen.upper, seen.unknown) == ("not published", "not published", "suppressed")


def test_the_parties_version_is_exact():
    seen = measured(share_of(3, 100, PERIOD, unknown=3), HOW, NONE)
    assert (seen.counts, seen.unknown) == ("3 of 100 people", 3)
    assert seen.says(HOW) == "3.0% (0.0% to 8.0%)"


def test_profiles_are_found_by_name():
    assert PROFILES["none"] is NONE
    assert PROFILES["nhs"] is NHS
    assert "exact" in NONE.says
    assert "suppressed" in NHS.says
