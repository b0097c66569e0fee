"""Indicator values as people read them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.publication.publication import FOR_PARTIES
from obc.reports.measured import measured
from obc.reports.reading import Reading
from report_samples import NHS, contract, share_of, values

PERIOD = contract().period(1)
SHARE = Reading("Home", counted="people")
RATE = Reading("Deaths", "rate", multiplier=1000, lower_is_better=True)
RATIO = Reading("Deaths", "rate", multiplier=1000, lower_is_better=True, ratio=True)
MEAN = Reading("Score", "mean", counted="carers")


def of(indicator: str, segment: str) -> IndicatorValue:
    return next(
        value
        for value in values().values
        if (value.indicator, value.segment, value.period_end) == (indicator, segment, PERIOD.end)
        and value.period_start == PERIOD.start
    )


def test_an_empty_denominator_is_not_measurable():
    seen = measured(share_of(0, 0, PERIOD), SHARE, FOR_PARTIES)
    assert seen.value == seen.lower == seen.upper == "not measurable"
    assert seen.counts == "0 of 0 people"
    assert measured(share_of(0, 0, PERIOD), SHARE, NHS).value == "not measurable"


def test_a_count_has_no_decimals_though_a_file_of_numbers_gave_it_one():
    value = share_of(403, 1_925, PERIOD)
    value = value.model_copy(update={"numerator": Decimal("403.0"), "denominator": Decimal("1925.0")})
    assert measured(value, SHARE, FOR_PARTIES).counts == "403 of 1,925 people"


def test_nobody_of_many_is_a_true_zero():
    assert measured(share_of(0, 50, PERIOD), SHARE, FOR_PARTIES).value == 0
    assert measured(share_of(0, 50, PERIOD), SHARE, NHS).value == 0


def test_what_was_not_measured_says_why():
    assert measured(None, SHARE, FOR_PARTIES).says(SHARE) == "missing"
    late = IndicatorValue(indicator="x", period_start=PERIOD.start, period_end=PERIOD.end, evidence=Evidence.NOT_DUE)
    assert measured(late, SHARE, FOR_PARTIES).counts == "not due"


def test_unknowns_that_nobody_counted_are_not_none():
    value = share_of(1, 2, PERIOD).model_copy(update={"unknown": None})
    assert measured(value, SHARE, FOR_PARTIES).unknown == "not counted"


def test_a_rate_is_given_per_person_years_with_its_events():
    seen = measured(of("deaths", "psychosis"), RATE, FOR_PARTIES)
    assert seen.counts == "36 in 2,000 person-years"
    assert seen.says(RATE) == "18.00 per 1,000 person-years (14.40 to 21.60)"


def test_a_ratio_says_what_was_expected():
    seen = measured(of("deaths", "psychosis"), RATIO, FOR_PARTIES)
    assert seen.counts == "36 in 2,000 person-years; 12.5 expected"
    assert seen.says(RATIO) == "2.88 × expected (2.30 to 3.46)"


@pytest.mark.parametrize(("how", "expected"), [(RATE, Fraction(35, 2)), (RATIO, Fraction(14, 5))])
def test_a_published_rate_comes_from_the_rounded_events(how, expected):
    assert measured(of("deaths", "psychosis"), how, NHS).value == expected


def test_few_events_are_suppressed_however_long_the_person_time():
    few = of("deaths", "psychosis").model_copy(update={"numerator": Decimal(4)})
    assert measured(few, RATE, NHS).value == "suppressed"


def test_a_published_mean_keeps_the_sum_of_scores_back():
    seen = measured(of("wellbeing", "all"), MEAN, NHS)
    assert (seen.numerator, seen.counts) == ("not published", "360 carers")
    assert measured(of("wellbeing", "all"), MEAN, FOR_PARTIES).says(MEAN) == "21.00 (20.60 to 21.40)"


@pytest.mark.parametrize(
    ("how", "value", "judged_by", "expected"),
    [
        (SHARE, Fraction(3, 4), "level", "at least 75.0%"),
        (SHARE, Fraction(3, 100), "difference", "at least +3.0 percentage points"),
        (SHARE, Fraction(-3, 100), "relative change", "at least −3.0% on the baseline"),
        (RATE, 90, "level", "at most 90.00 per 1,000 person-years"),
        (RATIO, Fraction(9, 5), "level", "at most 1.80 × expected"),
        (MEAN, 2, "difference", "at least +2.00"),
    ],
)
def test_a_threshold_says_from_which_side_it_is_reached(how, value, judged_by, expected):
    assert how.mark(value, judged_by) == expected


def test_a_rate_of_one_person_year_says_so():
    assert Reading("Attendances", "rate").unit == "per person-year"
    assert (RATIO.unit, SHARE.unit, MEAN.unit) == ("times as many as expected", "per cent of people", "mean score")
