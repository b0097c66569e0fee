"""Means: Student's own data, the rules at the edges, and agreement with SciPy."""

import numpy as np
import pytest
from scipy import stats

from obc.domain.core.statistics import Reason, mean, mean_from_sums

# Student (1908), Biometrika 6: 1–25: hours of sleep gained under two drugs
DEXTRO = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
LAEVO = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_student_s_sleep_data():
    # 0.75 and 2.33 hours; the intervals are those that R prints for its copy of the data (`sleep`)
    found = mean(DEXTRO + LAEVO, groups=["dextro"] * 10 + ["laevo"] * 10)
    np.testing.assert_allclose(found.value, [0.75, 2.33])
    np.testing.assert_allclose(found.lower, [-0.5297804, 0.8976775], atol=1e-7)
    np.testing.assert_allclose(found.upper, [2.0297804, 3.7623225], atol=1e-7)


def test_agrees_with_scipy_at_both_levels():
    found = mean(LAEVO, confidence=(0.95, 0.998))
    for level, lower, upper in zip((0.95, 0.998), found.lower, found.upper, strict=True):
        theirs = stats.t.interval(level, 9, np.mean(LAEVO), stats.sem(LAEVO))
        np.testing.assert_allclose((lower, upper), theirs, rtol=1e-12)


def test_one_value_has_a_mean_and_no_interval():
    found = mean([4, 5, 6], groups=["one", "two", "two"])
    assert found.value.tolist() == [4, 5.5]
    assert found.reason.tolist() == [Reason.ONE_VALUE, ""]
    assert np.isnan(found.lower[0])
    assert not np.isnan(found.lower[1])


def test_a_missing_value_makes_its_group_not_available():
    found = mean([1, None, 3, 5], groups=["a", "a", "b", "b"])
    assert found.reason.tolist() == [Reason.VALUE_MISSING, ""]
    assert np.isnan(found.value[0])
    assert found.value[1] == 4


def test_equal_values_have_an_interval_of_no_width():
    found = mean([0.1] * 20)
    assert float(found.lower) == pytest.approx(float(found.upper), abs=1e-15)


def test_small_spread_on_a_large_level_is_not_lost():
    values = 1e9 + np.array([1, 2, 3, 4])
    theirs = stats.t.interval(0.95, 3, values.mean(), stats.sem(values))
    np.testing.assert_allclose((mean(values).lower, mean(values).upper), theirs, rtol=1e-15)


def test_no_values_have_no_mean():
    found = mean([])
    assert (str(found.reason), float(found.denominator)) == (Reason.NO_VALUES, 0)


def test_a_scalar_is_one_value():
    assert str(mean(3.5).reason) == Reason.ONE_VALUE


def test_from_sums_as_from_values():
    found = mean_from_sums([7.5, 23.3], [34.43, 90.37], [10, 10], multiplier=60)
    whole = mean(DEXTRO + LAEVO, groups=[0] * 10 + [1] * 10, multiplier=60)
    for name in ("value", "lower", "upper", "numerator", "denominator"):
        np.testing.assert_allclose(getattr(found, name), getattr(whole, name), rtol=1e-9, err_msg=name)


@pytest.mark.parametrize(
    ("total", "squares", "count", "reason"),
    [
        (None, 4, 2, Reason.VALUE_MISSING),
        (4, None, 2, Reason.VALUE_MISSING),
        (4, 4, None, Reason.DENOMINATOR_MISSING),
        (4, 4, -1, Reason.NEGATIVE),
        (0, 0, 0, Reason.NO_VALUES),
        (4, 16, 1, Reason.ONE_VALUE),
    ],
)
def test_sums_that_cannot_be_used_say_why(total, squares, count, reason):
    found = mean_from_sums([total, 4], [squares, 10], [count, 2])
    assert found.reason.tolist() == [reason, ""]


def test_a_sum_of_squares_too_small_for_its_values_is_said_unless_it_is_rounding():
    found = mean_from_sums(10, [49, np.nextafter(50, 0), 50], 2)
    assert found.reason.tolist() == [Reason.SQUARES_TOO_SMALL, "", ""]
    assert np.isnan(found.value[0])
    assert found.lower[1:].tolist() == found.upper[1:].tolist() == [5, 5]


def test_values_and_groups_must_match():
    with pytest.raises(ValueError, match="give one a row"):
        mean([1, 2, 3], groups=[1, 2])
