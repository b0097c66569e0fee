"""A whole year with instalments, links and returns: stated, replayed, restated, booked month by month, forecast."""

import json
from datetime import date
from fractions import Fraction

import pytest

from ahead_samples import YEAR, quarters
from obc.bootstrap.contracts import load_contract
from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence, canonical_json
from obc.domain.money.settlement.accrual import totals
from obc.domain.money.settlement.circumstances import Circumstances, Dispute, RelievedLoss
from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.replay import deviations
from obc.domain.money.settlement.returns import Returned, Returns
from obc.domain.money.settlement.statement import Statement
from obc.domain.money.settlement.verification import faults
from obc.services.accounts import year_accounts
from obc.services.forecast import forecast_year
from obc.services.restate import restate_measured
from obc.services.settle import settle_measured
from payment_samples import mechanism

RULES = mechanism("""
inputs:
  - {input: points earned, unit: points, from: scorecard}
  - {input: part of the year by days, unit: rate, from: term}
  - {input: cost, unit: money, from: returns}
links:
  - {from: provider-of-care, to: charity, share: 30 %, source: test}
steps:
  - {step: earned, scale: 10_000, by: [points earned], source: test}
  - {step: pot, pool: 1_000_000, earned: earned, unearned: {reinvested in: crisis-support}, source: test}
  - {step: incentive, settle: pot, reason: outcomes, round: half up}
  - {step: expected, scale: 1_200_000, by: [part of the year by days], source: test}
  - {step: saved, compare: cost, with: expected, by: difference, better: lower}
  - {step: half, scale: saved, by: [50 %], source: test}
  - {step: budget, settle: expected, reason: budget, round: half up, instalments: {on account: expected, every: month}}
  - {step: gain and loss share, settle: half, reason: shared, round: half up}
""")
HALF_MEASURED = quarters(YEAR, [(300, 400), (310, 400)])
MEASURED = quarters(YEAR, [(300, 400), (310, 400), (300, 400), (290, 400)], whole=(1200, 1600))


@pytest.fixture(scope="module")
def contract():
    return load_contract("template").model_copy(update={"mechanism": RULES})


def _cost(pounds, evidence=Evidence.FINAL):
    return Returns(figures=(Returned(year=1, figure="cost", value=pounds, evidence=evidence, source="open book"),))


def _settled(contract, returns, met=None):
    return settle_measured(contract, MEASURED, [1], met or Circumstances(), returns=returns)


def _replayed(contract, statement):
    directions = {one.id: one.direction for one in contract.definitions}
    days = contract_years(contract.agreement)
    return deviations(statement, RULES, contract.framework, directions, contract.period, days)


def test_the_statement_holds_and_comes_out_again(contract):
    statement = _settled(contract, _cost("1_100_000")).statement("test")
    assert faults(statement.document) == () and _replayed(contract, statement) == ()
    (one,) = statement.settlements
    assert one.payable_minor == 60_000_000 + 120_000_000 + 5_000_000
    assert one.passed_on_minor == 55_500_000
    assert statement.returns_hash == _cost("1_100_000").hash and one.returns == _cost("1_100_000").figures


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"passed_on_minor": 55_500_001}, "the entries pass on 55500000"),
        ({"payable_minor": 185_000_001}, "the entries pay 185000000"),
    ],
)
def test_sums_that_were_changed_are_found(contract, change, words):
    content = json.loads(_settled(contract, _cost("1_100_000")).statement("test").document)
    content["settlements"][0] |= change
    assert words in "; ".join(faults(canonical_json(content)))


def test_an_instalment_on_another_day_or_of_another_size_is_found(contract):
    statement = _settled(contract, _cost("1_100_000")).statement("test")
    for change in ({"due": "2027-05-01"}, {"amount_minor": 9_999_999}):
        content = json.loads(statement.document)
        first = next(entry for entry in content["settlements"][0]["entries"] if entry["line"] == "budget")
        first |= change
        again = Statement.model_validate_json(canonical_json(content))
        assert any("come to another settlement" in why for why in _replayed(contract, again))


def test_a_return_that_was_changed_is_found(contract):
    content = json.loads(_settled(contract, _cost("1_100_000")).statement("test").document)
    content["settlements"][0]["returns"][0]["value"] = "1000000"
    again = Statement.model_validate_json(canonical_json(content))
    assert _replayed(contract, again) == ("provider-of-care, year 1: the input 'cost' is not what the returns say",)


def test_a_part_of_the_year_that_the_term_does_not_say_is_found(contract):
    statement = _settled(contract, _cost("1_100_000")).statement("test")
    term = contract.agreement.term.model_copy(update={"last_day": date(2027, 9, 30)})
    ended = contract.model_copy(update={"agreement": contract.agreement.model_copy(update={"term": term})})
    directions = {one.id: one.direction for one in contract.definitions}
    days = contract_years(ended.agreement)
    found = deviations(statement, RULES, contract.framework, directions, contract.period, days)
    assert any("'part of the year by days' is not what the term say" in why for why in found)


def test_a_late_open_book_is_an_adjusting_entry_on_both_links(contract):
    before = _settled(contract, Returns()).statement("test")
    assert {entry.line for entry in before.settlements[0].entries} == {"incentive", "budget"}
    anew, entries = restate_measured(contract, MEASURED, before.document, returns=_cost("1_300_000"))
    assert [(one.credit, one.debit, one.amount_minor, one.reason) for one in entries] == [
        ("provider-of-care", "commissioner", 5_000_000, "restated: shared"),
        ("charity", "provider-of-care", 1_500_000, "restated: passed on: shared"),
    ]
    assert restate_measured(contract, MEASURED, anew.statement("test").document, returns=_cost("1_300_000"))[1] == ()


def test_the_journal_adds_up_to_the_statement(contract):
    made = year_accounts(contract, MEASURED, 1, None, {}, 500, 1, returns=_cost("1_100_000"))
    assert totals(made.lines) == {name: amount for name, amount in balances(made.settled.entries).items() if amount}
    assert sum(one.debit_minor for one in made.lines) == sum(one.credit_minor for one in made.lines)
    april = [one for one in made.lines if one.posted == date(2027, 4, 30) and "budget" in one.text]
    booked = {one.account: one.debit_minor - one.credit_minor for one in april}
    # a twelfth is paid, 30 days of 366 are booked
    assert booked["commissioner"] == -round(Fraction(120_000_000 * 30, 366))


def test_a_forecast_has_the_cash_of_every_party_by_month(contract):
    made = forecast_year(contract, HALF_MEASURED, 1, 500, 1, returns=_cost("1_100_000"))
    assert made.central.unsettled == ()
    charity = [one for one in made.cash if one.account == "charity"]
    assert [one.received_minor for one in charity[:12]] == [3_000_000] * 12
    assert charity[12].paid == date(2028, 8, 1)
    ends: dict[str, int] = {}
    for one in made.cash:
        ends[one.account] = ends.get(one.account, 0) + one.received_minor
    left = {name: amount for name, amount in balances(made.central.entries).items() if amount}
    assert {name: amount for name, amount in ends.items() if amount} == left
    waiting = forecast_year(contract, HALF_MEASURED, 1, 500, 1).central.unsettled
    assert [(one.line, one.wants) for one in waiting] == [("gain and loss share", ("cost",))]


FLOOD = RelievedLoss(id="flood", year=1, line="gain and loss share", agreed=date(2028, 2, 1), why="the flood")


@pytest.mark.parametrize(("cost", "payable"), [("1_300_000", 180_000_000), ("1_100_000", 185_000_000)])
def test_a_flood_spares_a_loss_and_leaves_a_gain_and_the_statement_says_so(contract, cost, payable):
    met = Circumstances(relieved_losses=(FLOOD,))
    statement = _settled(contract, _cost(cost), met).statement("test")
    (one,) = statement.settlements
    assert (one.payable_minor, one.circumstances.relieved_losses) == (payable, (FLOOD,))
    assert faults(statement.document) == () and _replayed(contract, statement) == ()


def test_a_pool_or_a_line_that_is_nowhere_cannot_be_relieved(contract):
    for line in ("incentive", "nothing"):
        met = Circumstances(relieved_losses=(FLOOD.model_copy(update={"line": line}),))
        with pytest.raises(Problems, match="name a line that can bring a loss: budget, gain and loss share"):
            _settled(contract, _cost("1_100_000"), met)


def test_a_dispute_about_an_outcome_leaves_budget_and_share_as_they_are(contract):
    about = {"indicator": "settled-accommodation-one-year", "why": "w", "raised_by": "a", "raised": date(2028, 6, 1)}
    met = Circumstances(disputes=(Dispute(id="d", year=1, **about),))
    statement = _settled(contract, _cost("1_100_000"), met).statement("test")
    (one,) = statement.settlements
    assert (one.payable_minor, one.held_minor) == (125_000_000, 100_000_000)
    assert one.passed_on_minor == 37_500_000
    assert faults(statement.document) == () and _replayed(contract, statement) == ()
