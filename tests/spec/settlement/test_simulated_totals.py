"""Runs of a simulation are other worlds: they share no total and no pot."""

from obc.domain.money.settlement.simulation import Simulation
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

RULES = """
inputs: [{input: x, indicator: some-indicator}]
steps:
  - {step: all, total: x, missing: excluded}
  - {step: paid, settle: all, reason: test, round: half up}
"""


def test_runs_do_not_add_up():
    figures = {("some-indicator", "all"): Evidenced.of([1, 2, 5])}
    done = Simulation(mechanism(RULES), None, figures, {}, 1, "provider")
    assert done.earned.tolist() == [100, 200, 500]
