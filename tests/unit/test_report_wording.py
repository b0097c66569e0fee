"""Figures as people read them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from obc.reports import wording


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Decimal("2.345"), 2, "2.35"),
        (Decimal("-2.345"), 2, "-2.35"),
        (Fraction(1, 3), 4, "0.3333"),
        (7, 2, "7.00"),
        (Decimal("-0.001"), 2, "0.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(number, places, expected):
    assert str(wording.rounded(number, places)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.number(1234567), "1,234,567"),
        (wording.number(Decimal("-1234.5"), 1), "−1,234.5"),
        (wording.shortest(Fraction(50, 3)), "16.67"),
        (wording.shortest(20), "20"),
        (wording.shortest(Fraction(7, 2)), "3.5"),
        (wording.percent(Fraction(5, 8)), "62.5%"),
        (wording.percent(0), "0.0%"),
        (wording.money(123456, "GBP"), "£1,234.56"),
        (wording.money(-5, "USD"), "−$0.05"),
        (wording.money_in_words(100000, "GBP"), "£1,000"),
        (wording.money_in_words(100050, "GBP"), "£1,000.50"),
        (wording.points(1), "1 point"),
        (wording.points(Fraction(7, 2)), "3.5 points"),
        (wording.plural(1, "person", "people"), "1 person"),
        (wording.plural(2000, "person", "people"), "2,000 people"),
        (wording.plural(2, "settlement"), "2 settlements"),
        (wording.day(date(2027, 4, 1)), "1 April 2027"),
        (wording.quarter(date(2027, 1, 1), date(2027, 3, 31)), "Jan–Mar 27"),
        (wording.listed(["a"]), "a"),
        (wording.listed(["a", "b"]), "a and b"),
        (wording.listed(["a", "b", "c"]), "a, b and c"),
        (wording.listed([]), ""),
        (wording.capital("crisis Support"), "Crisis Support"),
    ],
)
def test_says(said, expected):
    assert said == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2027, 4, 1), date(2027, 6, 30), "April to June 2027"),
        (date(2027, 4, 1), date(2028, 3, 31), "April 2027 to March 2028"),
        (date(2027, 4, 1), date(2027, 4, 30), "April 2027"),
        (date(2027, 4, 2), date(2027, 6, 30), "2 April 2027 to 30 June 2027"),
        (date(2027, 4, 1), date(2027, 6, 29), "1 April 2027 to 29 June 2027"),
    ],
)
def test_whole_months_are_said_as_months(start, end, expected):
    assert wording.months(start, end) == expected
