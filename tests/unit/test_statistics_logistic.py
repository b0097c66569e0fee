"""Logistic models on counts: published figures, statsmodels as the oracle, and what is refused in words."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import mannwhitneyu

from obc.domain.core.statistics import Reason, calibration, discrimination, logistic

# Beetles killed by carbon disulphide (Bliss 1935), as in Dobson and Barnett (2008), An Introduction to Generalized
# Linear Models, third edition, tables 7.2 and 7.4
DOSE = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839]
BEETLES = [59, 60, 62, 56, 63, 59, 62, 60]
KILLED = [6, 13, 18, 28, 52, 53, 61, 60]


def with_constant(*columns):
    return np.column_stack([np.ones(len(columns[0])), *columns])


def test_the_beetles_of_bliss():
    found = logistic(KILLED, BEETLES, with_constant(DOSE))
    assert np.round(found.coefficients, 2).tolist() == [-60.72, 34.27]
    assert np.round(found.standard_errors, 2).tolist() == [5.18, 2.91]
    assert round(found.deviance, 2) == 11.23
    assert np.round(found.chance * BEETLES, 2).tolist() == [3.46, 9.84, 22.45, 33.9, 50.1, 53.29, 59.22, 58.74]


@pytest.mark.parametrize("seed", range(6))
def test_it_agrees_with_statsmodels(seed):
    rng = np.random.default_rng(seed)
    rows, width = 60, 5
    design = with_constant(*rng.integers(0, 2, (width - 1, rows)))
    size = rng.integers(0, 60, rows)
    chance = 1 / (1 + np.exp(-design @ rng.normal(0, 1, width)))
    count = rng.binomial(size, chance)
    ours = logistic(count, size, design)
    kept = size > 0
    theirs = sm.GLM(np.column_stack([count, size - count])[kept], design[kept], family=sm.families.Binomial()).fit(
        tol=1e-12
    )
    np.testing.assert_allclose(ours.coefficients, theirs.params, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(ours.standard_errors, theirs.bse, rtol=1e-6)
    np.testing.assert_allclose(ours.deviance, theirs.deviance, rtol=1e-8)
    np.testing.assert_allclose(ours.chance[kept], theirs.fittedvalues, rtol=1e-7)


def test_a_model_of_the_constant_alone_is_the_share():
    found = logistic([3, 7], [10, 30], np.ones((2, 1)))
    np.testing.assert_allclose(found.chance, 0.25)


def test_a_rare_event_far_from_where_the_steps_begin_is_still_found():
    found = logistic([1, 2, 9], [1_000_000, 500_000, 10_000], with_constant([0, 1, 0], [0, 0, 1]))
    np.testing.assert_allclose(found.chance, [1e-6, 4e-6, 9e-4], rtol=1e-6)


def test_a_level_in_which_everybody_has_the_event_separates():
    found = logistic([5, 3, 8], [10, 10, 8], with_constant([0, 1, 0], [0, 0, 1]))
    assert (found.reason, found.separating.tolist()) == (Reason.SEPARATED, [False, False, True])
    assert not found.available
    assert np.isnan(found.coefficients).all()


def test_separation_by_a_sum_of_columns_is_found_too():
    # neither column tells them apart alone: events happen just where a + b > 1
    a, b = np.array([0, 1, 0, 1, 2, 2]), np.array([1, 0, 0, 1, 0, 1])
    events = np.where(a + b > 1, 4, 0)
    found = logistic(events, np.full(6, 4), with_constant(a, b))
    assert found.reason == Reason.SEPARATED
    assert found.separating.all()


def test_counts_that_nearly_separate_are_fitted():
    assert logistic([5, 3, 7], [10, 10, 8], with_constant([0, 1, 0], [0, 0, 1])).available


def test_columns_made_of_one_another_are_refused():
    assert logistic([1, 2], [5, 5], [[1, 0, 1], [1, 1, 0]]).reason == Reason.NOT_INDEPENDENT
    empty = logistic([1, 2, 0], [5, 5, 0], with_constant([0, 1, 0], [0, 0, 1]))
    assert empty.reason == Reason.NOT_INDEPENDENT, "a level in which nobody is"


@pytest.mark.parametrize(
    ("numerator", "denominator", "reason"),
    [
        ([np.nan, 1], [2, 2], Reason.NUMERATOR_MISSING),
        ([1, 1], [np.nan, 2], Reason.DENOMINATOR_MISSING),
        ([-1, 1], [2, 2], Reason.NEGATIVE),
        ([3, 1], [2, 2], Reason.ABOVE_DENOMINATOR),
        ([0, 0], [0, 0], Reason.DENOMINATOR_ZERO),
    ],
)
def test_counts_that_cannot_be(numerator, denominator, reason):
    assert logistic(numerator, denominator, np.ones((2, 1))).reason == reason


def test_a_design_of_another_length_is_a_wrong_call():
    with pytest.raises(ValueError, match="give 2 rows of numbers"):
        logistic([1, 1], [2, 2], np.ones((3, 1)))
    with pytest.raises(ValueError, match="give 2 rows of numbers"):
        logistic([1, 1], [2, 2], [[1.0], [np.nan]])


def test_the_c_statistic_of_hanley_and_mcneil():
    # 109 computed tomographic images in five ratings: Hanley and McNeil (1982), Radiology 143: 29–36, table I: 0.893
    normal, abnormal = np.array([33, 6, 6, 11, 2]), np.array([3, 2, 2, 11, 33])
    assert round(discrimination(abnormal, normal + abnormal, [1, 2, 3, 4, 5]), 3) == 0.893


def test_the_c_statistic_is_that_of_mann_and_whitney():
    rng = np.random.default_rng(3)
    size, chance = rng.integers(1, 9, 40), np.round(rng.random(40), 1)
    count = rng.binomial(size, chance)
    yes, no = np.repeat(chance, count), np.repeat(chance, size - count)
    u = mannwhitneyu(yes, no).statistic
    assert discrimination(count, size, chance) == pytest.approx(u / (len(yes) * len(no)))


def test_nobody_to_tell_apart_is_no_discrimination():
    assert np.isnan(discrimination([0, 0], [5, 5], [0.1, 0.2]))
    assert np.isnan(discrimination([5, 0], [5, 0], [0.1, 0.2]))


def test_calibration_by_tenth():
    # ten strata of ten people each, foretold 5 %, 15 % … 95 %: one a tenth, and 3 came of the first
    chance = np.arange(0.05, 1, 0.1)
    found = calibration([3, *range(1, 10)], [10] * 10, chance)
    assert found.cases.tolist() == [10.0] * 10
    np.testing.assert_allclose(found.expected, 10 * chance)
    assert found.value[0] == 0.3
    assert found.lower[0] < 0.3 < found.upper[0]


def test_calibration_never_cuts_a_stratum_and_passes_over_empty_ones():
    found = calibration([40, 1, 0], [80, 20, 0], [0.5, 0.1, 0.9])
    assert found.cases.tolist() == [20.0, 80.0]
    np.testing.assert_allclose(found.expected, [2, 40])
    assert calibration([0], [0], [0.5]).cases.tolist() == []
