"""The slope and relative indices of inequality."""

from typing import ClassVar

import numpy as np
import pytest
import statsmodels.api as sm

from obc.domain.core.statistics import Reason, slope_index_of_inequality

Z = 1.959963984540054


class Deciles:
    """Life expectancy by decile, made up; populations that differ, standard errors that differ."""

    quantile: ClassVar = np.arange(1, 11)
    population: ClassVar = np.array([120, 110, 105, 100, 95, 100, 98, 97, 90, 85]) * 1000.0
    value: ClassVar = np.array([74.0, 75.1, 76.3, 77.0, 77.8, 78.4, 79.3, 79.6, 80.9, 82.0])
    error: ClassVar = np.array([0.30, 0.25, 0.28, 0.22, 0.24, 0.26, 0.22, 0.21, 0.25, 0.30])


def sii(value=Deciles.value, error=Deciles.error, quantile=Deciles.quantile, **others):
    return slope_index_of_inequality(
        quantile, np.resize(Deciles.population, len(quantile)), value, value - Z * error, value + Z * error, **others
    )


def fitted():
    share = Deciles.population / Deciles.population.sum()
    rank = np.cumsum(share) - share / 2
    return rank, share, sm.WLS(Deciles.value, sm.add_constant(rank), weights=share).fit().params


def test_five_people_by_hand():
    # equal quintiles stand at 0.1, 0.3, 0.5, 0.7, 0.9; values 1 to 5 rise by 1 each 0.2: slope 5, from 0.5 to 5.5
    found = slope_index_of_inequality(range(1, 6), [1] * 5, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert float(found.value) == pytest.approx(5)
    assert float(found.relative) == pytest.approx(11)
    assert float(found.lower) == pytest.approx(5)  # values without error have a line without error
    assert float(found.relative_upper) == pytest.approx(11)


def test_the_line_is_that_of_weighted_least_squares():
    _, _, (intercept, slope) = fitted()
    found = sii(multiplier=2)
    assert float(found.value) == pytest.approx(2 * slope)
    assert float(found.relative) == pytest.approx((intercept + slope) / intercept)


def test_the_drawn_limits_are_those_that_normal_errors_have_exactly():
    # the slope is a sum of values times weights, so its own error is known
    rank, share, (_, slope) = fitted()
    off = rank - share @ rank
    weights = share * off / (share @ off**2)
    error = np.sqrt((weights**2) @ Deciles.error**2)
    found = sii(confidence=(0.95, 0.998))
    for level, lower, upper in zip((1.959964, 3.090232), found.lower, found.upper, strict=True):
        np.testing.assert_allclose((lower, upper), (slope - level * error, slope + level * error), rtol=0.01)


def test_the_same_figures_give_the_same_limits():
    assert float(sii().lower) == float(sii().lower)
    assert float(sii().lower) != float(sii(seed=7).lower)


def test_limits_at_another_confidence_say_the_same_of_the_error():
    narrow = Deciles.error * 1.6448536269514722
    found = slope_index_of_inequality(
        Deciles.quantile,
        Deciles.population,
        Deciles.value,
        Deciles.value - narrow,
        Deciles.value + narrow,
        limits_confidence=0.90,
    )
    assert float(found.lower) == pytest.approx(float(sii().lower))


@pytest.mark.parametrize(("errors", "scale"), [("log-normal", np.log), ("logit-normal", lambda p: np.log(p / (1 - p)))])
def test_rates_and_proportions_err_on_their_own_scale(errors, scale):
    share = np.linspace(0.3, 0.2, 10)
    lower, upper = share * 0.95, share * 1.06
    found = slope_index_of_inequality(
        Deciles.quantile, Deciles.population, share, lower, upper, errors=errors, repetitions=200_000
    )
    assert float(found.lower) < float(found.value) < float(found.upper)
    # to first order: the error on the scale times how fast values change with it
    error = (scale(upper) - scale(lower)) / 2 / Z * (share if errors == "log-normal" else share * (1 - share))
    normal = sii(share, error)
    np.testing.assert_allclose(found.upper - found.lower, normal.upper - normal.lower, rtol=0.02)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"population": None}, Reason.DENOMINATOR_MISSING),
        ({"value": None}, Reason.VALUE_MISSING),
        ({"lower": None}, Reason.VALUE_MISSING),
        ({"quantile": None}, Reason.QUANTILE_MISSING),
        ({"quantile": 2}, Reason.QUANTILE_MISSING),
        ({"quantile": 1.5}, Reason.QUANTILE_MISSING),
        ({"quantile": 101}, Reason.QUANTILE_MISSING),
        ({"population": 0}, Reason.DENOMINATOR_ZERO),
        ({"population": -10}, Reason.NEGATIVE),
        ({"value": 0, "lower": 0}, Reason.NO_LOGARITHM),
    ],
)
def test_an_area_that_cannot_be_used_says_why_and_stops_no_other(change, reason):
    rows = {
        "quantile": [1, 2, 3, 4, 5] * 2,
        "population": [10.0] * 10,
        "value": [5.0, 4, 3, 2, 1] * 2,
        "lower": [4.0, 3, 2, 1, 0.5] * 2,
        "upper": [6.0, 5, 4, 3, 2] * 2,
    }
    for name, wrong in change.items():
        rows[name] = [wrong, *rows[name][1:]]
    found = slope_index_of_inequality(
        **rows, groups=["a"] * 5 + ["b"] * 5, errors="log-normal", confidence=(0.95, 0.998), repetitions=1000
    )
    assert found.reason.tolist() == [reason, ""]
    assert found.available.tolist() == [False, True]
    assert np.isnan([found.value[0], found.relative[0]]).all()
    assert np.isnan(found.upper[:, 0]).all()
    assert found.lower.shape == found.relative_upper.shape == (2, 2)
    assert found.value[1] == pytest.approx(-5)


def test_four_quantiles_are_too_few():
    found = sii(np.arange(4.0), np.ones(4), np.arange(1, 5))
    assert str(found.reason) == Reason.FEW_QUANTILES


def test_limits_at_a_confidence_that_is_no_share_are_refused():
    with pytest.raises(ValueError, match=r"0\.95 for 95 %"):
        sii(limits_confidence=95)


def test_other_errors_are_refused():
    with pytest.raises(ValueError, match="normal, log-normal or logit-normal"):
        sii(errors="lognormal")


def test_groups_must_match():
    with pytest.raises(ValueError, match="give one a row"):
        sii(groups=["a"])
