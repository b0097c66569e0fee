"""A raw measure becomes something that can be judged: a difference, a ratio, a change, a gap closed, a rank."""

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.provenance import Evidence
from payment_samples import fractions, result, step, value


@pytest.mark.parametrize(
    ("by", "better", "expected"),
    [
        ("difference", "higher", "-20"),
        ("difference", "lower", "20"),
        ("relative change", "higher", "-0.2"),
        ("relative change", "lower", "0.2"),
        ("ratio", "higher", "0.8"),
    ],
)
def test_a_value_beside_its_baseline(by, better, expected):
    assert value(f"compare: x\nwith: y\nby: {by}\nbetter: {better}", x=80, y=100) == fractions([expected])[0]


def test_a_matched_comparison_is_a_relative_change():
    """142 against 155 a hundred: 8.4 % fewer (Peterborough, first cohort)."""
    change = value("compare: x\nwith: y\nby: relative change\nbetter: lower", x=142, y=155)
    assert change == fractions(["13/155"])[0]


@pytest.mark.parametrize(
    ("x", "closed"), [("40", "0"), ("49", "0.45"), ("55", "0.75"), ("60", "1"), ("62", "1.1"), ("38", "-0.1")]
)
def test_a_gap_is_closed_from_a_baseline_towards_a_goal(x, closed):
    assert value("compare: x\nwith: y\nby: gap closed\ngoal: z", x=x, y=40, z=60) == fractions([closed])[0]


@pytest.mark.parametrize(("better", "expected"), [("higher", "2/3"), ("lower", "2/3")])
def test_a_percentile_is_the_share_of_peers_that_are_no_better(better, expected):
    text = f"compare: x\nby: percentile\nbetter: {better}\namong: [a, b, c]"
    assert value(text, x=5, a=4, b=5, c=9) == fractions([expected])[0]


def test_a_percentile_leaves_out_peers_without_a_value():
    text = "compare: x\nby: percentile\namong: [a, b]"
    assert value(text, x=5, a=4, b=None) == 1
    done = result(text, x=5, a=None, b=None)
    assert done["result"].state() is Evidence.INSUFFICIENT


@pytest.mark.parametrize(
    "text", ["by: ratio\nwith: y", "by: relative change\nwith: y", "by: gap closed\nwith: y\ngoal: y"]
)
def test_nothing_is_divided_by_nothing(text):
    """An empty denominator is not measurable: neither 0 % nor 100 %."""
    done = result("compare: x\n" + text, x=[5, 5], y=[0, None])
    assert done["result"][0] is None
    assert [done["result"].state(i) for i in (0, 1)] == [Evidence.INSUFFICIENT, Evidence.MISSING]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("by: difference", "a comparison by difference with nothing; compare by difference takes 'with'"),
        ("by: gap closed\nwith: x", "compare by gap closed takes 'goal' and 'with'"),
        ("by: percentile\nwith: x", "compare by percentile takes 'among'"),
        ("by: ratio\nwith: x\ngoal: x", "compare by ratio takes 'with'"),
    ],
)
def test_a_comparison_has_what_it_needs_and_no_more(text, said):
    with pytest.raises(ValidationError, match=said):
        step("compare: x\n" + text, ["x"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("by: difference\nwith: y", "x (8) − y (10)"),
        ("by: relative change\nwith: y\nbetter: lower", "(y (10) − x (8)) ÷ y (10)"),
        ("by: ratio\nwith: y", "x (8) ÷ y (10)"),
        ("by: gap closed\nwith: y\ngoal: z", "how far x (8) has come from y (10) towards z (4)"),
        ("by: percentile\namong: [y, z]", "where x (8) stands among y (10), z (4)"),
    ],
)
def test_a_comparison_says_what_it_does(text, said):
    from obc.domain.money.payment.trace import trace

    assert said in trace(result("compare: x\n" + text, x=8, y=10, z=4))[0].sentence


def test_many_settlements_at_once_have_the_same_peers():
    done = result("compare: x\nby: percentile\namong: [a, b]", x=[0, 1, 2], a=1, b=2)
    assert [done["result"][i] for i in range(3)] == fractions(["0", "1/2", "1"])
