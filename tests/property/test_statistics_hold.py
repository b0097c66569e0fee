"""What holds of every estimate, whatever the figures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.statistics import (
    directly_standardised_rate,
    funnel_limits,
    indirectly_standardised_ratio,
    mean,
    p_chart,
    proportion,
    proportion_trend,
    quantiles,
    rate,
    xmr,
)

LEVELS = (0.95, 0.998)
WHOLE = st.integers(0, 5000)
PARTS = st.lists(st.tuples(WHOLE, WHOLE), min_size=1, max_size=40)  # numerator, and the rest of the denominator
LABELS = st.lists(st.sampled_from("abc"), min_size=40, max_size=40)
VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)
GAPS = st.lists(st.none() | st.floats(-1e3, 1e3), min_size=1, max_size=60)


def contained(found, slack=1e-9):
    """Lower ≤ value ≤ upper wherever there is an interval, and the wider level holds the narrower."""
    there = found.available
    value, lower, upper = found.value[there], found.lower[:, there], found.upper[:, there]
    slack = slack * (1 + np.abs(value))
    assert (lower <= value + slack).all()
    assert (value <= upper + slack).all()
    assert (lower[1] <= lower[0] + slack).all()
    assert (upper[0] <= upper[1] + slack).all()
    gone = np.isnan(found.lower[0])
    assert (gone == ~there).all()  # no interval without its reason, no reason beside an interval


def split(parts):
    x = np.array([part for part, _ in parts], dtype=float)
    return x, x + np.array([rest for _, rest in parts])


@given(PARTS)
def test_every_interval_of_a_proportion_holds_its_value(parts):
    x, n = split(parts)
    found = proportion(x, n, confidence=LEVELS)
    contained(found)
    assert (found.lower[:, found.available] >= 0).all()
    assert (found.upper[:, found.available] <= 1).all()


@given(PARTS)
def test_every_interval_of_a_rate_holds_its_value(parts):
    x, n = split(parts)
    contained(rate(x, n, confidence=LEVELS))


@given(st.integers(2, 400), st.sampled_from(LEVELS))
def test_more_successes_never_lower_any_limit(n, level):
    found = proportion(np.arange(n + 1), n, confidence=level)
    for limit in (found.value, found.lower, found.upper):
        assert (np.diff(limit) >= -1e-12).all()


@given(st.integers(1, 200), st.integers(2, 50))
def test_more_people_at_the_same_share_never_widen_the_interval(x, times):
    found = proportion([x, x * times], [2 * x, 2 * x * times])
    assert np.diff(found.upper - found.lower)[0] < 0


@given(st.integers(0, 3000))
def test_more_events_never_lower_a_limit_of_a_count(x):
    # also over the step from exact to Byar at ten
    found = rate([x, x + 1], 1, confidence=LEVELS)
    assert (np.diff(found.lower) >= 0).all()
    assert (np.diff(found.upper) > 0).all()


@given(VALUES, LABELS)
def test_every_interval_of_a_mean_holds_it(values, labels):
    found = mean(values, groups=labels[: len(values)], confidence=LEVELS)
    contained(found)


@given(PARTS, LABELS, st.randoms(use_true_random=False))
def test_a_group_is_the_sum_of_its_members_in_any_order(parts, labels, shuffled):
    x, n = split(parts)
    labels = np.array(labels[: len(x)])
    found = proportion(x, n, groups=labels)
    for i, label in enumerate(found.groups):
        alone = proportion(x[labels == label].sum(), n[labels == label].sum())
        np.testing.assert_array_equal(found.value[i], alone.value)
        np.testing.assert_array_equal(found.lower[i], alone.lower)
        assert found.reason[i] == str(alone.reason)
    order = list(range(len(x)))
    shuffled.shuffle(order)
    again = proportion(x[order], n[order], groups=labels[order])
    np.testing.assert_array_equal(found.value, again.value)
    np.testing.assert_array_equal(found.upper, again.upper)


@given(PARTS, LABELS, st.randoms(use_true_random=False))
def test_the_order_of_strata_does_not_matter(parts, labels, shuffled):
    x, n = split(parts)
    labels = np.array(labels[: len(x)])
    weight = 1.0 + np.arange(len(x)) % 7
    order = list(range(len(x)))
    shuffled.shuffle(order)
    for standardised in (
        lambda o: directly_standardised_rate(x[o], n[o], weight[o], groups=labels[o], confidence=LEVELS),
        lambda o: indirectly_standardised_ratio(
            x[o], n[o], weight[o], 50 + weight[o], groups=labels[o], confidence=LEVELS
        ),
    ):
        found, again = standardised(np.arange(len(x))), standardised(np.array(order))
        contained(found)
        np.testing.assert_array_equal(found.reason, again.reason)
        np.testing.assert_allclose(found.value, again.value, rtol=1e-9)
        np.testing.assert_allclose(found.lower, again.lower, rtol=1e-7, atol=1e-9)


@given(PARTS, st.integers(0, 39))
def test_a_missing_group_changes_no_other(parts, gap):
    x, n = split(parts)
    gap %= len(x)
    holed = x.copy()
    holed[gap] = np.nan
    whole, found = proportion(x, n), proportion(holed, n)
    rest = np.arange(len(x)) != gap
    np.testing.assert_array_equal(whole.lower[rest], found.lower[rest])
    assert not found.available[gap]


@given(PARTS)
def test_a_multiplier_is_only_a_unit(parts):
    x, n = split(parts)
    share, per_cent = proportion(x, n), proportion(x, n, multiplier=100)
    np.testing.assert_allclose(100 * share.upper, per_cent.upper)
    share, per_cent = funnel_limits(x, n), funnel_limits(x, n, multiplier=100)
    np.testing.assert_array_equal(share.position, per_cent.position)


@given(VALUES, st.integers(2, 10))
def test_quantiles_follow_the_order_of_the_values(values, number):
    found = quantiles(values, number)
    if len(values) < number:
        assert not found.available.any()
        return
    order = np.argsort(values)
    assert (np.diff(found.value[order]) <= 0).all()
    assert found.value.min() == 1
    assert found.value.max() <= number


@given(GAPS, st.sampled_from(["increase", "decrease", "neutral"]))
def test_a_chart_turned_over_says_the_same_of_the_other_direction(values, improvement):
    other = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}[improvement]
    given_values = np.array([np.nan if v is None else v for v in values])
    chart, turned = xmr(given_values, improvement=improvement), xmr(-given_values, improvement=other)
    np.testing.assert_allclose(chart.lower, -turned.upper)
    swap = {"special cause: high": "special cause: low", "special cause: low": "special cause: high"}
    expected = [swap.get(str(point), str(point)) for point in turned.point]
    assert [str(point) for point in chart.point] == expected


@given(GAPS)
def test_missing_points_are_neither_zero_nor_a_signal(values):
    chart = xmr([np.nan if v is None else v for v in values], improvement="increase")
    for i, value in enumerate(values):
        if value is None:
            assert not chart.available[i]
            assert chart.point[i] == ""
            assert not (chart.outside[i] or chart.shift[i] or chart.trend[i] or chart.two_of_three[i])


@given(PARTS, LABELS)
def test_charts_of_several_series_are_those_of_each(parts, labels):
    x, n = split(parts)
    labels = np.array(labels[: len(x)])
    together = p_chart(x, n, improvement="increase", groups=labels, primed=True)
    for i, label in enumerate(together.groups):
        rows = labels == label
        alone = p_chart(x[rows], n[rows], improvement="increase", primed=True)
        np.testing.assert_allclose(together.upper[rows], alone.upper)
        np.testing.assert_array_equal(together.point[rows], alone.point)
        assert together.variation[i] == str(alone.variation)


@given(st.lists(st.integers(0, 100), min_size=5, max_size=12))
def test_a_trend_read_backwards_turns_round(x):
    last = x[-5:]
    there, back = proportion_trend(x, 100), proportion_trend(last[::-1], 100)
    turned = {"increasing": "decreasing", "decreasing": "increasing"}
    assert turned.get(str(there.marker), str(there.marker)) == str(back.marker)
