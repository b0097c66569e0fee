"""Whatever happens on the way: months add up to the year, disputes lose no penny, a re-run is enough."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.kernel.period import Period
from obc.domain.money.settlement.accrual import accrued, journal, totals
from obc.domain.money.settlement.dispute import HELD, frozen
from obc.domain.money.settlement.ledger import Entry, Ledger, balances
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

YEAR = Period(start=date(2015, 4, 1), end=date(2016, 3, 31))
MONEY = st.integers(-(10**12), 10**12)
TWO_POTS = mechanism("""
inputs: [{input: points}, {input: size}, {input: fee}]
steps:
  - {step: earned, scale: size, by: [points, 1 %], source: test}
  - step: pot
    pool: size
    earned: earned
    unearned: {reinvested in: [{account: x, share: 1/3}, {account: y, share: 2/3}]}
    source: test
  - {step: other pot, pool: 1000, earned: points, unearned: back to the payer, source: test}
  - step: payment
    settle: pot
    reason: outcomes
    round: half up
    source: test
    paid to: [{account: party, share: 1/7}, {account: partner, share: 6/7}]
  - {step: second, settle: other pot, reason: outcomes, round: half up}
  - {step: third, settle: fee, reason: fee, round: half up}
""")
POINTS = st.fractions(0, 100, max_denominator=90)


def _settled(points, size, fee):
    inputs = {
        "points": Evidenced.of([points]),
        "size": Evidenced.of([Fraction(size, 100)]),
        "fee": Evidenced.of([Fraction(fee, 100)]),
    }
    return settle(TWO_POTS, inputs, ["party"], [1])[1][0]


def _nonzero(amounts):
    return {name: amount for name, amount in amounts.items() if amount}


@given(st.lists(MONEY, min_size=12, max_size=12), MONEY)
def test_twelve_months_are_the_last_estimate(estimates, last):
    assert sum(accrued([*estimates[:11], last], YEAR)) == last


@given(st.lists(st.integers(0, 36_600), min_size=1, max_size=12), st.integers(0, 36_600))
def test_the_journal_is_the_statement_whatever_was_estimated(estimates, last):
    def entries(earned):
        moves = [("commissioner", "pot", 36_600), ("pot", "p", earned), ("pot", "x", 36_600 - earned)]
        return [
            Entry(party="p", year=1, line="l", credit=credit, debit=debit, amount_minor=amount, reason="r")
            for credit, debit, amount in moves
            if amount
        ]

    lines = journal([entries(one) for one in estimates], entries(last), YEAR, {})
    assert totals(lines) == _nonzero(balances(entries(last)))
    assert sum(line.debit_minor for line in lines) == sum(line.credit_minor for line in lines)


@given(POINTS, POINTS, st.integers(0, 10**9), st.integers(-(10**6), 10**6), POINTS)
def test_a_dispute_loses_no_penny_and_its_end_is_a_full_run(one, other, size, fee, end):
    low, high = sorted((one, other))
    least, most = _settled(low, size, fee), _settled(high, size, fee)
    held = frozen(TWO_POTS, least, most)
    assert held.pot_minor == held.earned_minor + held.unearned_minor + held.held_minor == least.pot_minor
    left = balances(held.entries)
    assert sum(left.values()) == 0
    assert (left.get("pot", 0), left.get("other pot", 0)) == (0, 0)
    assert left.get(HELD, 0) == held.held_minor >= 0
    agreed = _settled(min(max(end, low), high), size, fee)
    ledger = Ledger().with_entries(held.entries)
    ledger = ledger.with_entries(restate(ledger, [agreed]))
    assert _nonzero(balances(ledger.entries)) == _nonzero(balances(agreed.entries))
    assert restate(ledger, [agreed]) == ()


@given(POINTS, st.integers(0, 10**9), st.integers(-(10**6), 10**6))
def test_a_dispute_about_nothing_freezes_nothing(points, size, fee):
    done = _settled(points, size, fee)
    held = frozen(TWO_POTS, done, done)
    assert held.held_minor == 0 and held.entries == done.entries
