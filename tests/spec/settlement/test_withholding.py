"""Withholding keeps a share of what is due back, to the penny; a review of quality opens or shuts a hurdle."""

from datetime import date
from fractions import Fraction

import pytest

from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.circumstances import Circumstances
from obc.domain.money.settlement.ledger import Ledger, balances
from obc.domain.money.settlement.replay import deviations
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.statement import account, state
from obc.domain.money.settlement.verification import faults
from obc.domain.money.settlement.withholding import SanctionRefusedError
from obc.domain.money.settlement.year import Terms, settle_year
from payment_samples import mechanism
from scoring_samples import PERIOD, POINTS, seven, value

TEXT = """
inputs:
  - {input: points earned, from: scorecard}
  - {input: carers heard, from: quality, expectation: needs-of-carers}
steps:
  - {step: earned by points, scale: points earned, by: [30_000], source: test}
  - step: earned
    hurdle: all
    of: [carers heard is at least 1]
    then: earned by points
    missing: fails
  - {step: pot, pool: 3_000_000, earned: earned, unearned: {reinvested in: crisis-support}, source: test}
  - {step: payment, settle: pot, reason: outcomes achieved, round: half up}
withholding:
  most: 5 %
  retained by: [{account: commissioner, share: 80 %}, {account: recovery-college, share: 20 %}]
  source: test
"""
RULES = mechanism(TEXT)
BARRED = mechanism(TEXT[: TEXT.index("withholding:")])
DIRECTIONS = {f"{name}-measured": "higher is better" for name in POINTS}
VALUES = tuple(value(f"{name}-measured", 61) for name in POINTS)
MET = {"expectation": "needs-of-carers", "year": 2, "state": "met", "on": "2016-03-01", "evidence": "review"}
LATE = {"id": "late-plans", "year": 2, "share": "1.234567 %", "decided": "2016-05-01", "why": "care plans late"}
EARNED, KEPT = 150_000_000, 1_851_850
"""All improved: 50 points of 30,000 each; and 1.234567 % of it."""


def _met(*withheld, **review):
    reviews = () if review.get("state") is None and review else ({**MET, **review},)
    return Circumstances.model_validate({"quality": reviews, "withheld": withheld})


def _settled(met, rules=RULES):
    return settle_year(Terms(rules, seven(), DIRECTIONS), VALUES, 2, PERIOD, "alliance", met)


def test_a_share_of_what_is_due_waits_and_what_was_earned_stays_earned():
    """1.234567 % of 1,500,000 is 18,518.505: half a penny stays with the party."""
    done = _settled(_met(LATE)).settlement
    assert (done.earned_minor, done.withheld_minor) == (EARNED, KEPT)
    assert done.payable_minor == EARNED - KEPT
    left = balances(done.entries)
    assert (left["alliance"], left["withheld"], left["pot"]) == (EARNED - KEPT, KEPT, 0)
    assert sum(left.values()) == 0


def test_each_of_several_takes_its_share_of_the_whole():
    """Not of what the one before left: the order of two sanctions changes nothing."""
    other = {**LATE, "id": "no-returns", "share": "2 %"}
    both = [_settled(_met(*order)).settlement for order in ((LATE, other), (other, LATE))]
    assert {one.withheld_minor for one in both} == {KEPT + 3_000_000}


@pytest.mark.parametrize(
    ("day", "waiting", "paid"),
    [
        (date(2016, 4, 30), 0, EARNED),
        (date(2016, 5, 1), KEPT, EARNED - KEPT),
        (date(2016, 8, 31), KEPT, EARNED - KEPT),
        (date(2016, 9, 1), 0, EARNED),
    ],
)
def test_it_counts_from_its_decision_to_its_release(day, waiting, paid):
    done = _settled(_met({**LATE, "released": "2016-09-01"}).in_force(day)).settlement
    assert (done.withheld_minor, done.payable_minor) == (waiting, paid)


def test_what_is_retained_goes_where_the_contract_says():
    done = _settled(_met({**LATE, "retained": "2016-09-01"}).in_force(date(2016, 9, 1))).settlement
    left = balances(done.entries)
    assert (done.withheld_minor, left["withheld"]) == (0, 0)
    assert left["recovery-college"] == 370_370
    assert done.payable_minor == EARNED - KEPT
    waiting = _settled(_met({**LATE, "retained": "2016-09-01"}).in_force(date(2016, 8, 31))).settlement
    assert waiting.withheld_minor == KEPT


def test_its_release_is_an_entry_and_nothing_is_rewritten():
    ledger = Ledger().with_entries(_settled(_met(LATE)).settlement.entries)
    entries = restate(ledger, [_settled(_met()).settlement])
    (back,) = entries
    assert (back.credit, back.debit, back.amount_minor) == ("withheld", "alliance", KEPT)


@pytest.mark.parametrize(
    ("sanctions", "rules", "words"),
    [
        ([LATE], BARRED, "no clause that lets anything be withheld"),
        ([{**LATE, "share": "5.1 %"}], RULES, "5.1 % withheld in year 2, and the contract allows at most 5 %"),
        ([{**LATE, "share": "3 %"}, {**LATE, "id": "other", "share": "3 %"}], RULES, "late-plans, other: 6 % withheld"),
    ],
)
def test_no_more_is_withheld_than_the_contract_allows(sanctions, rules, words):
    with pytest.raises(SanctionRefusedError, match=words):
        _settled(_met(*sanctions), rules)


@pytest.mark.parametrize(("found", "earned"), [("met", EARNED), ("partly met", 0), ("not met", 0), (None, 0)])
def test_a_hurdle_cites_a_quality_expectation(found, earned):
    """`partly met` is not met; without a review it is missing, and this hurdle fails where it is."""
    assert _settled(_met(state=found)).settlement.earned_minor == earned


def test_the_last_review_by_the_day_counts():
    worse = {**MET, "state": "not met", "on": "2016-06-01"}
    both = Circumstances.model_validate({"quality": [worse, MET]})
    assert both.in_force(date(2016, 5, 31)).found("needs-of-carers").state == "met"
    assert both.found("needs-of-carers").state == both.in_force(None).found("needs-of-carers").state == "not met"


def test_the_statement_holds_and_is_found_out_when_changed():
    met = _met(LATE)
    done = _settled(met)
    one = account(done.settlement, done.done, 0, done.scorecard, VALUES, met)
    named = {"contract": "c", "contract_title": "C", "contract_hash": digest(RULES), "currency": "GBP"}
    statement = state([one], code_version="1", values=ValueSet(values=VALUES), **named)
    assert faults(statement.document) == ()
    assert deviations(statement, RULES, seven(), DIRECTIONS, lambda year: PERIOD) == ()
    more = one.model_copy(update={"withheld_minor": 5})
    told = faults(canonical_json(statement.model_copy(update={"settlements": (more,)})))
    assert any("withhold 1851850, the settlement says 5" in fault for fault in told)
    hidden = one.model_copy(update={"circumstances": _met()})
    again = statement.model_copy(update={"settlements": (hidden,)})
    assert deviations(again, RULES, seven(), DIRECTIONS, lambda year: PERIOD)
    assert any("no clause" in why for why in deviations(statement, BARRED, seven(), DIRECTIONS, lambda year: PERIOD))


def test_before_the_clause_holds_nothing_may_be_withheld():
    later = mechanism(TEXT.replace("most: 5 %", "most: [{value: 5 %, from: year 3}]"))
    assert (later.withholding.allowed(2), later.withholding.allowed(3)) == (0, Fraction(1, 20))
    with pytest.raises(SanctionRefusedError, match="the contract allows at most 0 %"):
        _settled(_met(LATE), later)


def test_where_nothing_is_due_nothing_is_withheld():
    """Nothing was earned, so nothing is kept back: a sanction never turns into a debt."""
    done = _settled(_met(LATE, state="not met")).settlement
    assert (done.payable_minor, done.withheld_minor) == (0, 0)
    assert "withheld" not in balances(done.entries)
