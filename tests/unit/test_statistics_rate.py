"""Rates: exact limits below ten events, Byar's from ten on."""

import numpy as np
import pytest
from scipy.stats import chi2
from statsmodels.stats.rates import confint_poisson

from obc.domain.core.statistics import Reason, rate

# Garwood (1936), Biometrika 28: 437–442, the limits of an expectation, as in every table since
GARWOOD = [(0, 0.000, 3.689), (1, 0.025, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (9, 4.115, 17.085)]


@pytest.mark.parametrize(("x", "lower", "upper"), GARWOOD)
def test_the_limits_that_garwood_printed(x, lower, upper):
    found = rate(x, 1, multiplier=1)
    assert (round(float(found.lower), 3), round(float(found.upper), 3)) == (lower, upper)
    assert str(found.method) == "exact"


def test_byar_worked_by_hand():
    # 65 events in 1,000: 65 (1 − 1/585 − 1.959964/(3 √65))³ = 50.163; 66 (1 − 1/594 + 1.959964/(3 √66))³ = 82.849
    found = rate(65, 1000, multiplier=1000)
    assert [round(float(a), 2) for a in (found.value, found.lower, found.upper)] == [65, 50.16, 82.85]
    assert str(found.method) == "Byar"


def test_byar_is_as_close_to_exact_as_the_guidance_says():
    # Technical Guide: Confidence Intervals (Public Health England 2018): within 0.2 % from ten events on, at 95 %
    x = np.arange(10, 1000)
    found = rate(x, 1, multiplier=1)
    np.testing.assert_allclose(found.lower, chi2.ppf(0.025, 2 * x) / 2, rtol=0.002)
    np.testing.assert_allclose(found.upper, chi2.ppf(0.975, 2 * x + 2) / 2, rtol=0.002)


def test_agrees_with_statsmodels_below_ten():
    x = np.arange(10)
    found = rate(x, 4, multiplier=1, confidence=(0.95, 0.998))
    for level, lower, upper in zip((0.95, 0.998), found.lower, found.upper, strict=True):
        theirs = confint_poisson(x, 4, method="exact-c", alpha=1 - level)
        np.testing.assert_allclose((lower, upper), theirs, rtol=1e-9)


def test_ten_events_are_the_first_of_byar():
    assert rate([9, 9.5, 10], 1).method.tolist() == ["exact", "exact", "Byar"]


def test_events_over_person_years():
    # 12 crises among people followed for 48,000 person-days, per 1,000 person-years of 365.25 days
    found = rate(12, 48_000, multiplier=1000 * 365.25)
    assert float(found.value) == 91.3125


def test_more_events_than_person_time_are_possible():
    assert float(rate(30, 10, multiplier=1).value) == 3


def test_observed_over_expected_is_a_rate_with_expected_as_its_person_time():
    found = rate(45, 30, multiplier=1)
    assert [round(float(a), 3) for a in (found.value, found.lower, found.upper)] == [1.5, 1.094, 2.007]


@pytest.mark.parametrize(
    ("x", "n", "reason"),
    [
        (None, 5, Reason.NUMERATOR_MISSING),
        (3, float("nan"), Reason.DENOMINATOR_MISSING),
        (0, 0, Reason.DENOMINATOR_ZERO),
        (4, 0, Reason.DENOMINATOR_ZERO),
        (-1, 5, Reason.NEGATIVE),
        (1, -5, Reason.NEGATIVE),
    ],
)
def test_what_cannot_be_computed_says_why_and_leaves_the_rest_alone(x, n, reason):
    found = rate([x, 20], [n, 4], confidence=(0.95, 0.998))
    assert found.reason.tolist() == [reason, ""]
    assert np.isnan(found.value[0])
    assert np.isnan(found.lower[:, 0]).all()
    assert np.isnan(found.upper[:, 0]).all()
    assert found.available[1]


def test_groups_are_summed_before_the_method_is_chosen():
    found = rate([6, 6, 3], [10, 10, 10], groups=["b", "b", "a"], multiplier=1)
    assert found.groups.tolist() == ["a", "b"]
    assert found.method.tolist() == ["exact", "Byar"]
    np.testing.assert_allclose(found.value, [0.3, 0.6])
