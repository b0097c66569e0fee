"""After an event that nobody can be blamed for, a loss may be spared; what was gained stays."""

from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError

from obc.domain.money.payment.trace import trace
from obc.domain.money.settlement.circumstances import Circumstances, RelievedLoss
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

RULES = """
inputs: [{input: saved}, {input: fine}]
steps:
  - {step: gain and loss share, settle: saved, reason: shared, round: half up}
  - {step: penalty, settle: fine, reason: waits, round: half up}
"""
FLOOD = RelievedLoss(id="flood", year=2, line="gain and loss share", agreed=date(2016, 2, 1), why="the flood")


def _settled(saved, part="1", year=2):
    met = Circumstances(relieved_losses=(FLOOD.model_copy(update={"part": Fraction(part)}),))
    inputs = {"saved": Evidenced.of([saved]), "fine": Evidenced.of([-10])}
    return settle(mechanism(RULES), inputs, ["a"], [year], relief=met.relieved)


@pytest.mark.parametrize(
    ("saved", "part", "year", "payable"),
    [
        (-100, "1", 2, -1_000),
        (-100, "1/3", 2, -6_667 - 1_000),
        (100, "1", 2, 10_000 - 1_000),
        (-100, "1", 1, -10_000 - 1_000),
    ],
)
def test_a_loss_is_spared_in_its_line_and_year_alone_and_a_gain_stays(saved, part, year, payable):
    assert _settled(saved, part, year)[1][0].payable_minor == payable


def test_the_trace_says_so():
    told = [line.sentence for line in trace(_settled(-100, "1/4")[0])]
    assert "; of a loss 25 % is relieved = −75" in told[0] and "relieved" not in told[1]


def test_it_holds_from_the_day_it_was_agreed():
    met = Circumstances(relieved_losses=(FLOOD,))
    assert met.in_force(date(2016, 1, 31)).relieved == {}
    assert met.in_force(date(2016, 2, 1)).relieved == met.in_force(None).relieved == {("gain and loss share", 2): 1}
    assert met.of_year(1).relieved == {} and met.of_year(2).relieved == met.relieved


def test_a_line_is_relieved_once_a_year():
    again = FLOOD.model_copy(update={"id": "storm"})
    with pytest.raises(ValidationError, match="two reliefs for the losses of one line"):
        Circumstances(relieved_losses=(FLOOD, again))
    with pytest.raises(ValidationError, match="'flood' twice"):
        Circumstances(relieved_losses=(FLOOD, FLOOD.model_copy(update={"year": 3})))
