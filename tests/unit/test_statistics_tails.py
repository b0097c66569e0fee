"""Tails: exact chances of counts and means, their inverses, and how many it takes."""

import math

import numpy as np
import pytest
from scipy.stats import binom, poisson, t

from obc.domain.core.statistics import (
    binomial_at_least,
    binomial_at_most,
    binomial_share,
    poisson_at_least,
    poisson_at_most,
    poisson_expected_at_least,
    poisson_expected_at_most,
    sound_binomial_size,
    sound_mean_size,
    sound_poisson_events,
    student_above,
    student_reach,
)
from obc.domain.core.statistics.sound_size import MOST


def test_the_binomial_tails_are_those_of_scipy():
    k, n = np.arange(-1, 43), 41
    np.testing.assert_allclose(binomial_at_least(k, n, 0.3), binom.sf(k - 1, n, 0.3), atol=1e-14)
    np.testing.assert_allclose(binomial_at_most(k, n, 0.3), binom.cdf(k, n, 0.3), atol=1e-14)


def test_the_poisson_tails_are_those_of_scipy():
    k = np.arange(-1, 40)
    np.testing.assert_allclose(poisson_at_least(k, 7.5), poisson.sf(k - 1, 7.5), atol=1e-14)
    np.testing.assert_allclose(poisson_at_most(k, 7.5), poisson.cdf(k, 7.5), atol=1e-14)


def test_a_mean_follows_student():
    assert float(student_above(0.4, 3, 50)) == pytest.approx(t.sf(0.4 / (3 / math.sqrt(50)), 49))
    assert np.isnan(student_above(0.4, 3, 1))
    assert student_above([-1, 1], 0, 10).tolist() == [1, 0]


def test_inverses_undo_the_tails():
    for count, size in ((26, 40), (40, 40), (1, 7)):
        share = binomial_share(count, size, 0.8)
        assert float(binomial_at_least(count, size, share)) == pytest.approx(0.8)
    assert float(poisson_at_least(9, poisson_expected_at_least(9, 0.95))) == pytest.approx(0.95)
    assert float(poisson_at_most(9, poisson_expected_at_most(9, 0.95))) == pytest.approx(0.95)
    assert float(student_above(-student_reach(0.8, 3, 50), 3, 50)) == pytest.approx(0.8)


def test_what_is_always_reached_and_what_never_is():
    assert binomial_share([0, 8], 7, 0.8).tolist()[0] == 0
    assert np.isnan(binomial_share(8, 7, 0.8))
    assert float(poisson_expected_at_least(0, 0.8)) == 0
    assert np.isnan(poisson_expected_at_most(-1, 0.8))


@pytest.mark.parametrize(("true", "mark"), [(0.6, 0.65), (0.6, 0.55), (0.02, 0.03), (0.9, 0.95), (0.3, 0.29)])
def test_from_the_sound_size_on_chance_stays_within_and_just_before_it_does_not(true, mark):
    size = sound_binomial_size(true, mark, 0.05)
    n = np.arange(1, size * 3)
    if mark > true:
        chance = binom.sf(np.ceil(np.round(mark * n, 9)) - 1, n, true)
    else:
        chance = binom.cdf(np.floor(np.round(mark * n, 9)), n, true)
    assert (chance[n >= size] <= 0.05).all()
    assert chance[size - 2] > 0.05


def test_all_or_none_of_them_is_sound_once_that_is_rare():
    assert sound_binomial_size(0.6, 1, 0.05) == 6  # 0.6 ** 6 = 4.7 %
    assert sound_binomial_size(0.6, 0, 0.05) == 4  # 0.4 ** 4 = 2.6 %
    assert sound_binomial_size(0.6, 1.1, 0.05) == 1


def test_no_size_is_sound_where_nothing_needs_to_change_or_too_little():
    assert sound_binomial_size(0.6, 0.6, 0.05) is None
    assert sound_binomial_size(1, 0.9, 0.05) is None
    assert sound_binomial_size(0.6, 0.6 + 1e-5, 0.05) is None
    assert sound_poisson_events(1, 0.05) is None
    assert sound_poisson_events(1 + 1e-5, 0.05) is None
    assert sound_mean_size(0, 1, 0.05) is None
    assert sound_mean_size(1e-5, 1, 0.05) is None and MOST < 1e5**2


@pytest.mark.parametrize("ratio", [1.1, 0.9, 0.5, 2])
def test_from_the_sound_number_of_events_on_chance_stays_within(ratio):
    sound = sound_poisson_events(ratio, 0.05)
    for expected in np.linspace(sound * 1.0001, sound * 3, 5_000):
        count = expected * ratio
        chance = poisson.sf(math.ceil(count) - 1, expected) if ratio > 1 else poisson.cdf(math.floor(count), expected)
        assert chance <= 0.05
    before = sound * (1 - 1e-9)
    count = before * ratio
    chance = poisson.sf(math.ceil(count) - 1, before) if ratio > 1 else poisson.cdf(math.floor(count), before)
    assert chance > 0.05


def test_no_event_at_all_is_sound_once_that_is_rare():
    assert sound_poisson_events(0, 0.05) == pytest.approx(-math.log(0.05))
    assert sound_poisson_events(-0.1, 0.05) == 0
    assert sound_poisson_events(50, 0.5) == 0  # fifty times as many is rare from the first event on


def test_a_mean_is_sound_from_its_size_on():
    size = sound_mean_size(0.4, 3, 0.05)
    assert float(student_above(0.4, 3, size)) <= 0.05 < float(student_above(0.4, 3, size - 1))
    assert sound_mean_size(0.4, 0, 0.05) == 2
