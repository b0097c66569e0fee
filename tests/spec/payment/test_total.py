"""What is worked out over all parties together: totals, and a slope that pays out exactly what was withheld."""

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.trace import trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import LAST, fractions, mechanism, result

EXCLUDED, WITHHELD = ("total: x\nmissing: excluded", "total: x\nmissing: withholds")


def test_each_party_is_told_the_total_of_its_year():
    done = result(EXCLUDED, [1, 1, 2, 1], x=[1, "2.5", 10, 4])
    assert [done["result"][i] for i in range(4)] == fractions(["7.5", "7.5", 10, "7.5"])


def test_what_holds_for_all_counts_once_for_each():
    assert result(EXCLUDED, [1, 1, 1], x=["0.1"])["result"][0] == fractions(["0.3"])[0]


@pytest.mark.parametrize(("rule", "sums"), [(EXCLUDED, [3, 3, 3, None]), (WITHHELD, [None, None, None, None])])
def test_the_missing_are_left_out_or_waited_for(rule, sums):
    done = result(rule, [1, 1, 1, 2], x=[1, None, 2, None])
    assert [done["result"][i] for i in range(4)] == sums
    assert done["result"].state(3) is Evidence.MISSING


@pytest.mark.parametrize(("rule", "state"), [(EXCLUDED, Evidence.PROVISIONAL), (WITHHELD, Evidence.DISPUTED)])
def test_a_total_is_worth_its_weakest_part_that_counts(rule, state):
    states = (Evidence.FINAL, Evidence.PROVISIONAL, Evidence.DISPUTED)
    parts = [Evidenced.of([1], one).states for one in states]
    mixed = Evidenced(Evidenced.of([1, 1, 1]).values, [int(part[0]) for part in parts])
    done = result(rule, [1, 1, 1], x=mixed)
    assert done["result"].state(0) is state


def test_draws_of_a_simulation_do_not_share_a_total():
    made = mechanism(
        "inputs: [{input: x}]\nsteps:\n  - {step: all, total: x, missing: excluded}" + LAST.format(settled="all")
    )
    done = evaluate(made, {"x": Evidenced.of([1, 2, 3, 4])}, 1, rounds=[0, 0, 1, 1])
    assert [done["all"][i] for i in range(4)] == [3, 3, 7, 7]


@pytest.mark.parametrize(("rule", "word"), [(EXCLUDED, "left out"), (WITHHELD, "waited for")])
def test_it_says_what_it_added_up(rule, word):
    (line, _) = trace(result(rule, [1, 1], x=[1, 2]))
    assert line.sentence == f"result = what x (1) comes to over all parties; where it is missing, it is {word} = 3"
    assert line.primitive == "total"


def test_no_step_may_take_the_name_of_who_is_settled_together():
    with pytest.raises(ValidationError, match="a second 'settled together'"):
        mechanism(
            "inputs: [{input: x}]\nsteps:\n  - {step: settled together, scale: x, by: [1]}" + LAST.format(settled="x")
        )


SLOPE = """
inputs: [{input: base, unit: money}, {input: score}]
steps:
  - {step: withheld, scale: base, by: [2 %], source: test}
  - {step: at slope one, scale: withheld, by: [score, 1 %], source: test}
  - {step: all withheld, total: withheld, missing: excluded}
  - {step: all at slope one, total: at slope one, missing: excluded}
  - {step: slope, compare: all withheld, with: all at slope one, by: ratio}
  - {step: given back, scale: at slope one, by: [slope]}
  - {step: net, compare: given back, with: withheld, by: difference}
  - {step: paid, settle: net, reason: score, round: half up}
"""


def test_a_slope_gives_back_what_was_withheld():
    """The slope is one total over the other: 6 withheld, 3 earned at slope one, so each point counts double."""
    done = evaluate(mechanism(SLOPE), {"base": Evidenced.of([100, 200]), "score": Evidenced.of([80, 35])}, 1)
    assert [done["slope"][i] for i in (0, 1)] == [2, 2]
    assert [done["net"][i] for i in (0, 1)] == fractions(["1.2", "-1.2"])


def test_nobody_who_scores_leaves_no_slope():
    done = evaluate(mechanism(SLOPE), {"base": Evidenced.of([100, 200]), "score": Evidenced.of([0, 0])}, 1)
    assert done["slope"].state() is Evidence.INSUFFICIENT
    assert done["paid"][0] is None
