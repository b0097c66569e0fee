"""When money moves, when figures are final, and when a contract may be ended."""

from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError

from ahead_samples import YEAR, quarters
from obc.bootstrap.contracts import load_contract
from obc.domain.contract.agreement.calendar import Calendar
from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.contract.agreement.term import Term
from obc.domain.core.kernel.period import Duration
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.settlement.cash_flow import cash_flow
from obc.domain.money.settlement.ledger import Entry, balances
from obc.loaders.places import worked_contracts
from obc.services.forecast import forecast_year
from obc.services.settle import settle_measured

CALENDAR = Calendar.model_validate(
    {"on account": "60 %", "run-out": "3 months", "balance paid": "1 month", "source": "illustrative"}
)
TERM = {"start": "2027-04-01", "years": "5", "extension": "2"}
BREAK = {"after": "year 3", "by": "any party", "notice": "12 months", "source": "illustrative"}


@pytest.fixture(scope="module")
def contract():
    plain = load_contract("template")
    return plain.model_copy(update={"agreement": plain.agreement.model_copy(update={"calendar": CALENDAR})})


def _entries(earned, pot=100_000):
    moves = [("commissioner", "pot", pot), ("pot", "p", earned), ("pot", "x", pot - earned)]
    return [
        Entry(party="p", year=1, line="l", credit=credit, debit=debit, amount_minor=amount, reason="r")
        for credit, debit, amount in moves
    ]


def test_on_account_in_equal_parts_then_the_balance():
    made = cash_flow(_entries(50_000), _entries(40_000), YEAR, Fraction(60, 100), date(2028, 7, 1))
    mine = [one for one in made if one.account == "p"]
    assert [one.received_minor for one in mine] == [2_500] * 12 + [10_000]
    assert (mine[0].paid, mine[11].paid, mine[12].paid) == (date(2027, 4, 30), date(2028, 3, 31), date(2028, 7, 1))


@pytest.mark.parametrize("estimate", [1, 33_333, 99_999])
@pytest.mark.parametrize("share", ["0", "1", "1/3"])
def test_every_account_ends_at_its_settlement_and_every_day_at_nothing(estimate, share):
    settled = _entries(77_777)
    made = cash_flow(_entries(estimate), settled, YEAR, Fraction(share), date(2028, 7, 1))
    ends: dict[str, int] = {}
    days: dict[date, int] = {}
    for one in made:
        ends[one.account] = ends.get(one.account, 0) + one.received_minor
        days[one.paid] = days.get(one.paid, 0) + one.received_minor
    assert {name: amount for name, amount in ends.items() if amount} == {
        name: amount for name, amount in balances(settled).items() if amount
    }
    assert set(days.values()) == {0}


def test_the_balance_waits_for_the_run_out():
    assert CALENDAR.final_from(YEAR) == CALENDAR.balance_on(YEAR) == date(2028, 7, 1)
    later = CALENDAR.model_copy(update={"balance_paid": Duration(months=6)})
    assert later.balance_on(YEAR) == date(2028, 10, 1)


def test_a_forecast_has_a_cash_flow_where_there_is_a_calendar(contract):
    made = forecast_year(contract, quarters(YEAR, [(300, 400), (310, 400)]), 1, 500, 1)
    by_account: dict[str, int] = {}
    for one in made.cash:
        by_account[one.account] = by_account.get(one.account, 0) + one.received_minor
    assert by_account["provider-of-care"] == made.central.payable_minor
    agreement = contract.agreement.model_copy(update={"calendar": None})
    without = contract.model_copy(update={"agreement": agreement})
    assert forecast_year(without, quarters(YEAR, [(300, 400)]), 1, 500, 1).cash == ()


@pytest.mark.parametrize("name", worked_contracts())
def test_every_worked_contract_says_when_its_money_moves(name):
    agreement = load_contract(name).agreement
    assert agreement.calendar is not None and agreement.calendar.source
    for year, days in contract_years(agreement).items():
        assert days.balance_on == agreement.calendar.balance_on(agreement.term.year(year)) > days.runs.end


@pytest.mark.parametrize(
    ("day", "evidence"),
    [(None, Evidence.PROVISIONAL), (date(2028, 6, 30), Evidence.PROVISIONAL), (date(2028, 7, 1), Evidence.FINAL)],
)
def test_a_settlement_is_final_when_the_run_out_is_over(contract, day, evidence):
    values = quarters(YEAR, [(300, 400)], whole=(1200, 1600))
    (done,) = settle_measured(contract, values, [1], day=day).settlements
    assert (done.evidence, done.earned_minor) == (evidence, 60_000_000)


def test_notice_of_a_break_is_due_before_the_year_ends():
    term = Term.model_validate(TERM | {"breaks": [BREAK]})
    assert term.notice_by(term.breaks[0]) == date(2029, 3, 31)
    assert term.running_years == (1, 2, 3, 4, 5, 6, 7)


def test_a_contract_that_was_ended_has_no_later_years(contract):
    ended = Term.model_validate(TERM | {"ended after": "year 3"})
    assert (ended.running_years, ended.possible_years[-1]) == ((1, 2, 3), 7)
    short = contract.model_copy(update={"agreement": contract.agreement.model_copy(update={"term": ended})})
    assert short.years == (1, 2, 3)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"breaks": [BREAK | {"after": "year 7"}]}, "a break after year 7"),
        ({"breaks": [BREAK | {"after": "year 0"}]}, "a break after year 0"),
        ({"ended after": "year 8"}, "ended after year 8"),
        ({"ended after": "year 0"}, "ended after year 0"),
    ],
)
def test_a_break_outside_the_term_is_refused(more, words):
    with pytest.raises(ValidationError, match=words):
        Term.model_validate(TERM | more)
