"""Quantiles: the rule of Fingertips, ties and gaps."""

from math import ceil, floor

import numpy as np
import pytest

from obc.domain.core.statistics import Reason, quantiles


def by_the_rule(values, number):
    """The rule as the reference states it: rank with ties at their lowest; q = floor(Q + 1 − ceil(…)), 0 → 1."""
    ranks = [sum(other > value for other in values) + 1 for value in values]  # highest first
    n = len(values)
    return [max(1, floor(number + 1 - ceil((n + 1 - rank) * number / n))) for rank in ranks]


@pytest.mark.parametrize("number", [2, 4, 5, 10])
@pytest.mark.parametrize("n", [10, 11, 13, 19, 30, 151])
def test_the_rule_of_fingertips(n, number):
    values = np.random.default_rng(n).integers(0, 40, n)
    assert quantiles(values, number).value.tolist() == by_the_rule(values.tolist(), number)


def test_equal_parts_of_distinct_values():
    assert quantiles(range(10), 5).value.tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert quantiles(range(10), 5, highest_first=False).value.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_all_equal_fall_into_the_first_part():
    assert quantiles([7] * 12, 4).value.tolist() == [1] * 12


def test_missing_values_are_not_ranked():
    found = quantiles([4, None, 3, 2, 1], 4)
    assert found.reason.tolist() == ["", Reason.VALUE_MISSING, "", "", ""]
    assert found.value[[0, 2, 3, 4]].tolist() == [1, 2, 3, 4]
    assert found.available.tolist() == [True, False, True, True, True]


def test_each_group_is_ranked_alone_and_a_small_one_stops_no_other():
    found = quantiles([1, 10, 2, 20, 3, 5], 3, groups=["a", "b", "a", "b", "a", "b"])
    assert found.value.tolist() == [3, 2, 2, 1, 1, 3]
    found = quantiles([1, 10, 2, 3], 3, groups=["a", "b", "a", "a"])
    assert found.reason.tolist() == ["", Reason.FEWER_THAN_PARTS, "", ""]


def test_a_call_without_sense_is_refused():
    with pytest.raises(ValueError, match="two or more"):
        quantiles([1, 2], 1)
    with pytest.raises(ValueError, match="give one a row"):
        quantiles([1, 2], 2, groups=[1])
