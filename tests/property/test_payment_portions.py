"""Pennies shared out over arrays are shared out as one by one, and none is lost over links and instalments."""

from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.kernel.money import split
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.money.payment.split import portions
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.ledger import Ledger, balances
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

AMOUNTS = st.integers(-(10**12), 10**12) | st.integers(-(10**25), 10**25)
WEIGHTS = st.lists(st.fractions(0, 100, max_denominator=37_110), min_size=1, max_size=9).filter(any)


@given(st.lists(AMOUNTS, max_size=6), WEIGHTS, WEIGHTS)
def test_many_amounts_are_shared_as_each_alone(amounts, first, second):
    weights = {1: first, 2: [*second, *first][: len(first)]}
    weights[2] = weights[2] if any(weights[2]) else first
    years = [1 + i % 2 for i in range(len(amounts))]
    big = any(abs(amount) >= 2**62 for amount in amounts)
    listed = np.array(amounts, dtype=object if big else np.int64)
    columns = portions(listed, np.array(years, dtype=np.int64), lambda year: weights.get(year, first))
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    assert rows == [split(amount, weights[year]) for amount, year in zip(amounts, years, strict=True)]


PERCENT = st.integers(0, 50)
MONEY = st.integers(-(10**11), 10**11).map(lambda pennies: Fraction(pennies, 100))


def _rules(first, second, third, every):
    return mechanism(f"""
inputs: [{{input: expected}}, {{input: care}}, {{input: earned}}]
pooled budgets:
  - {{account: purse, filled by: [{{account: health, share: 2/3}}, {{account: county, share: 1/3}}], source: test}}
links:
  - {{from: lead, to: one, share: {first} %, source: test}}
  - {{from: lead, to: two, share: {second} %, source: test}}
  - {{from: one, to: three, share: {third} %, of: [budget], source: test}}
steps:
  - {{step: pot, pool: 1000, earned: earned, unearned: back to the payer, source: test}}
  - {{step: payment, settle: pot, reason: outcomes, round: half up, paid by: purse}}
  - step: budget
    settle: care
    reason: care
    round: half up
    paid by: purse
    instalments: {{on account: expected, every: {every}}}
""")


RULES = st.builds(_rules, PERCENT, PERCENT, PERCENT, st.sampled_from(["month", "quarter"]))


@st.composite
def years(draw):
    whole = Period.of_months(date(2015, 4, 1), 12)
    first = draw(st.integers(0, 11))
    months = draw(st.integers(1, 12 - first))
    runs = Period.of_months(add_months(whole.start, first), months)
    return ContractYear(runs, whole, date(2016, 8, 1))


def _settled(rules, days, expected, care, earned):
    named = zip(("expected", "care", "earned"), (expected, care, earned), strict=True)
    inputs = {name: Evidenced.of([value]) for name, value in named}
    return settle(rules, inputs, ["lead"], [1], {1: days} if days else None)[1][0]


def _nonzero(amounts):
    return {name: amount for name, amount in amounts.items() if amount}


@given(RULES, years(), MONEY, MONEY, MONEY)
def test_no_penny_is_lost_over_commissioners_instalments_and_links(rules, days, expected, care, earned):
    done = _settled(rules, days, expected, care, earned)
    left = balances(done.entries)
    assert sum(left.values()) == 0 and left.get("pot", 0) == 0
    assert done.payable_minor == done.earned_minor + care * 100
    assert left.get("lead", 0) == done.payable_minor - done.passed_on_minor
    assert left.get("health", 0) + left.get("county", 0) == -done.payable_minor
    assert left.get("one", 0) + left.get("two", 0) + left.get("three", 0) == done.passed_on_minor
    assert all(entry.due in days.runs or entry.due == days.balance_on for entry in done.entries)


@given(RULES, years(), MONEY, MONEY, MONEY)
def test_what_is_paid_on_days_is_what_is_paid_without(rules, days, expected, care, earned):
    undated, dated = (_settled(rules, when, expected, care, earned) for when in (None, days))
    assert _nonzero(balances(undated.entries)) == _nonzero(balances(dated.entries))
    assert restate(Ledger(entries=undated.entries), [dated]) == ()


@given(RULES, years(), st.lists(st.tuples(MONEY, MONEY, MONEY), min_size=1, max_size=3))
def test_restating_ends_where_a_full_run_does_and_twice_adds_nothing_with_instalments(rules, days, history):
    ledger = Ledger()
    for expected, care, earned in history:
        done = _settled(rules, days, expected, care, earned)
        ledger = ledger.with_entries(restate(ledger, [done]))
        assert restate(ledger, [done]) == ()
    assert _nonzero(balances(ledger.entries)) == _nonzero(balances(done.entries))


@given(years())
def test_the_parts_of_a_year_are_parts_of_a_whole(days):
    by_days, by_quarters = (value[0] for value in days.parts.values())
    assert 0 < by_days <= 1 and by_quarters in {Fraction(n, 4) for n in range(1, 5)}
    assert by_days <= by_quarters + Fraction(1, 50)
