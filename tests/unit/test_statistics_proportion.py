"""Proportions: published intervals, the rules at the edges, and agreement with statsmodels."""

import csv
from decimal import Decimal

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from obc.domain.core.statistics import Reason, proportion

# Newcombe (1998), Statistics in Medicine 17: 857–872, table I, method 3 (score)
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("x", "n", "lower", "upper"), NEWCOMBE)
def test_the_intervals_that_newcombe_printed(x, n, lower, upper):
    found = proportion(x, n)
    assert (round(float(found.lower), 4), round(float(found.upper), 4)) == (lower, upper)


def test_waits_under_four_weeks_in_england_july_to_september_2024():
    # NHS England, Mental Health Services Data Set: 1,148 of 13,706 clock stops within four weeks
    found = proportion(1148, 13706, multiplier=100)
    assert [round(float(a), 2) for a in (found.value, found.lower, found.upper)] == [8.38, 7.92, 8.85]


def test_the_same_from_the_published_file(data_file):
    with data_file("mhsds_four_week_waits_2024_q2.csv").open() as file:
        england = {
            row["MEASURE_ID"]: row["MEASURE_VALUE"]
            for row in csv.DictReader(file)
            if row["BREAKDOWN"] == "England" and row["SECONDARY_LEVEL"] == "NONE"
        }
    found = proportion(float(england["MRS01a"]), float(england["MRS01"]), multiplier=100)
    assert round(float(found.value), 2) == 8.38


def test_agrees_with_statsmodels_everywhere():
    n = np.repeat(np.arange(1, 41), 41)
    x = np.minimum(np.tile(np.arange(41), 40), n)
    found = proportion(x, n, confidence=(0.95, 0.998))
    for level, lower, upper in zip((0.95, 0.998), found.lower, found.upper, strict=True):
        theirs = proportion_confint(x, n, alpha=1 - level, method="wilson")
        np.testing.assert_allclose((lower, upper), theirs, atol=1e-12)


def test_none_and_all_have_limits_at_the_very_ends():
    found = proportion([0, 7], [7, 7], confidence=(0.95, 0.998))
    assert found.lower[:, 0].tolist() == [0, 0]
    assert found.upper[:, 1].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("x", "n", "reason"),
    [
        (None, 5, Reason.NUMERATOR_MISSING),
        (3, None, Reason.DENOMINATOR_MISSING),
        (0, 0, Reason.DENOMINATOR_ZERO),
        (6, 5, Reason.ABOVE_DENOMINATOR),
        (-1, 5, Reason.NEGATIVE),
        (0, -5, Reason.NEGATIVE),
        (float("inf"), 5, Reason.NUMERATOR_MISSING),
    ],
)
def test_what_cannot_be_computed_says_why_and_leaves_the_rest_alone(x, n, reason):
    found = proportion([x, 2], [n, 4])
    assert found.reason.tolist() == [reason, ""]
    assert found.available.tolist() == [False, True]
    assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert found.value[1] == 0.5


def test_groups_are_summed_first_and_come_sorted():
    found = proportion([1, 2, 3], [10, 10, 10], groups=["south", "north", "south"])
    assert found.groups.tolist() == ["north", "south"]
    assert found.numerator.tolist() == [2, 4]
    assert found.denominator.tolist() == [10, 20]
    np.testing.assert_allclose(found.value, [0.2, 0.2])
    assert found.upper[1] < found.upper[0]


def test_one_wrong_member_makes_its_group_not_available():
    found = proportion([1, None, 3, 9, 5], [10, 10, 0, 8, 9], groups=[1, 1, 2, 3, 3])
    assert found.reason.tolist() == [
        Reason.NUMERATOR_MISSING,
        Reason.ABOVE_DENOMINATOR,  # 3 of 0, though it would disappear in a sum
        Reason.ABOVE_DENOMINATOR,  # 14 of 17 hides a 9 of 8
    ]


def test_an_empty_member_adds_nothing():
    found = proportion([0, 4], [0, 8], groups=[1, 1])
    assert found.value.tolist() == [0.5]


def test_scalars_and_decimals_give_arrays_without_dimensions():
    found = proportion(Decimal(3), Decimal(4), multiplier=100)
    assert found.value.shape == found.reason.shape == ()
    assert float(found.value) == 75
    assert f"{found.value:.1f}" == "75.0"
    assert str(found.reason) == ""
    assert str(found.method) == "Wilson"


def test_one_denominator_serves_all_rows():
    assert proportion([1, 0, 1], 1, groups=["a", "a", "a"]).denominator.tolist() == [3]
    assert proportion([1, 2], 4).value.tolist() == [0.25, 0.5]


def test_nothing_in_nothing_out():
    assert proportion([], [], groups=[]).value.shape == (0,)


@pytest.mark.parametrize("confidence", [95, 0, 1, -0.5, (0.95, 99.8), ()])
def test_a_confidence_that_is_no_share_is_refused(confidence):
    with pytest.raises(ValueError, match=r"0\.95 for 95 %"):
        proportion(1, 2, confidence=confidence)


def test_a_multiplier_must_be_above_zero():
    with pytest.raises(ValueError, match="multiplier is 0"):
        proportion(1, 2, multiplier=0)
