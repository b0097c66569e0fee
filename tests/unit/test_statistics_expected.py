"""Observed over expected, its funnel, and directly standardised proportions: worked by hand, and at the edges."""

from math import sqrt

import numpy as np
import pytest

from obc.domain.core.statistics import (
    Reason,
    directly_standardised_proportion,
    expected_funnel,
    observed_over_expected,
    proportion,
)


def test_equal_chances_give_wilsons_interval_over_the_expected_share():
    # 60 of 100, each with a chance of one half: 60/50; variance 100 · ½ · ½
    found = observed_over_expected([60], [100], [50], [25])
    plain = proportion([60], [100])
    np.testing.assert_allclose(found.value, [1.2])
    np.testing.assert_allclose([found.lower, found.upper], [plain.lower / 0.5, plain.upper / 0.5])


def test_differing_chances_vary_less():
    # 50 with a chance of 0.9 and 50 with 0.1: variance 100 · 0.09 = 9, not 25
    alike, differing = (observed_over_expected([60], [100], [50], [v]) for v in (25, 9))
    assert alike.lower < differing.lower < 1.2 < differing.upper < alike.upper


def test_the_funnel_by_hand():
    # 1 ± 1.96 · √9 / 50
    found = expected_funnel([57], [100], [50], [9], confidence=(0.95, 0.998))
    np.testing.assert_allclose(found.lower[0], 1 - 1.959963984540054 * 3 / 50)
    np.testing.assert_allclose(found.upper[0], 1 + 1.959963984540054 * 3 / 50)
    assert found.position.tolist() == [1]
    np.testing.assert_allclose(found.value, [57 / 50])


def test_a_point_lies_outside_just_where_its_interval_leaves_out_1():
    observed = np.arange(0, 101)
    for expected, variance in ((50, 25), (50, 9), (92, 6), (3, 2.5)):
        size, e, v = (np.full(101, float(a)) for a in (100, expected, variance))
        held = observed_over_expected(observed, size, e, v)
        placed = expected_funnel(observed, size, e, v, confidence=(0.95,))
        outside = (held.lower > 1) | (held.upper < 1)
        assert outside.tolist() == (placed.position != 0).tolist()
        assert outside.any()
        assert not outside.all()


def test_a_funnel_ends_where_everybody_has_the_event():
    found = expected_funnel([10], [10], [9.5], [0.4])
    assert (found.upper <= 10 / 9.5).all()
    assert (found.lower >= 0).all()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((np.nan, 10, 5, 2), Reason.NUMERATOR_MISSING),
        ((1, np.nan, 5, 2), Reason.DENOMINATOR_MISSING),
        ((1, 10, np.nan, 2), Reason.REFERENCE_MISSING),
        ((-1, 10, 5, 2), Reason.NEGATIVE),
        ((11, 10, 5, 2), Reason.ABOVE_DENOMINATOR),
        ((0, 0, 0, 0), Reason.DENOMINATOR_ZERO),
        ((0, 10, 0, 0), Reason.NOTHING_EXPECTED),
        ((10, 10, 10, 0), Reason.ALL_EXPECTED),
    ],
)
def test_what_cannot_be_told_says_why_and_stops_nobody(row, reason):
    columns = list(zip(row, (5, 10, 5, 2), strict=True))
    found = observed_over_expected(*columns)
    assert (found.reason[0], found.reason[1]) == (reason, "")
    assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert found.value[1] == 1
    assert np.isnan(expected_funnel(*columns).value[0])


def test_a_standardised_share_by_hand():
    # young 9 of 10, old 20 of 100, standard half and half: (0.9 + 0.2) / 2; crude 29 of 110
    found = directly_standardised_proportion([9, 20], [10, 100], [1, 1])
    variance = 0.25 * (0.9 * 0.1 / 10 + 0.2 * 0.8 / 100)
    assert found.value == pytest.approx(0.55)
    effective = 0.55 * 0.45 / variance
    z = 1.959963984540054
    centre = (0.55 + z * z / (2 * effective)) / (1 + z * z / effective)
    reach = z * sqrt(0.55 * 0.45 / effective + z * z / (4 * effective**2)) / (1 + z * z / effective)
    np.testing.assert_allclose([found.lower, found.upper], [centre - reach, centre + reach])
    assert (found.numerator, found.denominator) == (29, 110)


def test_one_stratum_is_wilsons_interval_and_its_own_mix_changes_nothing():
    plain = proportion([7], [20])
    one = directly_standardised_proportion([7], [20], [5])
    np.testing.assert_allclose([one.value, one.lower, one.upper], np.ravel([plain.value, plain.lower, plain.upper]))
    own = directly_standardised_proportion([9, 20], [10, 100], [10, 100])
    assert own.value == pytest.approx(29 / 110)


def test_all_or_none_everywhere_still_has_an_interval():
    # (Σ w)² / Σ (w² / n) = 4 / (1/10 + 1/10) = 20
    found = directly_standardised_proportion([0, 0], [10, 10], [1, 1])
    assert (found.value, found.lower) == (0, 0)
    assert found.upper == pytest.approx(proportion([0], [20]).upper[0])


def test_a_group_with_an_empty_stratum_says_so_and_stops_nobody():
    found = directly_standardised_proportion([1, 0, 2, 3], [5, 0, 5, 5], [1, 1, 1, 1], groups=["a", "a", "b", "b"])
    assert found.reason.tolist() == [Reason.STRATUM_EMPTY, ""]
    assert found.value[1] == pytest.approx(0.5)
    assert directly_standardised_proportion([1, 0], [5, 0], [1, 0]).value == pytest.approx(0.2), "nobody counts there"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((np.nan, 5, 1), Reason.NUMERATOR_MISSING),
        ((1, np.nan, 1), Reason.DENOMINATOR_MISSING),
        ((1, 5, np.nan), Reason.REFERENCE_MISSING),
        ((1, 5, -1), Reason.NEGATIVE),
        ((6, 5, 1), Reason.ABOVE_DENOMINATOR),
        ((1, 5, 0), Reason.STANDARD_ZERO),
    ],
)
def test_a_standardised_share_that_cannot_be_told(row, reason):
    assert directly_standardised_proportion(*row).reason == reason


def test_groups_of_another_length_are_a_wrong_call():
    with pytest.raises(ValueError, match="give one a row"):
        directly_standardised_proportion([1, 2], [5, 5], [1, 1], groups=["a"])
