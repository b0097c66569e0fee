"""What each outcome is worth, from who preferred which of two: Bradley–Terry."""

import pytest

from obc.domain.core.statistics.borda import preferred_pairs
from obc.domain.core.statistics.bradley_terry import bradley_terry


def test_preferred_three_times_of_four_is_worth_three_quarters():
    assert bradley_terry([[0, 3], [1, 0]]) == pytest.approx([3 / 4, 1 / 4])


def test_worths_of_one_two_and_four_by_hand():
    # a is preferred to b 1 time of 3, to c 1 of 5; b to c 2 of 6: just what worths of 1, 2 and 4 lead one to expect
    assert bradley_terry([[0, 1, 1], [2, 0, 2], [4, 4, 0]]) == pytest.approx([1 / 7, 2 / 7, 4 / 7])


def test_in_a_circle_all_are_worth_the_same():
    assert bradley_terry([[0, 2, 1], [1, 0, 2], [2, 1, 0]]) == pytest.approx([1 / 3] * 3)


def test_a_ballot_says_nothing_of_two_that_it_leaves_out():
    assert preferred_pairs([[1, 0, 0]])[0].tolist() == [[0, 1, 1], [0, 0, 0], [0, 0, 0]]
