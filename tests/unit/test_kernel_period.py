"""Periods and lengths of time."""

from datetime import date

import duckdb
import pytest
from pydantic import BaseModel, ValidationError

from obc.domain.core.kernel.period import Duration, Length, Period, add_months


def test_month_ends_clamp_as_sql_engines_have_it():
    days = [date(2014, 1, 31), date(2016, 2, 29), date(2014, 3, 15), date(2015, 12, 31)]
    for day in days:
        for months in (-13, -12, -1, 0, 1, 6, 12, 25):
            sql = f"SELECT CAST(DATE '{day}' + INTERVAL ({months}) MONTH AS DATE)"
            assert add_months(day, months) == duckdb.sql(sql).fetchall()[0][0]


def test_a_year_has_four_quarters_and_both_ends_count():
    year = Period.of_months(date(2014, 4, 1), 12)
    assert (year.end, year.after, year.days) == (date(2015, 3, 31), date(2015, 4, 1), 365)
    assert [str(q) for q in year.parts(3)] == [
        "1 April 2014 to 30 June 2014",
        "1 July 2014 to 30 September 2014",
        "1 October 2014 to 31 December 2014",
        "1 January 2015 to 31 March 2015",
    ]
    assert year.start in year and year.end in year and year.after not in year


def test_the_last_part_may_be_short_and_months_never_drift():
    odd = Period(start=date(2014, 1, 31), end=date(2014, 5, 10))
    assert [(q.start, q.end) for q in odd.parts(1)] == [
        (date(2014, 1, 31), date(2014, 2, 27)),
        (date(2014, 2, 28), date(2014, 3, 30)),
        (date(2014, 3, 31), date(2014, 4, 29)),
        (date(2014, 4, 30), date(2014, 5, 10)),
    ]


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValidationError, match="before it starts"):
        Period(start=date(2014, 4, 1), end=date(2014, 3, 31))


class Written(BaseModel):
    window: Length


@pytest.mark.parametrize(
    ("text", "duration", "printed"),
    [
        ("9 months", Duration(months=9), "9 months"),
        ("1 year", Duration(months=12), "1 year"),
        ("12 months", Duration(months=12), "1 year"),
        ("2 weeks", Duration(days=14), "14 days"),
        (" 28  days ", Duration(days=28), "28 days"),
        ("4 hours", Duration(hours=4), "4 hours"),
        ("0 days", Duration(), "0 days"),
    ],
)
def test_lengths_are_written_as_people_write_them(text, duration, printed):
    assert Written(window=text).window == duration
    assert str(duration) == printed
    assert Duration.parse(printed) == duration


@pytest.mark.parametrize("text", ["9", "nine months", "1.5 months", "3 fortnights", "1 month 2 days", "-3 days", ""])
def test_what_is_no_length_of_time_is_refused_with_an_example(text):
    with pytest.raises(ValidationError, match="write for example '9 months'"):
        Written(window=text)


def test_hours_do_not_move_a_day():
    assert Duration(hours=30).after(date(2014, 4, 1)) == date(2014, 4, 1)
    assert (-Duration(months=1)).after(date(2014, 3, 31)) == date(2014, 2, 28)
