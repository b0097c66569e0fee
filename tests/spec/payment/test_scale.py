"""An amount is multiplied by need, quality, a share, an index or a deflator; a loss perhaps by others."""

import pytest

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.payment.trace import trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import fractions, result, value


@pytest.mark.parametrize(
    ("amount", "factor", "expected"),
    [
        (70, "77.50", "5425"),  # points × pounds a point, at the average list (QOF 2004/05)
        (74, "201.16", "14885.84"),  # QOF 2021/22
        ("100_000_000", "1.25 %", "1250000"),  # a share of contract value (CQUIN 2022/23)
    ],
)
def test_points_times_pounds(amount, factor, expected):
    assert value("scale: amount\nby: [factor]", amount=amount, factor=factor) == fractions([expected])[0]


def test_several_factors():
    assert value("scale: a\nby: [b, 50 %, c]", a=100, b=3, c="1/3") == 50


@pytest.mark.parametrize(("amount", "expected"), [(100, 98), (-100, -100), (0, 0)])
def test_a_loss_may_be_scaled_otherwise(amount, expected):
    """A federal cut of 2 % lessens what is paid, not what is owed."""
    assert value("scale: amount\nby: [98 %]\nlosses by: [1]", amount=amount) == expected


def test_only_the_side_that_is_needed_must_be_known():
    text = "scale: amount\nby: [gain]\nlosses by: [loss]"
    assert value(text, amount=10, gain="0.5", loss=None) == 5
    assert value(text, amount=-10, gain="0.5", loss=None) is None


def test_nothing_times_something_unknown_is_unknown():
    done = result("scale: amount\nby: [factor]", amount=0, factor=Evidenced.missing(state=Evidence.DISPUTED))
    assert done["result"][0] is None
    assert done["result"].state() is Evidence.DISPUTED


def test_a_scale_says_what_it_does():
    text = "scale: a\nby: [b, 98 %]"
    assert trace(result(text, a=1000, b="1/3"))[0].sentence == "result = a (1,000) × b (≈0.333333) × 0.98 = ≈326.666667"
    sentence = trace(result(text + "\nlosses by: [1]", a=-1000, b=2))[0].sentence
    assert sentence == "result = a (−1,000) × b (2) × 0.98; a loss is multiplied by 1 instead = −1,000"


@pytest.mark.parametrize(("gain", "loss", "expected"), [("0.5", None, 0), (None, "0.5", None)])
def test_nothing_is_no_loss(gain, loss, expected):
    """An amount of nothing stands on the side of gains: only their factor must be known."""
    assert value("scale: amount\nby: [gain]\nlosses by: [loss]", amount=0, gain=gain, loss=loss) == expected
