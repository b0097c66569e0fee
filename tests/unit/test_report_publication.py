"""Small numbers: what may be shown."""

from decimal import Decimal

import pytest

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.publication.publication import FOR_PARTIES, Publication
from obc.domain.outcomes.publication.suppression import PROFILES
from obc.reports.measured import measured
from obc.reports.reading import Reading
from report_samples import NHS, contract, share_of

PERIOD = contract().period(1)
HOW = Reading("Still in a settled home", counted="people")
BELOW_5 = Publication(PROFILES["below-5"])


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (7, None), (8, 10), (11, 10), (12, 10), (13, 15), (997, 995), (998, 1000)],
)
def test_nhs_suppresses_1_to_7_and_rounds_the_rest_to_5(count, shown):
    assert NHS.count(count) == shown
    assert NHS.count(Decimal(count)) == shown


@pytest.mark.parametrize("count", [0, 1, 7, 8, 13])
def test_the_parties_see_every_count(count):
    assert FOR_PARTIES.count(count) == count


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
    seen = measured(share_of(top, under, PERIOD), HOW, NHS)
    assert (seen.numerator, seen.denominator) == (shown or ("suppressed", "suppressed"))


def test_a_suppressed_value_is_a_word_and_never_a_number():
    seen = measured(share_of(3, 100, PERIOD), HOW, NHS)
    assert (seen.numerator, seen.denominator, seen.value, seen.counts) == ("suppressed",) * 4
    assert seen.drawn == (None, None, None)
    assert seen.says(HOW) == "suppressed"


def test_another_segment_is_hidden_so_that_the_total_does_not_give_the_small_one_away():
    year = Period(start=PERIOD.start, end=PERIOD.end)
    few, many, whole = share_of(3, 100, year), share_of(40, 90, year), share_of(43, 190, year)
    few, many = few.model_copy(update={"segment": "few"}), many.model_copy(update={"segment": "many"})
    assert whole.segment == ALL
    publication = Publication.of((few, many, whole), (year,), PROFILES["below-5"])
    assert [measured(one, HOW, publication).value for one in (few, many)] == ["suppressed", "suppressed"]
    assert measured(whole, HOW, publication).counts == "43 of 190 people"
    assert measured(many, HOW, BELOW_5).counts == "40 of 90 people"


def test_exact_unknowns_are_not_published_where_some_are_hidden_for_they_add_up():
    assert measured(share_of(40, 90, PERIOD, unknown=12), HOW, BELOW_5).unknown == "not published"
    assert measured(share_of(40, 90, PERIOD, unknown=12), HOW, NHS).unknown == 10


def test_what_is_published_comes_from_the_rounded_counts():
    seen = measured(share_of(58, 98, PERIOD, unknown=3), HOW, NHS)
    assert seen.counts == "60 of 100 people"
    assert seen.says(HOW) == "60.0%"
    assert (seen.lower, seen.upper, seen.unknown) == ("not published", "not published", "suppressed")


def test_the_parties_version_is_exact():
    seen = measured(share_of(3, 100, PERIOD, unknown=3), HOW, FOR_PARTIES)
    assert (seen.counts, seen.unknown) == ("3 of 100 people", 3)
    assert seen.says(HOW) == "3.0% (0.0% to 8.0%)"


def test_a_publication_says_what_it_hides():
    assert "exact" in FOR_PARTIES.says and "exact figures, which the parties hold" not in FOR_PARTIES.says
    assert "suppressed" in NHS.says and "exact figures, which the parties hold" in NHS.says
