"""Terms that flow down: what reaches the lead goes on to its subcontractors on the same terms, to the penny."""

from fractions import Fraction

import pytest

from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

PASSED_ON = """
inputs: [{input: earned, unit: money}]
steps:
  - {step: pot, pool: 1_000, earned: earned, unearned: back to the payer, source: test}
  - {step: payment, settle: pot, reason: outcomes achieved, round: half up}
  - {step: kept for management, scale: pot, by: [2 %], source: test}
  - {step: passed on, compare: pot, with: kept for management, by: difference}
  - step: to subcontractors
    settle: passed on
    reason: outcomes achieved, back to back
    round: half up
    paid by: party
    paid to:
      - {account: housing, title: Housing, share: 1/3}
      - {account: employment, title: Employment, share: 1/3}
      - {account: respite, title: Respite, share: 1/3}
    source: test
"""


@pytest.mark.parametrize(
    ("earned", "lead", "subcontractors"),
    [("1_000", 2_000, (32_667, 32_667, 32_666)), ("0.05", 0, (2, 2, 1)), ("0", 0, (0, 0, 0))],
)
def test_a_lead_provider_or_integrator_passes_on_what_it_is_paid(earned, lead, subcontractors):
    _, (one,) = settle(mechanism(PASSED_ON), {"earned": Evidenced.of([earned])}, ["lead"], [1])
    found = balances(one.entries)
    assert tuple(found.get(name, 0) for name in ("housing", "employment", "respite")) == subcontractors
    assert found.get("lead", 0) == one.payable_minor == lead
    assert -found.get("commissioner", 0) == one.earned_minor == lead + sum(subcontractors)


ON_ACCOUNT = """
inputs: [{input: earned last year, unit: money}, {input: earned, unit: money}]
steps:
  - {step: on account, scale: earned last year, by: [60 %, 1.02], source: "test: sixty per cent, uprated"}
  - {step: advance, settle: on account, reason: paid on account, round: half up}
  - {step: rest, compare: earned, with: advance, by: difference}
  - {step: balance, settle: rest, reason: the rest of the year, round: half up}
"""


@pytest.mark.parametrize(
    ("earned", "advance", "balance"),
    [("100.01", 6_120, 3_881), ("61.20", 6_120, 0), ("50", 6_120, -1_120), (None, 6_120, None)],
)
def test_an_advance_is_settled_against_what_was_earned(earned, advance, balance):
    """What was paid beyond what was earned is clawed back; while the rest is not known, the advance stands."""
    inputs = {"earned last year": Evidenced.of([100]), "earned": Evidenced.of([earned])}
    done, (one,) = settle(mechanism(ON_ACCOUNT), inputs, ["practice"], [1])
    assert one.payable_minor == advance + (balance or 0)
    assert done["balance"][0] == (None if balance is None else Fraction(balance, 100))
    assert [entry.amount_minor for entry in one.entries] == [advance, *([abs(balance)] if balance else [])]


POOLED = """
inputs: [{input: due, unit: money}]
steps:
  - step: payment
    settle: due
    reason: care
    round: half up
    source: test
    paid by:
      - {account: health, share: [{value: 70 %, from: 1}, {value: 60 %, from: 2}]}
      - {account: council, share: [{value: 30 %, from: 1}, {value: 40 %, from: 2}]}
    paid to:
      - {account: one, title: One, share: 50 %}
      - {account: two, title: Two, share: 50 %}
"""


@pytest.mark.parametrize(("year", "health", "council"), [(1, 71, 30), (2, 61, 40)])
def test_several_commissioners_share_by_year_and_members_are_paid_apart(year, health, council):
    _, (one,) = settle(mechanism(POOLED), {"due": Evidenced.of(["1.01"])}, ["alliance"], [year])
    assert balances(one.entries) == {"health": -health, "council": -council, "one": 51, "two": 50}
    assert one.payable_minor == 0


LINKED = """
inputs: [{{input: due, unit: money}}]
links:
  - {{from: body, to: one, share: {one}, source: test}}
  - {{from: body, to: two, share: {two}, source: test}}
steps:
  - {{step: payment, settle: due, reason: care, round: half up}}
"""


def test_a_body_that_keeps_nothing_passes_all_of_it_on():
    _, (one,) = settle(mechanism(LINKED.format(one="1/3", two="2/3")), {"due": Evidenced.of(["1"])}, ["body"], [1])
    assert balances(one.entries) == {"commissioner": -100, "body": 0, "one": 33, "two": 67}
    assert one.passed_on_minor == one.payable_minor == 100


@pytest.mark.parametrize("two", ["41 %", "[{value: 41 %}, {value: 30 %, from: 1}]"])
def test_more_than_all_cannot_be_passed_on_in_any_year(two):
    with pytest.raises(ValueError, match="links that pass on 101 % of what 'body' is paid"):
        mechanism(LINKED.format(one="60 %", two=two))
