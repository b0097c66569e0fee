"""The envelope held flat: providers keep, and put back into care, what their care costs less."""

from obc.domain.money.payment.evaluation import evaluate
from obc.loaders.contract import load_contract


def test_what_is_saved_below_the_envelope_by_year():
    rules = load_contract("oxfordshire-mental-health").mechanism
    done = evaluate(rules, {}, [1, 2, 3, 4, 5])
    assert [done["saved below the envelope"][i] / 1000 for i in range(5)] == [649, 677, 417, 474, 707]
    assert {done["envelope"][i] for i in range(5)} == {37_110_000}
    assert [done["saved if the envelope were indexed"][i] / 1000 for i in range(5)] == [1542, 2485, 3161, 4177, 5392]


def test_the_alternatives_move_no_money():
    rules = load_contract("oxfordshire-mental-health").mechanism
    settled = {step.settle.name for step in rules.steps if step.step == "incentive payment"}
    assert settled == {"incentive pot"}
    assert [step.step for step in rules.steps if hasattr(step, "settle")] == ["incentive payment"]
