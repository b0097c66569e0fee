"""Funnel limits: exact, and in step with the intervals of the points."""

import numpy as np
import pytest
from scipy.stats import poisson

from obc.domain.core.statistics import Reason, funnel_limits, proportion, rate


def test_proportions_by_hand():
    # 0.4 ± 1.96 √(0.4 · 0.6 / 100) = 0.4 ± 0.0960
    found = funnel_limits([10, 20, 90], [100, 100, 100])
    assert float(found.centre) == 0.4
    np.testing.assert_allclose(found.lower[0], 0.3040, atol=1e-4)
    np.testing.assert_allclose(found.upper[0], 0.4960, atol=1e-4)
    assert found.position.tolist() == [-2, -2, 2]


def test_a_point_is_outside_just_where_its_wilson_interval_leaves_out_the_centre():
    x = np.arange(61)
    found = funnel_limits(x, 60, centre=0.35)
    interval = proportion(x, 60, confidence=(0.95, 0.998))
    beyond = (interval.lower > 0.35).sum(axis=0) - (interval.upper < 0.35).sum(axis=0)
    np.testing.assert_array_equal(found.position, beyond)
    assert set(found.position.tolist()) == {-2, -1, 0, 1, 2}


def test_ratios_are_outside_just_where_the_exact_chance_is_below_the_tail():
    observed, expected = (grid.ravel() for grid in np.meshgrid(np.arange(60), [0.01, 0.5, 1, 3.7, 10, 25]))
    found = funnel_limits(observed, expected, measure="ratio")
    assert float(found.centre) == 1
    few, many = poisson.cdf(observed, expected), poisson.sf(observed - 1, expected)
    beyond = sum((many < tail).astype(int) - (few < tail).astype(int) for tail in (0.025, 0.001))
    np.testing.assert_array_equal(found.position, beyond)


def test_ratios_are_outside_just_where_their_exact_interval_leaves_out_the_centre():
    observed = np.arange(10)
    found = funnel_limits(observed, np.full(10, 4.0), measure="ratio", confidence=(0.95,))
    interval = rate(observed, 4.0, multiplier=1)
    np.testing.assert_array_equal(found.position, 1 * (interval.lower > 1) - 1 * (interval.upper < 1))


def test_no_events_where_few_are_expected_are_no_signal():
    # none of 3 has a chance of 5 %, none of 4 one of 1.8 %
    assert funnel_limits([0, 0], [3, 4], measure="ratio").position.tolist() == [0, -1]


def test_rates_stand_at_the_pooled_rate():
    found = funnel_limits([10, 30], [1000, 1000], measure="rate", multiplier=1000)
    assert float(found.centre) == 20
    np.testing.assert_allclose(found.value, [10, 30])
    # 20 expected: P(X ≤ 11) = 2.1 %, P(X ≤ 12) = 3.9 %; P(X ≥ 29) = 3.4 %, P(X ≥ 30) = 2.2 %
    assert 11 < found.lower[0, 0] < 12
    assert 29 < found.upper[0, 0] < 30
    assert found.position.tolist() == [-1, 1]


def test_limits_stay_within_what_is_possible_whatever_the_multiplier():
    found = funnel_limits([1, 4], [5, 5], multiplier=1000)
    assert found.lower.min() == 0
    assert found.upper.max() == 1000


def test_no_events_anywhere_leave_a_line_at_nothing():
    found = funnel_limits([0, 0], [10, 20], measure="rate")
    assert found.lower.tolist() == [[0, 0], [0, 0]]
    assert found.position.tolist() == [0, 0]


def test_a_missing_point_keeps_its_limits_and_stops_no_other():
    found = funnel_limits([None, 12, 3, 1], [40, 40, 0, None])
    assert found.reason.tolist() == [
        Reason.NUMERATOR_MISSING,
        "",
        Reason.ABOVE_DENOMINATOR,
        Reason.DENOMINATOR_MISSING,
    ]
    assert found.available.tolist() == [False, True, False, False]
    assert float(found.centre) == 0.3
    assert found.lower[0, 0] == found.lower[0, 1]
    assert np.isnan(found.lower[:, 2:]).all()
    assert found.position.tolist() == [0, 0, 0, 0]


def test_with_no_usable_point_there_is_no_centre():
    found = funnel_limits([None], [None])
    assert np.isnan(found.centre)
    assert np.isnan(found.upper).all()


def test_one_level_alone_is_one_row_of_limits():
    found = funnel_limits([10, 20], [100, 100], confidence=0.95)
    assert found.confidence == (0.95,)
    assert found.upper.shape == (1, 2)


def test_another_measure_is_refused():
    with pytest.raises(ValueError, match="write proportion, rate or ratio"):
        funnel_limits([1], [2], measure="mean")


@pytest.mark.parametrize("centre", [-0.1, 1.1])
def test_an_impossible_centre_is_refused(centre):
    with pytest.raises(ValueError, match="without its multiplier"):
        funnel_limits([1], [2], centre=centre)
