"""Months add up to the year, whatever was thought on the way."""

from datetime import date

import pytest

from obc.domain.core.kernel.period import Period
from obc.domain.money.settlement.accrual import YEAR_END, accrued, journal, totals
from obc.domain.money.settlement.ledger import Entry

YEAR = Period(start=date(2015, 4, 1), end=date(2016, 3, 31))
"""366 days."""


def _entries(earned, pot=36_600):
    moves = [("commissioner", "pot", pot), ("pot", "alliance", earned), ("pot", "crisis-support", pot - earned)]
    return [
        Entry(party="alliance", year=2, line="payment", credit=credit, debit=debit, amount_minor=amount, reason="r")
        for credit, debit, amount in moves
        if amount
    ]


def test_a_steady_estimate_is_booked_by_the_days_of_the_month():
    assert accrued([36_600] * 12, YEAR) == (3000, 3100, 3000, 3100, 3100, 3000, 3100, 3000, 3100, 3100, 2900, 3100)


def test_a_new_estimate_is_caught_up_in_the_month_it_is_known():
    assert accrued([36_600, 36_600, 73_200], YEAR) == (3000, 3100, 2 * 9100 - 6100)


def test_an_estimate_that_falls_is_taken_back():
    assert accrued([36_600, 0], YEAR) == (3000, -3000)


def test_more_estimates_than_months():
    with pytest.raises(ValueError, match="13 estimates for 12 months"):
        accrued([1] * 13, YEAR)


def test_the_journal_adds_up_to_the_statement():
    lines = journal([_entries(12_200)] * 12, _entries(20_000), YEAR, {"alliance": "MH-1"})
    assert totals(lines) == {"alliance": 20_000, "commissioner": -36_600, "crisis-support": 16_600}
    assert {line.cost_centre for line in lines if line.account == "alliance"} == {"MH-1"}
    assert {line.cost_centre for line in lines if line.account == "pot"} == {"pot"}
    last = [line for line in lines if line.text.startswith(YEAR_END)]
    assert {line.posted for line in last} == {date(2016, 3, 31)}
    assert totals(last) == {"alliance": 7_800, "crisis-support": -7_800}


def test_every_month_balances():
    lines = journal([_entries(12_201), _entries(7), _entries(36_599)], None, YEAR, {})
    for month in {line.posted for line in lines}:
        booked = [line for line in lines if line.posted == month]
        assert sum(line.debit_minor for line in booked) == sum(line.credit_minor for line in booked) > 0


def test_money_that_turns_round_is_booked_back():
    owed = [Entry(party="a", year=1, line="l", credit="a", debit="c", amount_minor=100, reason="r")]
    due = [Entry(party="a", year=1, line="l", credit="c", debit="a", amount_minor=100, reason="r")]
    assert totals(journal([due] * 12, owed, YEAR, {})) == {"a": -100, "c": 100}


def test_the_journal_of_a_year_that_was_not_foreseen_is_its_statement():
    assert totals(journal([], _entries(5), YEAR, {})) == {
        "alliance": 5,
        "commissioner": -36_600,
        "crisis-support": 36_595,
    }
