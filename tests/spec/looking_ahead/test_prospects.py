"""What is counted so far, and what is still to come."""

from fractions import Fraction

import pytest

from ahead_samples import BEFORE, INDICATOR, YEAR, of, quarters
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.outcomes.forecast.prospect import prospect, prospects

KEY = (INDICATOR, "all")
EARLIER = (BEFORE, *BEFORE.parts(3))


def _seen(values, known):
    return prospect(KEY, values, YEAR, list(YEAR.parts(3))[:known], EARLIER)


@pytest.mark.parametrize(
    ("counts", "so_far", "coming"),
    [
        ([(7, 10)], (7, 10), 30),
        ([(7, 10), (9, 20)], (16, 30), 30),
        ([(7, 10), (9, 20), (8, 15)], (24, 45), 15),
        ([(7, 10), (9, 20), (8, 15), (6, 15)], (30, 60), 0),
    ],
)
def test_quarters_add_up_and_the_rest_is_as_large_as_they_were(counts, so_far, coming):
    ahead = _seen(quarters(YEAR, counts).values, len(counts))
    assert (ahead.so_far.numerator, ahead.so_far.denominator) == so_far
    assert ahead.coming == coming
    assert ahead.sample == ahead.so_far


def test_with_no_quarter_known_the_year_before_is_the_sample():
    ahead = _seen(quarters(BEFORE, [(7, 10)] * 4).values, 0)
    assert (ahead.so_far.denominator, ahead.coming) == (0, 40)
    assert (ahead.sample.numerator, ahead.sample.denominator) == (28, 40)


def test_where_quarters_look_at_the_same_people_anew_the_year_is_drawn_whole_from_the_latest():
    before = quarters(BEFORE, [(70, 100)] * 4, whole=(70, 100)).values
    ahead = _seen((*before, *quarters(YEAR, [(75, 100), (80, 100)]).values), 2)
    assert (ahead.so_far.denominator, ahead.coming) == (0, 100)
    assert (ahead.sample.numerator, ahead.sample.denominator) == (80, 100)


def test_where_quarters_of_the_year_before_added_up_those_of_this_one_do():
    before = quarters(BEFORE, [(70, 100)] * 4, whole=(281, 401)).values
    ahead = _seen((*before, *quarters(YEAR, [(75, 100)]).values), 1)
    assert (ahead.so_far.denominator, ahead.coming) == (100, 300)


def test_a_figure_without_values_has_no_prospect():
    assert _seen((), 2) is None
    assert prospects([KEY], (), YEAR, (), EARLIER) == {KEY: None}


def test_other_segments_and_providers_are_left_out():
    first = next(YEAR.parts(3))
    values = (of(first, 7, 10), of(first, 1, 10, segment="psychosis"), of(first, 1, 5, provider="north"))
    ahead = _seen(values, 1)
    assert ahead.so_far.denominator == 10
    both = prospects([KEY, (INDICATOR, "psychosis")], values, YEAR, [first], EARLIER)
    assert [one.so_far.numerator for one in both.values()] == [7, 1]


def test_a_sample_is_as_good_as_its_weakest_quarter():
    values = (*quarters(YEAR, [(7, 10)]).values, of(list(YEAR.parts(3))[1], None, None))
    ahead = _seen(values, 2)
    assert ahead.evidence == Evidence.MISSING
    assert ahead.so_far.denominator == Fraction(10)
