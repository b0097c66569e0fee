"""Order is the contract's to say: rules that do not commute give other pounds, and the contract another hash."""

import pytest

from obc.domain.core.kernel.provenance import digest
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import fractions, mechanism

CAP = """
  - step: capped{n}
    curve: {of}
    at most: cap
"""
DEFLATE = """
  - step: deflated{n}
    scale: {of}
    by: [98 %]
    source: test
"""


def _mechanism(*, cap_first):
    first, second = (CAP, DEFLATE) if cap_first else (DEFLATE, CAP)
    names = ("capped", "deflated") if cap_first else ("deflated", "capped")
    return mechanism(
        """
inputs: [{input: shared}, {input: benchmark}]
steps:
  - step: cap
    scale: benchmark
    by: [10 %]
    source: test
"""
        + first.format(n="", of="shared")
        + second.format(n="", of=names[0])
        + f"  - {{step: paid, settle: {names[1]}, reason: shared, round: half up}}"
    )


@pytest.mark.parametrize(("cap_first", "expected"), [(False, "12118222.50"), (True, "11875858.05")])
def test_the_cap_comes_after_the_deflator_where_the_contract_says_so(cap_first, expected):
    """A1409 in 2018 was paid exactly 10 % of its benchmark of 121,182,225; not 9.8 %."""
    inputs = {"shared": Evidenced.of(["17110778.88"]), "benchmark": Evidenced.of([121_182_225])}
    assert evaluate(_mechanism(cap_first=cap_first), inputs, 2018)["paid"][0] == fractions([expected])[0]


def test_swapping_two_steps_that_do_not_commute_changes_the_hash():
    assert digest(_mechanism(cap_first=True)) != digest(_mechanism(cap_first=False))


FIRST_DOLLAR = """
  - step: counted
    hurdle: all
    of: [saved is at least corridor]
    then: saved
    missing: withholds
"""
SECOND_DOLLAR = """
  - step: counted
    curve: saved
    shape: marginal
    points: [[0, 0], [corridor, 1]]
"""


@pytest.mark.parametrize(("rule", "paid"), [(FIRST_DOLLAR, 4_800_000), (SECOND_DOLLAR, 3_200_000)])
def test_first_and_second_dollar_sharing_differ(rule, paid):
    """100m benchmark, 94m spent, 2 % and four fifths: 4.8m from the first dollar (published), 3.2m beyond 2 %."""
    made = mechanism(f"""
inputs: [{{input: benchmark}}, {{input: spent}}]
steps:
  - step: saved
    compare: spent
    with: benchmark
    by: difference
    better: lower
  - step: corridor
    scale: benchmark
    by: [2 %]
    source: test
{rule}
  - step: shared
    scale: counted
    by: [80 %]
    source: test
  - step: paid
    settle: shared
    reason: shared
    round: half up
""")
    inputs = {"benchmark": Evidenced.of([100_000_000]), "spent": Evidenced.of([94_000_000])}
    assert evaluate(made, inputs, 1)["paid"][0] == paid


def test_a_cap_before_the_share_is_a_smaller_cap():
    """5 % of the benchmark at most, four fifths of it shared: 4 % of the benchmark."""
    made = mechanism("""
inputs: [{input: saved}, {input: benchmark}]
steps:
  - {step: cap, scale: benchmark, by: [5 %], source: test}
  - {step: capped, curve: saved, at most: cap}
  - {step: shared, scale: capped, by: [80 %], source: test}
  - {step: paid, settle: shared, reason: shared, round: half up}
""")
    inputs = {"saved": Evidenced.of([9_000]), "benchmark": Evidenced.of([100_000])}
    assert evaluate(made, inputs, 1)["paid"][0] == 4_000
