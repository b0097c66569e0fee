"""Orders from preferences: Borda by hand, Bradley–Terry against a published fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.statistics.borda import borda, preferred_pairs
from obc.domain.core.statistics.bradley_terry import bradley_terry

TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
# American League, eastern division, 1987: games won by the row's team against the column's. Agresti 2002, Categorical
# Data Analysis, 2nd edition, table 10.10; the fit with Baltimore at 0 is that of table 10.11.
WON = [
    [0, 7, 9, 7, 7, 9, 11],
    [6, 0, 7, 5, 11, 9, 9],
    [4, 6, 0, 7, 7, 8, 12],
    [6, 8, 6, 0, 6, 7, 10],
    [6, 2, 6, 7, 0, 7, 12],
    [4, 4, 5, 6, 6, 0, 6],
    [2, 4, 1, 3, 1, 7, 0],
]
PUBLISHED = [1.58, 1.44, 1.29, 1.25, 1.11, 0.68, 0]


def test_the_baseball_season_of_1987_comes_out_as_published():
    worth = bradley_terry(WON)
    assert np.log(worth / worth[-1]) == pytest.approx(PUBLISHED, abs=0.005)
    assert worth.sum() == pytest.approx(1)


def test_at_the_fit_each_wins_as_often_as_expected():
    # the likelihood equations: wins seen equal wins expected
    worth, won = bradley_terry(WON), np.asarray(WON)
    expected = ((won + won.T) * worth[:, None] / (worth[:, None] + worth[None, :])).sum(axis=1)
    assert expected == pytest.approx(won.sum(axis=1), abs=1e-6)


def test_two_options_are_worth_their_wins():
    assert bradley_terry([[0, 3], [1, 0]]) == pytest.approx([0.75, 0.25])


def test_without_a_maximum_there_is_no_answer_unless_comparisons_are_imagined():
    unbeaten = [[0, 3, 2], [0, 0, 1], [0, 1, 0]]
    assert np.isnan(bradley_terry(unbeaten)).all()
    worth = bradley_terry(unbeaten, imagined=1)
    assert np.isfinite(worth).all() and worth[0] > worth[1]


def test_sets_are_fitted_apart():
    both = bradley_terry([[[0, 3], [1, 0]], [[0, 1], [0, 0]], [[0, 1], [1, 0]]])
    assert both[0] == pytest.approx([0.75, 0.25]) and both[2] == pytest.approx([0.5, 0.5])
    assert np.isnan(both[1]).all()


@pytest.mark.parametrize("wrong", [[[0, 1]], [[0, -1], [1, 0]], [[0, np.nan], [1, 0]], [[0]], [1, 2]])
def test_wins_that_are_no_counts_are_refused(wrong):
    with pytest.raises(ValueError, match="give"):
        bradley_terry(wrong)


def test_what_a_ballot_leaves_out_shares_the_places_left():
    # four options: the first stands above 3 of 3; two left out stand above half of one another: 0.5 of 3 each
    assert borda([[1, 2, 0, 0]]) * 3 == pytest.approx(np.array([[3, 2, 0.5, 0.5]]))
    pairs = preferred_pairs([[1, 2, 0, 0]])[0]
    assert pairs.tolist() == [[0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("wrong", [[[1, 1, 2]], [[1, 3, 0]], [[0, 0, 0]], [1, 2], [[1]]])
def test_a_ballot_that_is_no_order_is_refused(wrong):
    with pytest.raises(ValueError, match="give"):
        borda(wrong)


@given(st.permutations(range(1, 6)), st.integers(1, 5))
def test_every_ballot_gives_the_same_in_all(order, ranked):
    ballot = [place if place <= ranked else 0 for place in order]
    assert borda([ballot]).sum() == pytest.approx(5 / 2)
    assert preferred_pairs([ballot]).sum() == ranked * (5 - ranked) + ranked * (ranked - 1) / 2


@given(st.lists(st.permutations(range(1, 5)), min_size=1, max_size=6))
def test_who_is_above_more_often_is_worth_more_by_both(ballots):
    # with complete ballots Bradley–Terry orders options by their wins, and so does Borda
    shares = borda(ballots).sum(axis=0)
    worth = bradley_terry(preferred_pairs(ballots).sum(axis=0), imagined=1)
    for i in range(4):
        for k in range(4):
            if shares[i] > shares[k] + 1e-9:
                assert worth[i] > worth[k]
