"""What a ballot gives to each outcome: the share of the others that it stands above."""

import pytest

from obc.domain.core.statistics.borda import borda


def test_three_ballots_by_hand():
    # of three outcomes the first stands above 2 of 2, the second above 1, the third above none
    ballots = [
        [1, 2, 3],  # a, b, c: 2, 1, 0
        [1, 3, 2],  # a, c, b: 2, 0, 1
        [0, 1, 0],  # b alone: a and c share what is left, 1/2 each; b 2
    ]
    shares = borda(ballots)
    assert (shares * 2).tolist() == [[2, 1, 0], [2, 0, 1], [0.5, 2, 0.5]]
    assert shares.mean(axis=0) == pytest.approx([4.5 / 6, 3 / 6, 1.5 / 6])


def test_who_ranks_few_gives_no_less_than_who_ranks_all():
    assert borda([[1, 2, 3, 4], [1, 0, 0, 0]]).sum(axis=1) == pytest.approx([2, 2])


def test_who_stands_first_on_every_ballot_stands_above_all():
    assert borda([[1, 2, 3], [1, 0, 0]]).mean(axis=0)[0] == 1
