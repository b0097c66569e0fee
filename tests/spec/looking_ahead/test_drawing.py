"""What is still to come is drawn from what is known: its middle, its width, and what cannot be said."""

from fractions import Fraction

import numpy as np
import pytest

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.outcomes.forecast.drawing import Drawn
from obc.domain.outcomes.forecast.prospect import NOTHING, Counted, Prospect

RUNS = 200_000


def _drawn(measure, so_far, coming, sample, evidence=Evidence.PROVISIONAL, runs=RUNS):
    counted = [Counted(*(Fraction(part) for part in (*given, 0, 0)[:4])) for given in (so_far, sample)]
    return Drawn(Prospect(measure, counted[0], coming, counted[1], evidence), runs, np.random.default_rng(7))


def _floats(figure):
    return figure.values.top / figure.values.over


def test_a_proportion_is_beta_binomial():
    """Mean m·a/(a+b) and variance m·ab(a+b+m)/((a+b)²(a+b+1)), with a = x + ½ and b = n − x + ½."""
    made = _drawn("proportion", (60, 100), 50, (60, 100))
    a, b, m = 60.5, 40.5, 50
    mean = m * a / (a + b)
    variance = m * a * b * (a + b + m) / ((a + b) ** 2 * (a + b + 1))
    coming = made.top - 60
    assert coming.mean() == pytest.approx(mean, rel=0.005)
    assert coming.var() == pytest.approx(variance, rel=0.02)
    assert _floats(made.figure(Fraction(1))).mean() == pytest.approx((60 + mean) / 150, rel=0.002)


def test_events_are_gamma_poisson():
    """Mean (x + ½)·t and variance (x + ½)·t·(1 + t), t being the time to come over the time known."""
    made = _drawn("rate", (20, 1000), 500, (20, 1000))
    coming = made.top - 20
    assert coming.mean() == pytest.approx(20.5 * 0.5, rel=0.01)
    assert coming.var() == pytest.approx(20.5 * 0.5 * 1.5, rel=0.02)


def test_a_mean_follows_students_t():
    """Ten scores of mean 4 and variance 10/9: ten more have the mean 40 and variance (10/9)·10·(1 + 10/10)·9/7."""
    made = _drawn("mean", (0, 0), 10, (40, 10, 170))
    assert made.top.mean() == pytest.approx(40, rel=0.005)
    assert made.top.var() == pytest.approx(10 / 9 * 10 * 2 * 9 / 7, rel=0.05)


def test_the_less_is_to_come_the_narrower():
    widths = [
        _floats(_drawn("proportion", (6 * n, 10 * n), 400 - 10 * n, (6 * n, 10 * n)).figure(Fraction(1))).std()
        for n in (10, 20, 30, 40)
    ]
    assert widths == sorted(widths, reverse=True) and widths[-1] < 1e-12


def test_same_seed_same_draws():
    first, second = (_drawn("proportion", (6, 10), 30, (6, 10), runs=50).top for _ in range(2))
    assert first.tolist() == second.tolist()


def test_a_ratio_is_to_the_events_expected_of_the_whole_year():
    made = _drawn("rate", (10, 1000, 0, 4), 0, (10, 1000, 0, 4), runs=3)
    assert made.figure(Fraction(1), "ratio").values.list() == [Fraction(10, 4)] * 3


@pytest.mark.parametrize(("more", "expected"), [(1, "7/10"), (0, "6/10"), (-1, "5/10"), (9, 1), (-9, 0)])
def test_one_person_more_counts_and_nobody_counts_twice(more, expected):
    made = _drawn("proportion", (6, 10), 0, (6, 10), runs=2)
    assert made.figure(Fraction(1), more=more).values.list() == [Fraction(expected)] * 2


@pytest.mark.parametrize(
    ("made", "minimum", "kind", "state"),
    [
        (("proportion", (6, 10), 30, (6, 10), Evidence.MISSING), 0, "value", Evidence.MISSING),
        (("proportion", (0, 0), 30, (0, 0)), 0, "value", Evidence.INSUFFICIENT),
        (("mean", (4, 1, 16), 3, (4, 1, 16)), 0, "value", Evidence.INSUFFICIENT),
        (("proportion", (6, 10), 30, (6, 10)), 41, "value", Evidence.INSUFFICIENT),
        (("proportion", (6, 10), 30, (6, 10)), 40, "value", Evidence.PROVISIONAL),
        (("proportion", (0, 0), 0, (0, 0)), 0, "value", Evidence.INSUFFICIENT),
        (("rate", (6, 10), 30, (6, 10)), 0, "ratio", Evidence.INSUFFICIENT),
        (("rate", (0, 0), 0, (0, 0)), 0, "ratio", Evidence.INSUFFICIENT),
    ],
)
def test_what_cannot_be_said_says_why(made, minimum, kind, state):
    assert _drawn(*made, runs=5).figure(Fraction(1), kind, minimum).state() == state


def test_counts_add_up():
    assert NOTHING + Counted(*[Fraction(1)] * 4) == Counted(*[Fraction(1)] * 4)
