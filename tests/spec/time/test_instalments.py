"""Paid while the year runs, on days; the balance when it is settled; a part of a year is paid for as a part."""

from datetime import date
from fractions import Fraction

import pytest

from obc.domain.contract.agreement.term import Term
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.settlement.cash_flow import cash_flow
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.ledger import Ledger, balances
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

RULES = """
inputs: [{{input: people at the start, from: returns}}, {{input: people over the year, from: returns}}]
links: [{{from: lead, to: partner, share: 25 %, source: test}}]
steps:
  - {{step: expected, scale: people at the start, by: [100], source: test}}
  - {{step: budget, scale: people over the year, by: [100], source: test}}
  - step: payment
    settle: budget
    reason: budget
    round: half up
    instalments: {{on account: expected, every: {every}}}
"""
WHOLE = Period(start=date(2015, 4, 1), end=date(2016, 3, 31))
YEAR = ContractYear(WHOLE, WHOLE, date(2016, 7, 1))


def _settled(start, over, every="month", days=YEAR, party="a"):
    inputs = {"people at the start": Evidenced.of([start]), "people over the year": Evidenced.of([over])}
    return settle(mechanism(RULES.format(every=every)), inputs, [party], [1], {1: days})[1][0]


def test_equal_parts_at_the_ends_of_months_then_the_balance():
    done = _settled("12", "12.5")
    assert [(one.due, one.amount_minor) for one in done.entries[:2]] == [
        (date(2015, 4, 30), 10_000),
        (date(2015, 5, 31), 10_000),
    ]
    assert len(done.entries) == 13
    last = done.entries[-1]
    assert (last.due, last.amount_minor, last.reason) == (date(2016, 7, 1), 5_000, "budget, the balance")
    assert (done.payable_minor, done.evidence) == (125_000, Evidence.FINAL)


def test_what_was_paid_too_much_comes_back_with_the_balance():
    done = _settled("12", "11")
    last = done.entries[-1]
    assert (last.credit, last.debit, last.amount_minor) == ("a", "commissioner", 10_000)
    assert done.payable_minor == 110_000


def test_quarters_and_pennies_over_go_first():
    done = _settled("0.0002", "0.0002", every="quarter")
    assert [(one.due, one.amount_minor) for one in done.entries] == [(date(2015, 6, 30), 1), (date(2015, 9, 30), 1)]


def test_what_was_paid_stands_while_the_year_is_not_known():
    done = _settled("12", None)
    assert (done.payable_minor, done.evidence) == (120_000, Evidence.MISSING)
    assert [(one.line, one.wants) for one in done.unsettled] == [("payment, the balance", ("people over the year",))]
    nothing = _settled(None, None)
    assert (nothing.payable_minor, nothing.entries) == (None, ())
    assert [one.line for one in nothing.unsettled] == ["payment, on account", "payment, the balance"]


def test_each_instalment_goes_on_down_the_links_on_its_day():
    done = _settled("12", "11", party="lead")
    first = [one for one in done.entries if one.due == date(2015, 4, 30)]
    assert [(one.credit, one.debit, one.amount_minor) for one in first] == [
        ("commissioner", "lead", 10_000),
        ("lead", "partner", 2_500),
    ]
    back = [one for one in done.entries if one.due == date(2016, 7, 1)]
    assert [(one.credit, one.debit, one.amount_minor) for one in back] == [
        ("lead", "commissioner", 10_000),
        ("partner", "lead", 2_500),
    ]
    assert (done.payable_minor, done.passed_on_minor) == (110_000, 27_500)


def test_a_restatement_is_a_re_run_less_the_ledger_and_pays_at_once():
    before, after = _settled("12", "12.5", party="lead"), _settled("12", "11", party="lead")
    ledger = Ledger(entries=before.entries)
    adjusting = restate(ledger, [after])
    assert [(one.credit, one.debit, one.amount_minor, one.due) for one in adjusting] == [
        ("lead", "commissioner", 15_000, None),
        ("partner", "lead", 3_750, None),
    ]
    assert balances(ledger.with_entries(adjusting).entries) == balances(after.entries)
    assert restate(ledger.with_entries(adjusting), [after]) == ()


def test_the_cash_flow_has_instalments_on_their_days_and_the_rest_as_the_calendar_says():
    done = _settled("12", "12.5")
    moved = cash_flow(done.entries, done.entries, WHOLE, Fraction(1, 2), date(2016, 7, 1))
    mine = [(one.paid, one.received_minor) for one in moved if one.account == "a"]
    # half of the balance of £50 on account too: £2.08 or £2.09 a month
    assert mine[0] == (date(2015, 4, 30), 10_209) and mine[-1] == (date(2016, 7, 1), 2_500)
    assert sum(amount for _, amount in mine) == 125_000


BEGUN = ContractYear(Period(start=date(2015, 10, 1), end=date(2016, 3, 31)), WHOLE, date(2016, 7, 1))


def test_a_year_that_begins_late_has_fewer_instalments():
    done = _settled("6", "6", days=BEGUN)
    assert [one.amount_minor for one in done.entries] == [10_000] * 6
    assert done.entries[0].due == date(2015, 10, 31)


PART = """
inputs: [{{input: part of the year by {by}, from: term}}]
steps:
  - {{step: due, scale: 3_660.005, by: [part of the year by {by}], source: test}}
  - {{step: payment, settle: due, reason: budget, round: {round}}}
"""


@pytest.mark.parametrize(
    ("first", "last", "by", "rounding", "due"),
    [
        ("2015-04-01", "2016-03-31", "days", "half up", 366_001),
        ("2015-04-01", "2016-03-31", "quarters", "down", 366_000),
        ("2015-10-01", "2016-03-31", "days", "half up", 183_000),
        ("2015-10-02", "2016-03-31", "days", "half up", 182_000),
        ("2015-10-01", "2016-03-31", "quarters", "half up", 183_000),
        ("2015-10-02", "2016-03-31", "quarters", "half up", 183_000),
        ("2015-04-01", "2015-04-01", "quarters", "half up", 91_500),
        ("2015-04-01", "2015-04-01", "days", "half up", 1_000),
    ],
)
def test_a_part_of_a_year_is_paid_by_days_or_by_quarters_begun(first, last, by, rounding, due):
    """£3,660.005 a year of 366 days; the penny is rounded once, when it is settled."""
    days = ContractYear(Period(start=date.fromisoformat(first), end=date.fromisoformat(last)), WHOLE)
    made = mechanism(PART.format(by=by, round=rounding))
    _, (done,) = settle(made, {made.inputs[0].input: days.parts[made.inputs[0].input]}, ["a"], [1], {1: days})
    assert done.payable_minor == due
    assert {one.due for one in done.entries} == {None}


TERM = {"start": "2014-04-01", "years": "5", "extension": "2"}


def test_a_contract_may_begin_and_end_within_a_year():
    term = Term.model_validate(TERM | {"first day": "2014-10-01", "last day": "2016-08-15"})
    assert term.running_years == (1, 2, 3)
    assert str(term.year(1)) == "1 October 2014 to 31 March 2015"
    assert str(term.year(2)) == "1 April 2015 to 31 March 2016"
    assert str(term.year(3)) == "1 April 2016 to 15 August 2016"
    assert [len(term.quarters(year)) for year in (1, 2, 3)] == [2, 4, 2]
    assert term.quarters(3)[1].end == date(2016, 8, 15)
    assert term.year_of(date(2014, 5, 1)) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"first day": "2015-04-01"}, "year 1 runs from 1 April 2014"),
        ({"last day": "2021-04-01"}, "the contract can run from 1 April 2014 to 31 March 2021"),
        ({"first day": "2014-10-01", "last day": "2014-09-30"}, "the contract can run from 1 October 2014"),
        ({"last day": "2016-08-15", "ended after": "year 3"}, "both 'last day' and 'ended after'"),
    ],
)
def test_days_outside_the_term_are_refused(more, words):
    with pytest.raises(ValueError, match=words):
        Term.model_validate(TERM | more)
