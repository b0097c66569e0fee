"""The XmR chart: published charts, sections, assurance and the rules at the edges."""

import numpy as np
import pytest

from obc.domain.core.statistics import Assurance, Reason, Variation, xmr

# Montgomery, Introduction to Statistical Quality Control, chapter 6: the cost of processing 20 loans
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]


def test_montgomery_s_loan_costs():
    # the book: centre 300.5, mean moving range 7.79, limits 279.78 and 321.22, all in control
    found = xmr(LOANS, improvement="decrease")
    assert [round(float(a[0]), 2) for a in (found.centre, found.lower, found.upper)] == [300.5, 279.78, 321.22]
    assert set(found.point) == {Variation.COMMON_CAUSE}
    assert str(found.variation) == Variation.COMMON_CAUSE
    assert not found.short.any()


def test_a_wild_point_does_not_widen_the_limits():
    # the example of NHSRplotthedots (vignette "deviations"): ranges of 8 and 9 are screened, all others are 1
    found = xmr([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], improvement="decrease")
    np.testing.assert_allclose((found.lower[0], found.upper[0]), (35 / 18 - 2.66, 35 / 18 + 2.66))
    assert np.flatnonzero(found.outside).tolist() == [4]
    assert found.point[4] == Variation.CONCERN


def test_near_limits_are_two_thirds_of_the_way():
    found = xmr(LOANS, improvement="decrease")
    np.testing.assert_allclose(found.near_upper - found.centre, (found.upper - found.centre) * 2 / 3)
    np.testing.assert_allclose(found.near_lower - found.centre, (found.lower - found.centre) * 2 / 3)


@pytest.mark.parametrize(
    ("improvement", "high", "low"),
    [
        ("increase", Variation.IMPROVEMENT, Variation.CONCERN),
        ("decrease", Variation.CONCERN, Variation.IMPROVEMENT),
        ("neutral", Variation.HIGH, Variation.LOW),
    ],
)
def test_a_special_cause_has_the_meaning_of_its_direction(improvement, high, low):
    steady = [10, 11, 10, 9, 10, 11, 9, 10, 11, 10, 9, 10]
    found = xmr([30, *steady, -10], improvement=improvement)
    assert (found.point[0], found.point[-1]) == (high, low)
    assert str(found.variation) == low


def test_a_trend_on_the_mean_is_judged_by_its_direction():
    found = xmr([1, 2, 3, 4, 5, 6, 7], improvement="increase")
    assert found.centre[3] == 4
    assert found.point.tolist() == [Variation.CONCERN] * 3 + [Variation.IMPROVEMENT] * 4


@pytest.mark.parametrize(
    ("improvement", "target", "expected"),
    [
        ("increase", 330, Assurance.FAIL),
        ("increase", 270, Assurance.PASS),
        ("decrease", 330, Assurance.PASS),
        ("decrease", 270, Assurance.FAIL),
        ("increase", 300, Assurance.HIT_AND_MISS),
        ("neutral", 330, ""),
        ("increase", None, ""),
    ],
)
def test_assurance(improvement, target, expected):
    assert str(xmr(LOANS, improvement=improvement, target=target).assurance) == expected


def test_a_target_on_the_limit_is_hit_and_missed():
    upper = float(xmr(LOANS, improvement="increase").upper[0])
    assert str(xmr(LOANS, improvement="increase", target=upper).assurance) == Assurance.HIT_AND_MISS


@pytest.mark.parametrize("level", [0.1, 7.3, 1e9, 0.0, -3.3])
def test_a_constant_series_has_limits_on_its_mean_and_no_special_cause(level):
    found = xmr([level] * 20, improvement="increase", target=level)
    assert set(found.lower) == set(found.upper) == {level}
    assert set(found.point) == {Variation.COMMON_CAUSE}
    assert found.available.all()
    assert str(found.assurance) == Assurance.HIT_AND_MISS


def test_the_baseline_fixes_the_limits():
    found = xmr([*LOANS, 400, 410], improvement="decrease", baseline_points=20)
    assert round(float(found.upper[-1]), 2) == 321.22
    assert found.outside.tolist() == [False] * 20 + [True] * 2


def test_a_baseline_of_its_first_points_ignores_later_gaps_and_values():
    found = xmr([10, 12, 10, 12, 90, None, 95], improvement="increase", baseline_points=4)
    assert found.centre[0] == 11
    np.testing.assert_allclose(found.upper[-1], 11 + 2.66 * 2)


def test_rebasing_starts_mean_and_rules_anew():
    found = xmr([*LOANS, *(x + 50 for x in LOANS)], improvement="decrease", rebase=[20])
    assert found.centre[[0, -1]].tolist() == [300.5, 350.5]
    assert set(found.point) == {Variation.COMMON_CAUSE}
    whole = xmr([*LOANS, *(x + 50 for x in LOANS)], improvement="decrease")
    assert str(whole.variation) == Variation.CONCERN


def test_a_new_section_speaks_for_the_series_once_it_has_limits():
    found = xmr([*LOANS, 999], improvement="decrease", rebase=[20], target=330)
    assert (str(found.variation), str(found.assurance)) == ("", "")
    assert found.reason[-1] == Reason.FEW_POINTS


def test_fewer_than_thirteen_points_are_marked_as_short():
    found = xmr(LOANS, improvement="decrease", rebase=[13])
    assert found.short.tolist() == [False] * 13 + [True] * 7


def test_a_baseline_of_twelve_is_long_enough_in_a_long_section():
    assert not xmr(LOANS, improvement="decrease", baseline_points=12).short.any()
    assert xmr(LOANS, improvement="decrease", baseline_points=11).short.all()


def test_a_missing_value_stays_a_gap():
    found = xmr([10, 12, None, 10, 12], improvement="increase")
    assert found.reason.tolist() == ["", "", Reason.VALUE_MISSING, "", ""]
    assert found.point[2] == ""
    assert found.centre[0] == 11
    np.testing.assert_allclose(found.upper, 11 + 2.66 * 2)  # the ranges beside the gap are not counted


def test_the_last_measured_point_speaks_for_the_series():
    found = xmr([*LOANS, 400, None], improvement="decrease", baseline_points=20)
    assert str(found.variation) == Variation.CONCERN


def test_one_value_has_no_limits_but_keeps_its_place():
    found = xmr([5], improvement="increase")
    assert (found.centre[0], found.reason[0]) == (5, Reason.FEW_POINTS)
    assert np.isnan(found.lower[0])
    assert str(found.variation) == ""


def test_nothing_measured_says_so():
    found = xmr([None, None], improvement="increase")
    assert found.reason.tolist() == [Reason.VALUE_MISSING] * 2


def test_series_by_group_are_as_if_alone_wherever_their_rows_stand():
    mixed = np.column_stack([LOANS, np.array(LOANS) * 2 + 500]).ravel()
    found = xmr(mixed, improvement="decrease", groups=["a", "b"] * 20, target=330)
    alone = xmr(np.array(LOANS) * 2 + 500, improvement="decrease", target=330)
    assert found.groups.tolist() == ["a", "b"]
    np.testing.assert_allclose(found.upper[1::2], alone.upper)
    np.testing.assert_array_equal(found.point[1::2], alone.point)
    assert found.assurance.tolist() == [Assurance.PASS, Assurance.FAIL]
    assert found.variation.tolist() == [Variation.COMMON_CAUSE] * 2


@pytest.mark.parametrize(
    ("values", "others", "message"),
    [
        ([], {}, "no points"),
        ([1, 2], {"improvement": "up"}, "increase, decrease or neutral"),
        ([1, 2], {"rebase": [2]}, "rows from 0 to 1"),
        ([1, 2], {"baseline_points": 1}, "two or more"),
        ([1, 2], {"groups": ["a"]}, "give one a row"),
    ],
)
def test_a_call_without_sense_is_refused(values, others, message):
    with pytest.raises(ValueError, match=message):
        xmr(values, **{"improvement": "increase", **others})
