"""The p and u charts and their primed forms: Montgomery's charts, and by hand."""

from math import sqrt

import numpy as np
import pytest

from obc.domain.core.statistics import Assurance, Reason, Variation, p_chart, u_chart

# Montgomery, Introduction to Statistical Quality Control, chapter 7: nonconforming cans of orange juice
# concentrate in 30 samples of 50; and errors in 20 weekly samples of 50 shipments
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
SHIPMENTS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]


def test_montgomery_s_orange_juice():
    # the book: mean 0.2313, limits 0.0524 and 0.4102, samples 15 and 23 out of control
    found = p_chart(CANS, 50, improvement="decrease")
    assert [round(float(a[0]), 4) for a in (found.centre, found.lower, found.upper)] == [0.2313, 0.0524, 0.4102]
    assert (np.flatnonzero(found.outside) + 1).tolist() == [15, 23]
    assert found.point[14] == Variation.CONCERN


def test_montgomery_s_shipments():
    # the book: mean 0.0740, upper limit 0.1894, the lower below nothing
    found = u_chart(SHIPMENTS, 50, improvement="decrease")
    assert [round(float(a[0]), 4) for a in (found.centre, found.lower, found.upper)] == [0.074, 0, 0.1894]
    assert not found.outside.any()


def test_limits_follow_the_size_of_each_point():
    found = p_chart([50, 5], [100, 25], improvement="increase")
    centre = 55 / 125
    np.testing.assert_allclose(found.upper - centre, 3 * np.sqrt(centre * (1 - centre) / np.array([100, 25])))


def test_primed_limits_are_widened_by_how_the_points_move():
    # p 0.2, 0.4, 0.2, 0.4 of 100 each, mean 0.3: z moves by 0.2 / √(0.21 / 100) each time
    found = p_chart([20, 40, 20, 40], 100, improvement="increase", primed=True)
    deviation = sqrt(0.21 / 100)
    np.testing.assert_allclose(found.upper, 0.3 + 3 * deviation * (0.2 / deviation / 1.128))


def test_primed_rates_likewise():
    found = u_chart([20, 40, 20, 40], 10, improvement="increase", primed=True)
    np.testing.assert_allclose(found.upper, 3 + 3 * (2 / 1.128))


def test_where_the_points_move_as_chance_would_primed_is_about_plain():
    rng = np.random.default_rng(20)
    n = rng.integers(200, 400, 2000)
    x = rng.binomial(n, 0.3)
    plain = p_chart(x, n, improvement="increase")
    primed = p_chart(x, n, improvement="increase", primed=True)
    np.testing.assert_allclose(primed.upper - primed.centre, plain.upper - plain.centre, rtol=0.05)


@pytest.mark.parametrize("chart", [p_chart, u_chart])
@pytest.mark.parametrize("primed", [False, True])
def test_no_events_at_all_are_a_line_at_nothing(chart, primed):
    found = chart([0] * 14, [30] * 14, improvement="decrease", primed=primed)
    assert set(found.upper) == {0}
    assert set(found.point) == {Variation.COMMON_CAUSE}


def test_all_of_all_are_a_line_at_the_top():
    found = p_chart([30] * 14, 30, improvement="increase", target=90, multiplier=100)
    assert set(found.lower) == {100}
    assert str(found.assurance) == Assurance.PASS


def test_a_point_that_cannot_be_used_stops_no_other():
    found = p_chart([20, None, 5, 30, 3], [100, 100, 0, 100, 2], improvement="increase")
    assert found.reason.tolist() == [
        "",
        Reason.NUMERATOR_MISSING,
        Reason.ABOVE_DENOMINATOR,
        "",
        Reason.ABOVE_DENOMINATOR,
    ]
    assert found.centre[0] == 0.25
    assert found.available.tolist() == [True, False, False, True, False]


def test_one_point_cannot_show_how_points_move():
    assert p_chart([5], [10], improvement="increase").available.all()
    primed = p_chart([5], [10], improvement="increase", primed=True)
    assert primed.reason.tolist() == [Reason.FEW_POINTS]


def test_sections_and_series_as_in_xmr():
    found = p_chart(
        [*CANS, *CANS], 50, improvement="decrease", rebase=[30], groups=["x"] * 60, target=0.5, baseline_points=30
    )
    np.testing.assert_allclose(found.centre, np.mean(CANS) / 50)
    assert found.assurance.tolist() == [Assurance.PASS]
    assert found.groups.tolist() == ["x"]
