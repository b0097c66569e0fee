"""What is totalled over many settlements at once is what each of them says alone."""

import pytest

from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.settlement import earned, received, settle
from obc.domain.money.settlement.simulation import Simulation, simulated_inputs
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

POT = """
inputs: [{input: x, indicator: some}, {input: y, indicator: other}]
steps:
  - {step: pot, pool: 100, earned: x, unearned: {reinvested in: [{account: a, share: 1/3}, {account: b, share: 2/3}]},
     source: test}
  - {step: first, settle: pot, reason: r, round: half up}
  - {step: second, settle: y, reason: fee, round: half up}
"""
DIRECT = """
inputs: [{input: x, indicator: some}, {input: y, indicator: other}]
steps:
  - {step: first, settle: x, reason: r, round: half up}
  - {step: second, settle: y, reason: fee, round: half up}
"""
X = [0, "33.335", 150, None, "12.5", "12.5", -4]
Y = [1, "-2.5", None, None, 0, 0, -3]


@pytest.mark.parametrize("rules", [POT, DIRECT])
def test_many_at_once_are_each_alone(rules):
    made = mechanism(rules)
    inputs = {"x": Evidenced.of(X), "y": Evidenced.of(Y)}
    parties = [f"p{i}" for i in range(len(X))]
    done, settlements = settle(made, inputs, parties, [1] * len(X))
    amounts, known = earned(done, "p")
    moved = received(done, "p")
    figures = {("some", "all"): inputs["x"], ("other", "all"): inputs["y"]}
    simulation = Simulation(made, None, figures, {}, 1, "p")
    for i, one in enumerate(settlements):
        assert (int(amounts[i]) if known[i] else None) == one.earned_minor
        alone = balances(one.entries)
        for account in moved:
            name = f"p{i}" if account == "p" else account
            assert int(moved[account][i]) == int(simulation.accounts[account][i]) == alone.get(name, 0)
        assert int(simulation.earned[i]) == (one.earned_minor or 0)
        run = simulation.settled(i)
        assert (run.earned_minor, run.payable_minor, run.evidence) == (
            one.earned_minor,
            one.payable_minor,
            one.evidence,
        )


def test_numbers_too_large_to_be_told_apart_are_settled_one_by_one():
    huge = Evidenced.of([10**30, 10**30 + 1])
    figures = {("some", "all"): huge, ("other", "all"): Evidenced.of([0])}
    simulation = Simulation(mechanism(DIRECT), None, figures, {}, 1, "p")
    assert [int(amount) for amount in simulation.earned] == [10**32, 10**32 + 100]


def test_an_input_that_nothing_fills_is_refused():
    made = mechanism("inputs: [{input: x}]\nsteps:\n  - {step: s, settle: x, reason: r, round: down}")
    with pytest.raises(ValueError, match="nothing to forecast the input 'x' from"):
        simulated_inputs(made, None, {})
