"""How a finance file writes amounts and years."""

from fractions import Fraction

import pytest
from pydantic import BaseModel, ValidationError

from obc.domain.money.finance.amount import Amount, FinancialYear, Share, label, minor, thousands


class Line(BaseModel):
    amount: Amount = 0
    year: FinancialYear = 2013
    share: Share = Fraction(0)


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("29_241k", 2_924_100_000),
        ("0.4m", 40_000_000),
        ("£1,000,000", 100_000_000),
        ("1.5bn", 150_000_000_000),
        ("19.99", 1_999),
        ("0", 0),
        ("2 K", 200_000),
        (1_999, 1_999),
    ],
)
def test_text_is_pounds_and_a_number_is_pence(written, pence):
    assert Line(amount=written).amount == pence


@pytest.mark.parametrize("written", ["k", "ten", "5 %", "-1", "0.001", "1/3", "", True])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(ValidationError):
        Line(amount=written)


@pytest.mark.parametrize(("written", "year"), [("2013/14", 2013), ("1999/00", 1999), ("2013", 2013), (2013, 2013)])
def test_a_financial_year_is_called_by_its_first(written, year):
    assert Line(year=written).year == year
    assert label(year) == ("1999/00" if year == 1999 else "2013/14")


@pytest.mark.parametrize("written", ["2013/15", "13/14", "2013-14", True])
def test_what_is_no_year_is_refused(written):
    with pytest.raises(ValidationError):
        Line(year=written)


@pytest.mark.parametrize("written", ["101 %", "-1 %", "2"])
def test_a_share_is_a_part_of_a_whole(written):
    with pytest.raises(ValidationError, match="write a share from 0 % to 100 %"):
        Line(share=written)


def test_halves_go_away_from_zero():
    assert [minor(Fraction(n, 2)) for n in (1, -1, 3)] == [1, -1, 2]
    assert [thousands(amount) for amount in (49_999, 50_000, -50_000)] == [0, 1, -1]
