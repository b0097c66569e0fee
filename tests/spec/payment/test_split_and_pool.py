"""Money is shared out to the penny, and no pot keeps any."""

import pytest
from pydantic import ValidationError

from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.trace import trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import fractions, mechanism, result, step, value

THIRDS = """
split: amount
round: half up
between:
  - {account: a, share: 1/3}
  - {account: b, title: The second, share: 1/3}
  - {account: c, share: 1/3}
"""


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        ("1", ["0.34", "0.33", "0.33"]),
        ("0.02", ["0.01", "0.01", "0"]),
        ("-1", ["-0.34", "-0.33", "-0.33"]),
        ("0.004", ["0", "0", "0"]),
        ("3", ["1", "1", "1"]),
    ],
)
def test_the_parts_add_up_to_the_penny(amount, parts):
    done = result(THIRDS, amount=amount)
    assert [done[f"{name} of result"][0] for name in "abc"] == fractions(parts)
    assert sum(fractions(parts)) == done["result"][0]


def test_shares_may_change_by_year():
    text = """
split: amount
round: half up
between:
  - {account: a, share: [{value: 60 %, from: 1}, {value: 50 %, from: 2}]}
  - {account: b, share: [{value: 40 %, from: 1}, {value: 50 %, from: 2}]}
"""
    done = result(text, [1, 2], amount=[100, 100])
    assert [done["a of result"][i] for i in (0, 1)] == [60, 50]


def test_a_later_step_can_name_a_part():
    made = mechanism("""
inputs: [{input: amount}]
steps:
  - step: ours
    split: amount
    round: half up
    source: test
    between: [{account: a, share: 75 %}, {account: b, share: 25 %}]
  - step: paid
    settle: b of ours
    reason: part
    round: half up
""")
    assert evaluate(made, {"amount": Evidenced.of([100])}, 1)["paid"][0] == 25


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ("[{account: a, share: 60 %}, {account: b, share: 41 %}]", "shares of 101 %; shares must add up to 100 %"),
        ("[{account: a, share: -1}, {account: b, share: 2}]", "none below 0"),
        ("[{account: a, share: 50 %}, {account: a, share: 50 %}]", "an account that is named twice"),
        (
            "[{account: a, share: [{value: 1, from: 1}, {value: 0.9, from: 3}]}]",
            "shares of 90 % from year 3",
        ),
        ("[]", "at least 1"),
    ],
)
def test_shares_that_are_no_whole_are_refused(between, said):
    with pytest.raises(ValidationError, match=said):
        step(f"split: amount\nround: half up\nbetween: {between}", ["amount"])


def test_a_split_says_what_it_does():
    sentence = trace(result(THIRDS.replace("1/3", "25 %", 2).replace("1/3", "50 %"), amount=8))[0].sentence
    assert sentence == "result = amount (8) shared: a 25 %, The second 25 %, c 50 % = 8"


POOL = "pool: size\nearned: earned\nunearned: back to the payer"


@pytest.mark.parametrize(
    ("size", "earned", "paid", "unearned"),
    [(100, 28, 28, 72), (100, 0, 0, 100), (100, 100, 100, 0), (100, 130, 100, 0), (100, -5, 0, 100)],
)
def test_a_pool_pays_what_is_earned_and_no_more_than_it_holds(size, earned, paid, unearned):
    done = result(POOL, size=size, earned=earned)
    assert done["result"][0] == paid
    assert done["unearned of result"][0] == unearned
    assert done["size of result"][0] == size


@pytest.mark.parametrize(("size", "earned"), [(None, 5), (100, None)])
def test_a_pool_without_a_size_or_an_earning_is_open(size, earned):
    done = result(POOL, size=size, earned=earned)
    assert done["result"][0] is None
    assert done["unearned of result"][0] is None


def test_a_pool_that_nobody_empties_is_refused():
    with pytest.raises(ValidationError, match="a pool that nobody empties: 'pot'; add a step 'settle: pot'"):
        mechanism("""
inputs: [{input: earned}]
steps:
  - {step: pot, pool: 100, earned: earned, unearned: back to the payer, source: test}
  - {step: paid, settle: earned, reason: other, round: half up}
""")


@pytest.mark.parametrize(
    ("unearned", "said"),
    [("burnt", "'back to the payer' or 'over to next year'"), ("{reinvested in: []}", "at least 1")],
)
def test_the_unearned_must_go_somewhere(unearned, said):
    with pytest.raises(ValidationError, match=said):
        step(POOL.replace("back to the payer", unearned), ["size", "earned"])


def test_a_pool_says_what_it_does():
    assert "from a pot of size (100), earned (28) is earned; the rest goes back to the payer" in (
        trace(result(POOL, size=100, earned=28))[0].sentence
    )
    into = POOL.replace("back to the payer", "{reinvested in: a-service}")
    assert "the rest goes into a-service" in trace(result(into, size=100, earned=28))[0].sentence


def test_a_value_of_a_whole_and_its_pennies():
    assert value(THIRDS, amount="10.005") == fractions(["10.01"])[0]
