"""Overdispersed funnels: phi and tau squared against hand and statsmodels, both ways of trimming."""

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from obc.domain.core.statistics import Reason, funnel_limits, overdispersed_funnel

EXPECTED = np.array([60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 90, 110, 130, 170, 220, 270, 350, 450, 75, 95])
TIMES = [1.3, 0.7, 1.2, 0.8, 1.25, 0.85, 1.15, 0.8, 1.2, 0.9, 1.4, 0.6, 1.1, 0.95, 1.3, 0.75, 1.2, 0.85, 1.0, 2.5]
OBSERVED = np.round(EXPECTED * TIMES)


def shmi_by_hand(observed, expected):
    z = np.sqrt(expected) * np.log(observed / expected)
    ranks = z.argsort().argsort() + 1
    kept = (np.floor(ranks * 10 / (len(z) + 1)) > 0) & (np.floor(ranks * 10 / (len(z) + 1)) < 9)
    z, w = z[kept], expected[kept]
    tau_squared = (np.sum(z**2) - (len(z) - 1)) / (w.sum() - (w**2).sum() / w.sum())
    return np.mean(z**2), tau_squared


def test_shmi_cuts_the_tenths_off_and_widens_on_the_logarithm():
    found = overdispersed_funnel(OBSERVED, EXPECTED, method="SHMI")
    phi, tau_squared = shmi_by_hand(OBSERVED, EXPECTED)
    assert found.phi == pytest.approx(phi)
    assert found.tau_squared == pytest.approx(tau_squared)
    spread = np.sqrt(1 / EXPECTED + tau_squared)
    np.testing.assert_allclose(found.funnel.upper[1], np.exp(3.090232306 * spread))
    np.testing.assert_allclose(found.funnel.lower[0], np.exp(-1.959963985 * spread))
    np.testing.assert_allclose(found.z, np.log(OBSERVED / EXPECTED) / spread)
    assert found.widened


def test_cqc_draws_the_tenths_in_and_widens_on_the_square_root():
    found = overdispersed_funnel(OBSERVED, EXPECTED, method="CQC", multiplier=100)
    z = 2 * np.sqrt(EXPECTED) * (np.sqrt(OBSERVED / EXPECTED) - 1)
    low, high = np.sort(z)[[1, 2, 17, 18]] @ np.array([[0.1, 0.9, 0, 0], [0, 0, 0.9, 0.1]]).T
    drawn, w = np.clip(z, low, high), 4 * EXPECTED
    tau_squared = (np.sum(drawn**2) - 19) / (w.sum() - (w**2).sum() / w.sum())
    assert found.phi == pytest.approx(np.mean(drawn**2))
    assert found.tau_squared == pytest.approx(tau_squared)
    spread = np.sqrt(1 / w + tau_squared)
    np.testing.assert_allclose(found.funnel.upper[0], 100 * (1 + 1.959963985 * spread) ** 2)


def test_untrimmed_and_about_the_weighted_mean_it_is_der_simonian_and_laird():
    # the same estimator of the variance between units as in meta-analysis
    y = np.log(OBSERVED / EXPECTED)
    centre = float(np.exp(np.average(y, weights=EXPECTED)))
    theirs = combine_effects(y, 1 / (EXPECTED * centre), method_re="chi2")
    found = overdispersed_funnel(OBSERVED, EXPECTED, centre=centre, trim=0)
    assert found.tau_squared == pytest.approx(theirs.tau2)
    assert found.phi * len(y) == pytest.approx(theirs.q)


def test_proportions_by_the_arcsine():
    n = np.array([100.0] * 10)
    x = np.array([20, 80, 30, 70, 40, 60, 25, 75, 35, 65.0])
    found = overdispersed_funnel(x, n, method="CQC", measure="proportion", trim=0)
    z = (np.arcsin(np.sqrt(x / n)) - np.pi / 4) * 20
    assert found.phi == pytest.approx(np.mean(z**2))
    assert float(found.funnel.centre) == 0.5
    # all of one size, so tau² = (Σz² − 9) / (9 · 400)
    assert found.tau_squared == pytest.approx((np.sum(z**2) - 9) / 3600)
    reach = 1.959963985 * np.sqrt(1 / 400 + found.tau_squared)
    np.testing.assert_allclose(found.funnel.upper[0], np.sin(np.pi / 4 + reach) ** 2)
    assert found.funnel.position.tolist() == [0] * 10


def test_limits_of_proportions_end_at_none_and_all():
    x, n = np.array([1, 9, 1, 9, 2, 8]), np.full(6, 10)
    found = overdispersed_funnel(x, n, measure="proportion", trim=0)
    assert found.funnel.lower.min() == 0
    assert found.funnel.upper.max() == 1


def test_where_chance_explains_all_the_limits_are_the_exact_ones():
    expected = np.full(12, 100.0)
    observed = np.array([100, 101, 99, 102, 98, 100, 103, 97, 100, 101, 99, 100])
    found = overdispersed_funnel(observed, expected)
    assert (found.widened, found.tau_squared) == (False, 0)
    assert found.phi < 1
    np.testing.assert_array_equal(found.funnel.lower, funnel_limits(observed, expected, measure="ratio").lower)


def test_who_has_no_events_takes_no_part_in_phi_but_stands_in_the_funnel():
    found = overdispersed_funnel(np.append(OBSERVED, 0), np.append(EXPECTED, 40.0))
    alone = overdispersed_funnel(OBSERVED, EXPECTED)
    assert found.phi == pytest.approx(alone.phi)
    assert np.isnan(found.z[-1])
    assert found.funnel.position[-1] == -2
    assert found.funnel.reason[-1] == ""


def test_a_missing_row_stops_no_other():
    found = overdispersed_funnel([None, *OBSERVED], [50, *EXPECTED])
    assert found.funnel.reason[0] == Reason.NUMERATOR_MISSING
    assert found.phi == pytest.approx(overdispersed_funnel(OBSERVED, EXPECTED).phi)


def test_one_point_alone_shows_no_dispersion():
    found = overdispersed_funnel([12], [10])
    assert np.isnan(found.phi)
    assert not found.widened


def test_no_events_anywhere_are_no_dispersion():
    found = overdispersed_funnel([0, 0, 0], [10, 20, 30], measure="rate")
    assert not found.widened
    assert np.isnan(found.z).all()


def test_another_method_is_refused():
    with pytest.raises(ValueError, match="write SHMI or CQC"):
        overdispersed_funnel([1], [1], method="shmi")


def test_a_trim_of_everything_is_refused():
    with pytest.raises(ValueError, match=r"write 0\.1"):
        overdispersed_funnel([1], [1], trim=0.5)
