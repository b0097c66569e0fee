"""Splits lose no penny."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from obc.domain.core.kernel.money import split
from obc.domain.core.kernel.rate import Ratios
from obc.domain.money.payment.split import minor, portions

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


SHARES = [Fraction(1, 3), Fraction(333, 1000), Fraction(1) - Fraction(1, 3) - Fraction(333, 1000)]
HUGE = 10**17 + 1


@given(st.lists(st.integers(-(10**17), 10**17), min_size=1, max_size=5), WEIGHTS)
@example([1, HUGE], SHARES)
@example([-HUGE, 0], SHARES)
@example([2**62], [1])
def test_many_amounts_are_shared_as_each_alone(amounts, weights):
    """Also where a product would not fit into 64 bits: the penny is as safe as with Python's own integers."""
    columns = portions(np.array(amounts, dtype=np.int64), np.array([1]), lambda year: [Fraction(w) for w in weights])
    assert [tuple(row) for row in zip(*(column.tolist() for column in columns), strict=True)] == [
        split(amount, weights) for amount in amounts
    ]


def test_no_amount_no_parts():
    columns = portions(np.array([], dtype=np.int64), np.array([], dtype=np.int64), lambda year: SHARES)
    assert [column.tolist() for column in columns] == [[], [], []]


def test_each_amount_is_shared_by_the_weights_of_its_year():
    by_year = {1: [Fraction(1), Fraction(0)], 2: [Fraction(1, 4), Fraction(3, 4)]}
    first, second = portions(np.array([8, 8, 4]), np.array([2, 1, 2]), by_year.__getitem__)
    assert (first.tolist(), second.tolist()) == ([2, 8, 1], [6, 0, 3])


def test_only_whole_pennies_are_shared():
    assert minor(Ratios.of(["1.01", "2"])).tolist() == [101, 200]
    with pytest.raises(AssertionError, match="rounded to the penny"):
        minor(Ratios.of(["1", "0.001"]))
