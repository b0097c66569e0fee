"""Directly and indirectly standardised: worked by hand and by another method, and the rules at the edges."""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import gamma

from obc.domain.core.statistics import Reason, directly_standardised_rate, indirectly_standardised_ratio, rate

# Births with Down's syndrome in Michigan 1950–64 by birth order and mother's age: Fleiss (1981), Statistical
# Methods for Rates and Proportions, page 249; used by Fay and Feuer (1997), Statistics in Medicine 16: 791–801
BIRTHS = [
    [230061, 329449, 114920, 39487, 14208, 3052],
    [72202, 326701, 208667, 83228, 28466, 5375],
    [15050, 175702, 207081, 117300, 45026, 8660],
    [2293, 68800, 132424, 98301, 46075, 9834],
    [327, 30666, 123419, 149919, 104088, 34392],
]
CASES = [
    [107, 141, 60, 40, 39, 25],
    [25, 150, 110, 84, 82, 39],
    [3, 71, 114, 103, 108, 75],
    [1, 26, 64, 89, 137, 96],
    [0, 8, 63, 112, 262, 295],
]
ALL_BIRTHS = [319933, 931318, 786511, 488235, 237863, 61313]
ORDER = np.repeat(np.arange(1, 6), 6)


def dsr(**others):
    return directly_standardised_rate(np.ravel(CASES), np.ravel(BIRTHS), ALL_BIRTHS * 5, groups=ORDER, **others)


def test_birth_order_hardly_matters_once_age_is_allowed_for():
    assert np.round(dsr().value, 1).tolist() == [92.3, 91.2, 85.1, 92.7, 75.5]
    crude = rate(np.ravel(CASES), np.ravel(BIRTHS), groups=ORDER).value
    assert np.round(crude, 1).tolist() == [56.3, 67.6, 83.3, 115.5, 167.1]


def test_dobson_is_close_to_the_gamma_interval_of_tiwari():
    # Tiwari, Clegg and Zou (2006), Statistical Methods in Medical Research 15: 547–569; Morris and others (2018)
    # found the two alike; left out are the birth orders of which the youngest mothers have next to no cases
    found = dsr()
    for i, (cases, births) in enumerate(zip(CASES[:3], BIRTHS[:3], strict=True)):
        weight = np.array(ALL_BIRTHS) / sum(ALL_BIRTHS) / births * 100_000
        y, v = cases @ weight, cases @ weight**2
        lower = gamma.ppf(0.025, y * y / v, scale=v / y)
        y, v = y + weight.mean(), v + (weight**2).mean()
        upper = gamma.ppf(0.975, y * y / v, scale=v / y)
        np.testing.assert_allclose((found.lower[i], found.upper[i]), (lower, upper), rtol=0.02)


def test_a_small_case_worked_by_hand():
    # rates 1 %, 1 %, 1 % and weights 5, 3, 2: 1,000 per 100,000;
    # variance Σ x (w/n)² / 10² = (10·0.005² + 20·0.0015² + 30·(2/3000)²) / 100; O = 60
    found = directly_standardised_rate([10, 20, 30], [1000, 2000, 3000], [5, 3, 2])
    variance = (10 * 0.005**2 + 20 * 0.0015**2 + 30 * (2 / 3000) ** 2) / 100
    z = 1.959963984540054
    lower = 60 * (1 - 1 / 540 - z / (3 * sqrt(60))) ** 3
    upper = 61 * (1 - 1 / 549 + z / (3 * sqrt(61))) ** 3
    assert found.value == pytest.approx(1000)
    assert found.lower == pytest.approx(1000 + 1e5 * sqrt(variance / 60) * (lower - 60))
    assert found.upper == pytest.approx(1000 + 1e5 * sqrt(variance / 60) * (upper - 60))
    assert (float(found.numerator), float(found.denominator), str(found.method)) == (60, 6000, "Dobson")


def test_with_one_stratum_it_is_the_crude_rate():
    standardised, crude = directly_standardised_rate([25], [4000], [77]), rate(25, 4000)
    np.testing.assert_allclose(
        (standardised.value, standardised.lower, standardised.upper), (crude.value, crude.lower, crude.upper)
    )


def test_below_ten_events_there_is_no_rate():
    found = directly_standardised_rate([4, 5, 4, 6], [100] * 4, [1] * 4, groups=["nine", "nine", "ten", "ten"])
    assert found.reason.tolist() == [Reason.FEW_EVENTS, ""]
    assert np.isnan(found.value[0])
    assert found.numerator[0] == 9


@pytest.mark.parametrize(
    ("x", "n", "w", "reason"),
    [
        (None, 100, 1, Reason.NUMERATOR_MISSING),
        (5, None, 1, Reason.DENOMINATOR_MISSING),
        (5, 100, None, Reason.REFERENCE_MISSING),
        (-5, 100, 1, Reason.NEGATIVE),
        (5, 100, -1, Reason.NEGATIVE),
        (0, 0, 1, Reason.STRATUM_EMPTY),
    ],
)
def test_a_stratum_that_cannot_be_used_stops_its_group_alone(x, n, w, reason):
    found = directly_standardised_rate([x, 50, 60], [n, 900, 900], [w, 1, 1], groups=["a", "a", "b"])
    assert found.reason.tolist() == [reason, ""]


def test_no_limit_lies_below_nothing():
    # nine events of no weight to speak of and one that carries the rate
    found = directly_standardised_rate([9, 1], [90_000, 10], [1, 1])
    assert float(found.lower) == 0
    assert float(found.value) == pytest.approx(5005)


def test_a_weight_of_zero_leaves_its_stratum_out():
    found = directly_standardised_rate([40, 7], [1000, 10], [1, 0])
    assert float(found.value) == pytest.approx(4000)


def test_a_standard_population_of_nobody_is_said():
    assert str(directly_standardised_rate([40], [1000], [0]).reason) == Reason.STANDARD_ZERO


def test_people_with_several_events_widen_the_limits():
    # each of 30 people has two events: 60 events, but the variance of 30 people counted twice
    twice = directly_standardised_rate([30], [5000], [1], strata=["all"], events_per_person=[2])
    independent = directly_standardised_rate([60], [5000], [1])
    assert float(twice.value) == pytest.approx(float(independent.value))
    assert float(twice.numerator) == 60
    width = (twice.upper - twice.lower) / (independent.upper - independent.lower)
    assert width == pytest.approx(sqrt(2))


def test_frequencies_share_the_population_of_their_stratum():
    # by hand: strata of 1,000 and 3,000 people; events 20·1 + 5·3 = 35 and 60·1 + 0 = 60; weights 1 and 2
    found = directly_standardised_rate(
        [20, 5, 60, 0],
        [1000, 1000, 3000, 3000],
        [1, 1, 2, 2],
        strata=["young", "young", "old", "old"],
        events_per_person=[1, 3, 1, 3],
        multiplier=1000,
    )
    assert float(found.value) == pytest.approx(1000 * (35 / 1000 + 2 * 60 / 3000) / 3)
    assert (float(found.numerator), float(found.denominator)) == (95, 4000)


def test_one_stratum_with_two_populations_is_a_contradiction():
    found = directly_standardised_rate(
        [20, 5, 30], [1000, 900, 50], [1, 1, 1], groups=[1, 1, 2], strata=["s", "s", "s"]
    )
    assert found.reason.tolist() == [Reason.STRATUM_DIFFERS, ""]


def test_events_per_person_need_strata():
    with pytest.raises(ValueError, match="needs strata"):
        directly_standardised_rate([30], [5000], [1], events_per_person=[2])


@pytest.mark.parametrize("name", ["groups", "strata"])
def test_labels_must_match_the_rows(name):
    with pytest.raises(ValueError, match="give one a row"):
        directly_standardised_rate([30, 30], [5000, 5000], [1, 1], **{name: [1]})


def test_rows_must_match():
    with pytest.raises(ValueError, match="the rows do not match"):
        directly_standardised_rate([30, 30], [5000], [1, 1])


def test_observed_over_expected_by_hand():
    # expected 1000·50/10,000 + 2000·10/5,000 = 5 + 4 = 9
    found = indirectly_standardised_ratio([8, 10], [1000, 2000], [50, 10], [10_000, 5_000], multiplier=100)
    assert (float(found.value), float(found.denominator)) == (200, 9)
    whole = rate(18, 9, multiplier=100)
    np.testing.assert_allclose((found.lower, found.upper), (whole.lower, whole.upper))


def test_a_total_alone_is_counted_once():
    total = indirectly_standardised_ratio(18, [1000, 2000], [50, 10], [10_000, 5_000])
    assert float(total.numerator) == 18
    assert float(total.value) == 2


def test_below_ten_observed_the_limits_are_exact():
    found = indirectly_standardised_ratio([3, 12], [100, 100], [5, 5], [100, 100], groups=["few", "many"])
    assert found.method.tolist() == ["exact", "Byar"]


@pytest.mark.parametrize(
    ("o", "n", "x_ref", "n_ref", "reason"),
    [
        (None, 100, 5, 100, Reason.NUMERATOR_MISSING),
        (3, None, 5, 100, Reason.DENOMINATOR_MISSING),
        (3, 100, None, 100, Reason.REFERENCE_MISSING),
        (3, 100, 5, None, Reason.REFERENCE_MISSING),
        (3, -100, 5, 100, Reason.NEGATIVE),
        (3, 100, 5, 0, Reason.REFERENCE_ZERO),
        (3, 100, 0, 100, Reason.NOTHING_EXPECTED),
    ],
)
def test_a_group_without_expectation_says_why(o, n, x_ref, n_ref, reason):
    found = indirectly_standardised_ratio([o, 3], [n, 100], [x_ref, 5], [n_ref, 100], groups=["a", "b"])
    assert found.reason.tolist() == [reason, ""]
    assert np.isnan(found.value[0])


def test_a_stratum_without_people_adds_nothing():
    found = indirectly_standardised_ratio([5, 0], [100, 0], [5, 9], [100, 0])
    assert float(found.denominator) == 5


def test_observed_must_match_the_strata():
    with pytest.raises(ValueError, match="the rows do not match"):
        indirectly_standardised_ratio([1, 2, 3], [100, 100], [5, 5], [100, 100])
    with pytest.raises(ValueError, match="give one a row"):
        indirectly_standardised_ratio([1, 2], [100, 100], [5, 5], [100, 100], groups=["a"])
