"""The recent trend: published tests, weighted lines, outliers and gaps."""

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.contingency_tables import Table

from obc.domain.core.statistics import Marker, Reason, proportion_trend, trend

# Agresti, Categorical Data Analysis: malformations by the mother's drinking, five levels
MALFORMED = np.array([48, 38, 5, 1, 1])
NOT = np.array([17066, 14464, 788, 126, 37])


def test_agresti_s_table_with_equally_spaced_scores():
    # the book: z² = 1.83
    found = proportion_trend(MALFORMED, MALFORMED + NOT)
    assert round(float(found.chi_squared), 2) == 1.83
    assert str(found.marker) == Marker.NO_CHANGE


def test_agrees_with_statsmodels():
    table = Table(np.array([MALFORMED, NOT]))
    theirs = table.test_ordinal_association(row_scores=np.array([0, 1]), col_scores=np.arange(5)).zscore ** 2
    n = (MALFORMED + NOT).sum()
    # statsmodels takes the exact variance of the table, which has n − 1 for n
    assert float(proportion_trend(MALFORMED, MALFORMED + NOT).chi_squared) == pytest.approx(theirs * n / (n - 1))


def test_the_line_is_that_of_weighted_least_squares():
    y, error = np.array([5.0, 6.0, 6.5, 8.0, 8.2]), np.array([0.5, 0.3, 0.4, 0.6, 0.2])
    found = trend(y, y - 1.959963984540054 * error, y + 1.959963984540054 * error)
    theirs = sm.WLS(y, sm.add_constant(np.arange(5)), weights=1 / error**2).fit()
    assert float(found.value) == pytest.approx(theirs.params[1])
    # the error is known, not taken from the residuals
    variance = theirs.normalized_cov_params[1, 1]
    assert float(found.chi_squared) == pytest.approx(theirs.params[1] ** 2 / variance)


@pytest.mark.parametrize(
    ("step", "marker"), [(0.32, Marker.INCREASING), (-0.32, Marker.DECREASING), (0.30, Marker.NO_CHANGE)]
)
def test_a_chance_of_two_in_a_thousand_divides(step, marker):
    # equal errors of 0.32…: the slope's variance is error² / 10, so chi² = 10 step² / error²
    error = np.sqrt(10 * 0.31**2 / 9.5495)
    y = 10 + step * np.arange(5)
    found = trend(y, y - 1.959963984540054 * error, y + 1.959963984540054 * error)
    assert str(found.marker) == marker


def test_a_trend_that_one_point_makes_alone_is_none():
    y = np.array([10.0, 9.9, 9.8, 9.7, 14.0])
    found = trend(y, y - 0.2, y + 0.2)
    assert float(found.chi_squared) > 9.5495
    assert str(found.marker) == Marker.OUTLIER


def test_a_trend_that_is_level_without_one_point_is_none():
    assert str(proportion_trend([0, 3, 55, 55, 3], 100).marker) == Marker.OUTLIER


def test_only_the_last_points_count():
    y = np.array([50.0, 40.0, 1, 2, 3, 4, 5])
    assert float(trend(y, y - 0.1, y + 0.1).value) == pytest.approx(1)
    assert str(trend(y, y - 0.1, y + 0.1, points=7).marker) == Marker.DECREASING


def test_the_slope_has_limits_at_both_levels():
    y = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    found = trend(y, y - 1.959963984540054, y + 1.959963984540054, confidence=(0.95, 0.998))
    # each point errs by 1, so the slope by 1 / √10
    np.testing.assert_allclose(found.upper, 1 + np.array([1.959964, 3.090232]) / np.sqrt(10), rtol=1e-6)
    np.testing.assert_allclose(found.lower, 1 - np.array([1.959964, 3.090232]) / np.sqrt(10), rtol=1e-4)


def test_proportions_rise():
    found = proportion_trend([10, 20, 30, 40, 50], 1000)
    assert float(found.value) == pytest.approx(0.01)
    assert str(found.marker) == Marker.INCREASING


def test_series_by_group():
    x = [10, 50, 20, 40, 30, 30, 40, 20, 50, 10, 7]
    found = proportion_trend(x, 1000, groups=["up", "down"] * 5 + ["short"])
    assert found.groups.tolist() == ["down", "short", "up"]
    assert found.marker.tolist() == [Marker.DECREASING, "", Marker.INCREASING]
    assert found.reason.tolist() == ["", Reason.FEW_POINTS, ""]
    assert found.available.tolist() == [True, False, True]


def test_missing_points_and_points_without_chance_say_why():
    y = np.array([1, 2, None, 4, 5], dtype=float)
    assert str(trend(y, y - 1, y + 1).reason) == Reason.VALUE_MISSING
    y = np.arange(5.0)
    assert str(trend(y, y, y).reason) == Reason.NO_WIDTH
    assert str(proportion_trend([0] * 5, 10).reason) == Reason.NO_WIDTH
    assert str(proportion_trend([1, 2, 3, 4, 11], 10).reason) == Reason.VALUE_MISSING
    assert str(proportion_trend([1, 2], 10).reason) == Reason.FEW_POINTS


def test_a_level_series_has_no_trend():
    y = np.full(5, 3.0)
    assert str(trend(y, y - 1, y + 1).marker) == Marker.NO_CHANGE


def test_a_call_without_sense_is_refused():
    with pytest.raises(ValueError, match="three or more"):
        trend([1, 2], [0, 1], [2, 3], points=2)
    with pytest.raises(ValueError, match="no points"):
        proportion_trend([], [])
    with pytest.raises(ValueError, match="give one a row"):
        proportion_trend([1, 2], [3, 4], groups=["a"])
