"""Moves: chances against simulated ones, published corrections, and what cannot be told."""

import numpy as np
import pytest

from obc.domain.core.statistics import (
    dispersion,
    either_way,
    holm,
    mean_rise,
    normal_rise,
    rate_rise,
    ratio_of_sums,
    share_rise,
    step_at,
    successive_dispersion,
)

RUNS = 20_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.mark.parametrize("level", [0.05, 0.005])
def test_at_the_margin_a_share_is_raised_as_often_as_the_level_says(rng, level):
    x0, x1 = rng.binomial(600, 0.20, RUNS), rng.binomial(500, 0.25, RUNS)
    assert (share_rise(x0, 600, x1, 500, margin=0.05) <= level).mean() == pytest.approx(level, rel=0.25)


@pytest.mark.parametrize("level", [0.05, 0.005])
def test_at_the_margin_a_rate_is_raised_at_most_as_often_as_the_level_says(rng, level):
    x0, x1 = rng.poisson(100, RUNS), rng.poisson(250, RUNS)
    found = (rate_rise(x0, 1, x1, 2, factor=1.25) <= level).mean()
    assert 0.5 * level < found <= level * 1.05


def test_at_the_margin_a_mean_is_raised_as_often_as_the_level_says(rng):
    before, now = rng.normal(10, 4, (RUNS, 40)), rng.normal(10.5, 2, (RUNS, 90))
    sides = [(side.sum(1), (side**2).sum(1), side.shape[1]) for side in (before, now)]
    assert (mean_rise(*sides, margin=0.5) <= 0.05).mean() == pytest.approx(0.05, rel=0.15)


def test_events_in_clumps_are_raised_as_rarely_once_their_dispersion_is_known(rng):
    clumps = 4
    x0, x1 = rng.poisson(100, RUNS) * clumps, rng.poisson(100, RUNS) * clumps
    assert (rate_rise(x0, 1, x1, 1, factor=1) <= 0.01).mean() > 0.08
    assert (rate_rise(x0, 1, x1, 1, factor=1, dispersion=clumps) <= 0.01).mean() <= 0.012


def test_the_error_of_a_ratio_of_sums_is_that_of_many_draws(rng):
    days = rng.integers(10, 366, (4_000, 200)).astype(float)
    spend = days * rng.gamma(2, 50, days.shape)
    found = [s.sum(1) for s in (spend, days, spend**2, days**2, spend * days)]
    ratio, error = ratio_of_sums(*found, 200)
    assert np.log(ratio).std() == pytest.approx(error.mean(), rel=0.05)
    assert ratio.mean() == pytest.approx(100, rel=0.01)


def test_a_step_at_a_limit_is_told_from_a_slope(rng):
    slope, step = step_at([100, 120, 144], [83, 69, 58])
    assert step > 0 and abs(slope) < 2 * step
    steep, error = step_at([150, 120, 144], [33, 69, 58])
    assert steep / error > 4
    drawn = [step_at(rng.poisson([100, 120, 144]), rng.poisson([83, 69, 58])) for _ in range(3_000)]
    sizes = np.array([one / error for one, error in drawn])
    assert sizes.std() == pytest.approx(1, abs=0.06) and sizes.mean() == pytest.approx(0, abs=0.1)


def test_holm_as_published_step_by_step():
    """Three chances: the least times 3, the next times 2, the last as it is, never falling (Holm 1979)."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    found = holm([0.5, np.nan, 0.001])
    assert found[2] == pytest.approx(0.002) and np.isnan(found[1]) and found[0] == 0.5


def test_dispersion_of_independent_counts_is_one_and_of_clumps_their_size(rng):
    counts = rng.poisson(50, 500)
    assert dispersion(counts, 50, np.full(500, 50.0), 1) == pytest.approx(1, abs=0.12)
    assert dispersion(counts * 3, 150, np.full(500, 150.0), 1) == pytest.approx(3, rel=0.12)
    assert dispersion([5], [5], [5], 1) == 1.0


def test_a_stop_hardly_moves_the_successive_dispersion(rng):
    course = np.concatenate((rng.poisson(100, 18), np.zeros(6)))
    assert successive_dispersion(course) < 4 < np.var(course) / np.mean(course)
    assert successive_dispersion(rng.poisson(100, 400) * 5) == pytest.approx(5, rel=0.3)
    assert successive_dispersion([0, 0]) == 1.0


def test_what_cannot_be_told_is_not_a_number():
    assert np.isnan(share_rise(1, 10, 5, 100, margin=0))
    assert np.isnan(rate_rise(0, 1, 0, 1, factor=1)) and np.isnan(rate_rise(3, 0, 1, 1, factor=1))
    assert np.isnan(mean_rise((10, 20, 5), (10, 20, 50), margin=0))
    assert np.isnan(normal_rise(1.0, 0.0, 0.0))
    assert np.isnan(ratio_of_sums(5, 5, 5, 5, 5, 1)[0])
    assert all(np.isnan(step_at([0, 4, 5], [0, 4, 5])))
    with pytest.raises(ValueError, match="three bins"):
        step_at([1, 2], [1, 2])


def test_either_way_doubles_the_smaller_and_never_passes_one():
    assert either_way([0.01, 0.9], [0.99, 0.8]) == pytest.approx([0.02, 1.0])
