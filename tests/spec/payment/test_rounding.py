"""Nothing is rounded but at a rounding point, and where the point stands moves pence."""

import pytest
from pydantic import ValidationError

from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.trace import trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import fractions, mechanism, result, value


@pytest.mark.parametrize(
    ("given", "places", "mode", "expected"),
    [
        ("3.63", 1, "half up", "3.6"),
        ("0.125", 2, "half up", "0.13"),
        ("0.125", 2, "half even", "0.12"),
        ("-0.125", 2, "half up", "-0.13"),
        ("0.129", 2, "down", "0.12"),
        ("1499.50", -3, "half up", "1000"),
    ],
)
def test_a_rounding_point(given, places, mode, expected):
    assert value(f"round: x\nplaces: {places}\nmode: {mode}", x=given) == fractions([expected])[0]


PREVALENCE = """
inputs:
  - input: local
  - input: national
  - input: points
steps:
  - step: factor
    compare: local
    with: national
    by: ratio
  - step: pounds a point
    scale: factor
    by: [227.02]
    source: published dementia example
{rounding}
  - step: due
    scale: {by}
    by: [points]
  - step: paid
    settle: due
    reason: prevalence
    round: half up
"""
ROUND = """
  - step: to the penny
    round: pounds a point
    places: 2
    mode: half up
"""


@pytest.mark.parametrize(
    ("local", "points", "rounded", "exactly"),
    [("0.3", 26, "3541.46", "3541.51"), ("0.7", 20, "6356.60", "6356.56")],
)
def test_a_rounding_point_moves_pence(local, points, rounded, exactly):
    """The price of a point adjusted for prevalence: rounded to the penny before it is multiplied, or not."""
    inputs = {
        name: Evidenced.of([number]) for name, number in (("local", local), ("national", "0.5"), ("points", points))
    }
    before = mechanism(PREVALENCE.format(rounding=ROUND, by="to the penny"))
    without = mechanism(PREVALENCE.format(rounding="", by="pounds a point"))
    assert evaluate(before, inputs, 1)["paid"][0] == fractions([rounded])[0]
    assert evaluate(without, inputs, 1)["paid"][0] == fractions([exactly])[0]


@pytest.mark.parametrize(("text", "said"), [("places: 2", "mode"), ("places: 99\nmode: down", "12")])
def test_a_rounding_point_says_how(text, said):
    with pytest.raises(ValidationError, match=said):
        value("round: x\n" + text, x=1)


def test_rounding_says_what_it_does():
    sentence = trace(result("round: x\nplaces: 2\nmode: half even", x="1.005"))[0].sentence
    assert sentence == "result = x (1.005) rounded half even to 2 decimal places = 1"
