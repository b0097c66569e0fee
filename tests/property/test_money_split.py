"""Splits lose no penny."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.kernel.money import split
from obc.domain.core.kernel.rate import Ratios
from obc.domain.money.payment.split import minor

WEIGHTS = st.lists(st.integers(0, 10**6) | st.fractions(0, 1), min_size=1, max_size=20).filter(any)


@given(st.integers(-(10**14), 10**14), WEIGHTS)
def test_the_parts_add_up_and_none_is_a_whole_penny_off(amount, weights):
    parts = split(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    assert all(abs(part - Fraction(amount) * w / total) < 1 for part, w in zip(parts, weights, strict=True))
    assert split(-amount, weights) == tuple(-part for part in parts)


@given(st.integers(0, 10**9), WEIGHTS)
def test_no_weight_no_penny(amount, weights):
    assert all(part == 0 for part, w in zip(split(amount, weights), weights, strict=True) if w == 0)


def test_the_left_over_penny_goes_to_the_largest_remainder_then_to_the_first():
    assert split(100, [1, 1, 1]) == (34, 33, 33)
    assert split(100, [Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)]) == (17, 33, 50)
    assert split(-1, [1, 1]) == (-1, 0)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 5]])
def test_weights_that_cannot_share_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        split(1, weights)


def test_only_whole_pennies_are_shared():
    assert minor(Ratios.of(["1.01", "2"])).tolist() == [101, 200]
    with pytest.raises(AssertionError, match="rounded to the penny"):
        minor(Ratios.of(["1", "0.001"]))
