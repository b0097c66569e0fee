"""The last step: rounded to the penny, on account or at once, and spared where the parties agreed."""

import pytest

from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.trace import trace
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

RULES = """
inputs: [{{input: expected}}, {{input: due}}]
steps:
  - step: payment
    settle: due
    reason: care
    round: {rounding}
    instalments: {{on account: expected, every: quarter}}
"""


@pytest.mark.parametrize(
    ("rounding", "on_account", "balance"), [("half up", 101, -1), ("down", 100, 0), ("half even", 100, 0)]
)
def test_what_is_paid_on_account_is_rounded_as_the_whole_is(rounding, on_account, balance):
    inputs = {"expected": Evidenced.of(["1.005"]), "due": Evidenced.of(["1.002"])}
    _, (done,) = settle(mechanism(RULES.format(rounding=rounding)), inputs, ["a"], [1])
    first, *rest = [entry.amount_minor if entry.debit == "a" else -entry.amount_minor for entry in done.entries]
    assert (first, sum(rest)) == (on_account, balance)


def test_the_trace_says_what_is_paid_on_account_and_how_often():
    inputs = {"expected": Evidenced.of([12]), "due": Evidenced.of([13])}
    (line,) = trace(evaluate(mechanism(RULES.format(rounding="down")), inputs, 1))
    assert line.sentence == (
        "payment = due (13), rounded down to the penny, from commissioner to party; "
        "expected (12) of it on account, a part every quarter = 13"
    )
    assert [used.name for used in line.uses] == ["due", "expected"]


def test_what_is_lacking_is_named_through_pools_and_splits_and_only_where_it_is_unknown():
    rules = mechanism(
        """
inputs: [{input: known}, {input: unknown}, {input: also unknown}]
steps:
  - {step: sum, compare: known, with: unknown, by: difference}
  - {step: pot, pool: also unknown, earned: sum, unearned: back to the payer}
  - {step: parts, split: known, between: [{account: a, share: 1/2}, {account: b, share: 1/2}], round: down}
  - {step: rest, compare: a of parts, with: unearned of pot, by: difference}
  - {step: payment, settle: pot, reason: r, round: down}
  - {step: other, settle: rest, reason: r, round: down}
""".replace("share: 1/2", "share: {value: 50 %, source: test}")
    )
    done = evaluate(rules, {"known": Evidenced.of([1])}, 1)
    assert done.lacking("payment", 0) == done.lacking("other", 0) == ("also unknown", "unknown")
    assert done.lacking("parts", 0) == ()


def test_a_pool_is_not_paid_in_instalments():
    with pytest.raises(ValueError, match="instalments of the pool 'pot'"):
        mechanism("""
inputs: [{input: x}]
steps:
  - {step: pot, pool: 1, earned: x, unearned: back to the payer}
  - {step: payment, settle: pot, reason: r, round: down, instalments: {on account: x, every: month}}
""")


@pytest.mark.parametrize(("due", "relief", "paid"), [(-9, "1/3", -600), (-9, "1", 0), (9, "1", 900), (-9, "0", -900)])
def test_relief_takes_from_a_loss_and_never_from_a_gain(due, relief, paid):
    rules = mechanism("inputs: [{input: due}]\nsteps: [{step: share, settle: due, reason: r, round: half up}]")
    spared = {("share", 1): Evidenced.of([relief]).values[0]}
    done = evaluate(rules, {"due": Evidenced.of([due])}, 1, relief=spared)
    assert done["share"][0] * 100 == paid
