"""Several scores become one by weight; what cannot be scored is excluded or lost, as the contract says."""

import pytest

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.payment.trace import trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import fractions, result, value

WEIGHED = """
combine:
  - {{value: a, weight: 10 %}}
  - {{value: b, weight: 25 %}}
  - {{value: c, weight: 40 %}}
as: {as_}
unscored: {unscored}
"""


@pytest.mark.parametrize(
    ("as_", "unscored", "scores", "expected"),
    [
        ("mean", "excluded", (30, 60, 90), "72"),
        ("sum", "excluded", (30, 60, 90), "54"),
        # of 75 %: the weights become 13.3, 33.3 and 53.3 % (published re-weighting of three domains)
        ("mean", "excluded", (100, 0, 0), "40/3"),
        ("mean", "excluded", (0, 100, 0), "100/3"),
        ("mean", "excluded", (30, None, 90), "78"),
        ("sum", "excluded", (30, None, 90), "58.5"),
        ("mean", "lost", (30, None, 90), "52"),
        ("sum", "lost", (30, None, 90), "39"),
        ("mean", "excluded", (None, None, None), None),
        ("mean", "lost", (None, None, None), None),
    ],
)
def test_weighted_scores(as_, unscored, scores, expected):
    a, b, c = scores
    assert value(WEIGHED.format(as_=as_, unscored=unscored), a=a, b=b, c=c) == fractions([expected])[0]


def test_without_weights_all_weigh_the_same():
    assert value("combine: [a, b]\nas: mean\nunscored: excluded", a=1, b=2) == fractions(["1.5"])[0]
    assert value("combine: [a, b, {value: c, weight: -1}]\nas: sum\nunscored: excluded", a=1, b=2, c=5) == -2


def test_weights_that_come_to_nothing_score_nothing():
    text = "combine: [{value: a, weight: 0}]\nas: mean\nunscored: excluded"
    assert value(text, a=5) is None


def test_a_weight_that_is_missing_leaves_its_score_out():
    text = "combine: [{value: a, weight: w}, b]\nas: mean\nunscored: excluded"
    assert value(text, a=5, b=9, w=None) == 9


def test_a_dispute_cannot_raise_a_score():
    text = "combine: [a, b]\nas: mean\nunscored: excluded"
    disputed = Evidenced.missing(state=Evidence.DISPUTED)
    assert value(text, a=80, b=None) == 80
    assert value(text, a=80, b=disputed) == 40


def test_the_total_can_be_capped():
    text = "combine: [a, b]\nas: sum\nunscored: lost\nat most: 100"
    assert [value(text, a=a, b=33) for a in (60, 80)] == [93, 100]


def test_the_evidence_is_the_weakest_of_what_counts():
    text = "combine: [a, b]\nas: mean\nunscored: excluded"
    assert result(text, a=1, b=Evidenced.of([2], Evidence.PROVISIONAL))["result"].state() is Evidence.PROVISIONAL
    assert result(text, a=1, b=None)["result"].state() is Evidence.FINAL
    insufficient = Evidenced.missing(state=Evidence.INSUFFICIENT)
    assert result(text, a=insufficient, b=insufficient)["result"].state() is Evidence.INSUFFICIENT


def test_a_combination_says_what_it_does():
    text = WEIGHED.format(as_="mean", unscored="lost") + "at most: 50"
    sentence = trace(result(text, a=1, b=2, c=None))[0].sentence
    assert "the weighted mean of a (1) × 0.1, b (2) × 0.25, c (missing) × 0.4; what is not scored is lost" in sentence
    assert sentence.endswith(", at most 50 = 0.8")


def test_many_settlements_at_once_share_a_fixed_weight():
    done = result(
        "combine: [{value: a, weight: 1}, {value: b, weight: 3}]\nas: mean\nunscored: excluded", a=[0, 8], b=4
    )
    assert [done["result"][i] for i in range(2)] == [3, 5]


@pytest.mark.parametrize("order", [(Evidence.NOT_DUE, Evidence.DISPUTED), (Evidence.DISPUTED, Evidence.NOT_DUE)])
def test_where_nothing_is_known_the_weakest_state_says_why(order):
    a, b = (Evidenced.missing(state=state) for state in order)
    assert result("combine: [a, b]\nas: mean\nunscored: excluded", a=a, b=b)["result"].state() is Evidence.NOT_DUE
