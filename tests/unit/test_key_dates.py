"""What a contract has in store."""

from datetime import date

from obc.domain.contract.agreement.key_dates import key_dates
from obc.loaders.contract import load_contract

CONTRACT = load_contract("oxfordshire-mental-health")


def test_quarters_years_and_payments_stand_in_order():
    found = key_dates(CONTRACT, CONTRACT.period(2).start, CONTRACT.period(3).start)
    told = [one.what for one in found]
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert told.count("Year 2 ends") == 1 and "Quarter 4 of year 2 ends" not in told
    assert [one for one in told if one.startswith("Quarter")] == [f"Quarter {n} of year 2 ends" for n in (1, 2, 3)]
    calendar = CONTRACT.agreement.calendar
    final = next(one for one in found if one.what == "The figures of year 1 are final from this day")
    assert final.day == calendar.final_from(CONTRACT.period(1))


def test_days_that_are_over_and_days_too_far_ahead_are_left_out():
    last = CONTRACT.period(2).end
    assert all(last < one.day <= date(2016, 12, 31) for one in key_dates(CONTRACT, last, date(2016, 12, 31)))
    assert "Year 2 ends" not in [one.what for one in key_dates(CONTRACT, last, date(2016, 12, 31))]
    assert key_dates(CONTRACT, date(2100, 1, 1), date(2101, 1, 1)) == ()


def test_the_end_of_the_term_says_how_far_it_may_be_extended():
    term = CONTRACT.agreement.term
    last = CONTRACT.period(term.agreed_years[-1]).end
    told = [one.what for one in key_dates(CONTRACT, date(last.year, 1, 1), last)]
    assert any(one.startswith("The agreed term ends; it may be extended by 2 years") for one in told), told


def test_definitions_with_one_review_are_told_together():
    days = {one.review_by for one in CONTRACT.definitions}
    for day in days:
        told = [one.what for one in key_dates(CONTRACT, date(day.year - 1, day.month, 1), day) if one.day == day]
        assert len([one for one in told if one.startswith("To be reviewed")]) == 1
