"""The four rules of Making Data Count, each on a series made for it."""

import numpy as np
import pytest

from obc.domain.core.statistics.special_causes import special_causes


def found(off, *, limit=3.0, begins=()):
    off = np.array([np.nan if x is None else x for x in off], dtype=float)
    level = np.zeros(len(off))
    start = np.zeros(len(off), dtype=bool)
    start[[0, *begins] if len(off) else []] = True
    return special_causes(off, level, level - limit, level + limit, np.full(len(off), limit * 2 / 3), start)


def at(flags):
    return np.flatnonzero(flags).tolist()


def test_outside_is_strictly_beyond_a_limit():
    assert at(found([3.0, 3.1, -3.0, -3.1, None]).outside) == [1, 3]


@pytest.mark.parametrize(
    ("off", "marked"),
    [
        ([1] * 6, []),
        ([1] * 7, list(range(7))),
        ([-1] * 8, list(range(8))),
        ([-1, *[1] * 7, -1], list(range(1, 8))),
        ([1, 1, 1, 0, 1, 1, 1, 1], []),  # a point on the mean ends the run
        ([1, 1, 1, None, 1, 1, 1, 1], []),  # a gap ends it
        ([1, 1, 1, 1, -1, 1, 1, 1], []),
    ],
)
def test_seven_on_one_side_of_the_mean(off, marked):
    assert at(found(off).shift) == marked


@pytest.mark.parametrize(
    ("off", "marked"),
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 7], list(range(7))),
        ([7, 6, 5, 4, 3, 2, 1, 0], list(range(8))),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], list(range(1, 8))),
        ([1, 2, 3, 3, 4, 5, 6, 7], []),  # a tie ends the trend
        ([1, 2, 3, None, 4, 5, 6, 7, 8], []),
    ],
)
def test_seven_rising_or_falling(off, marked):
    assert at(found(off, limit=100).trend) == marked


def test_a_trend_knows_its_direction():
    assert found(range(7), limit=100).direction.tolist() == [1] * 7
    assert found(range(0, -7, -1), limit=100).direction.tolist() == [-1] * 7


@pytest.mark.parametrize(
    ("off", "marked"),
    [
        ([2.5, 2.5, 1], [0, 1]),
        ([2.5, 1, 2.5], [0, 2]),  # the one between is not near, so not marked
        ([1, -2.5, -2.5], []),  # all three must be on one side
        ([-2.5, -0.1, -2.5], [0, 2]),
        ([2.5, 1, 1, 2.5], []),
        ([2.5, 3.5, 1], []),  # beyond the limit is another rule's
        ([2.5, 2.5], []),
        ([2.5, 2.5, None], []),
        ([1, 2.5, 2.5, 1, 2.5], [1, 2, 4]),
    ],
)
def test_two_of_three_near_a_limit(off, marked):
    assert at(found(off).two_of_three) == marked


def test_a_new_section_ends_every_run():
    assert at(found([1] * 8, begins=[4]).shift) == []
    assert at(found(range(8), limit=100, begins=[4]).trend) == []
    assert at(found([1, 2.5, 2.5], begins=[2]).two_of_three) == []


def test_no_points_no_signals():
    assert found([]).any.tolist() == []
