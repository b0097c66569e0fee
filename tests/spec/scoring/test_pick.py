"""One of several values: the highest, the lowest, the first there is."""

import pytest

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.payment.trace import trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import fractions, result, value


@pytest.mark.parametrize(
    ("pick", "a", "b", "expected"),
    [
        ("highest", 3, 7, 7),
        ("highest", 7, 3, 7),
        ("highest", None, 3, 3),
        ("highest", 3, None, 3),
        ("highest", None, None, None),
        ("lowest", 3, 7, 3),
        ("lowest", 7, 3, 3),
        ("lowest", None, 3, 3),
        ("first available", 3, 7, 3),
        ("first available", None, 7, 7),
        ("first available", None, None, None),
    ],
)
def test_achievement_or_improvement(pick, a, b, expected):
    assert value(f"pick: {pick}\nof: [a, b]", a=a, b=b) == expected


def test_the_best_earlier_year_is_the_highest_of_them():
    """Nobody is paid for having got worse first (MassHealth: the baseline is the best prior year)."""
    assert value("pick: highest\nof: [a, b, c]", a="54.54", b="58.17", c="51") == fractions(["58.17"])[0]


@pytest.mark.parametrize(("passed", "expected"), [(1, 5), (0, 9), (None, 9)])
def test_a_candidate_may_have_a_hurdle(passed, expected):
    assert value("pick: first available\nof:\n  - {value: a, when: h}\n  - b", a=5, b=9, h=passed) == expected


def test_what_was_weighed_bounds_the_evidence():
    provisional = Evidenced.of([5], Evidence.PROVISIONAL)
    for pick in ("highest", "lowest"):
        for a, b in ((9, provisional), (provisional, 9), (provisional, 3), (3, provisional)):
            assert result(f"pick: {pick}\nof: [a, b]", a=a, b=b)["result"].state() is Evidence.PROVISIONAL
    assert result("pick: first available\nof: [a, b]", a=9, b=provisional)["result"].state() is Evidence.FINAL
    text = "pick: first available\nof:\n  - {value: a, when: h}"
    assert result(text, a=9, h=Evidenced.of([1], Evidence.PROVISIONAL))["result"].state() is Evidence.PROVISIONAL


def test_each_settlement_picks_for_itself():
    done = result("pick: highest\nof: [a, b]", a=[1, 5, None], b=[2, None, None])
    assert [done["result"][i] for i in range(3)] == [2, 5, None]


def test_a_number_can_be_the_last_resort():
    assert value("pick: first available\nof: [a, {value: 3, source: agreed}]", a=None) == 3


def test_a_pick_says_what_it_does():
    text = "pick: first available\nof:\n  - {value: a, when: h}\n  - b"
    assert "the first available of a (5) (if h (1)), b (9)" in trace(result(text, a=5, b=9, h=1))[0].sentence
