"""A past settlement runs again as it was known then."""

from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from obc.bootstrap.contracts import load_contract
from obc.domain.contract.agreement.agreement import Variation
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import changed
from obc.domain.contract.variations.known import known_on
from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.problem import Problems

TWICE = [
    {"value": "100", "from": "year 1"},
    {"value": "200", "from": "year 2", "agreed": "2027-01-10"},
    {"value": "250", "from": "year 2", "agreed": "2028-06-01"},
    {"value": "300", "from": "year 3", "agreed": "2027-01-10"},
]


@pytest.fixture(scope="module")
def contract():
    return load_contract("template")


def _at(figure, *years):
    return [int(number) for number in figure.at(np.array(years))[0].list()]


@pytest.mark.parametrize(
    ("day", "values"),
    [
        (date(2027, 1, 9), [100, 100, 100]),
        (date(2027, 1, 10), [100, 200, 300]),
        (date(2028, 5, 31), [100, 200, 300]),
        (date(2028, 6, 1), [100, 250, 300]),
    ],
)
def test_a_year_agreed_anew_holds_from_the_day_it_was_agreed(day, values):
    figure = Figure.model_validate(TWICE)
    assert _at(figure, 1, 2, 3) == [100, 250, 300]
    assert _at(figure.known_on(day), 1, 2, 3) == values


def test_nothing_is_known_before_anything_was_agreed():
    assert Figure.model_validate(TWICE[1:]).known_on(date(2020, 1, 1)) is None
    plain = Figure.model_validate("5")
    assert plain.known_on(date(1900, 1, 1)) is plain


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"from": "year 2"}, "then on none"),
        ({"from": "year 2", "agreed": "2027-01-10"}, "give the later agreement"),
        ({"from": "year 2", "agreed": "2026-01-10"}, "give the later agreement"),
        ({"from": "year 1", "agreed": "2029-01-10"}, "each later than the last"),
    ],
)
def test_agreements_of_one_year_stand_in_the_order_of_their_days(second, words):
    with pytest.raises(ValidationError, match=words):
        Figure.model_validate([TWICE[1], {"value": "1", **second}])
    with pytest.raises(ValidationError, match="each later than the last"):
        Figure.model_validate([{"value": "1", "from": "year 2"}, {"value": "1", "from": "year 2"}])


def test_a_contract_without_dates_is_known_as_it_stands(contract):
    assert known_on(contract, date(2000, 1, 1)) is contract


def _varied(contract, before):
    changes = (Change(file="payment.yaml", at="steps / incentive pot / unearned", reads="over to next year"),)
    now = changed(contract, changes, "variation")
    made = Variation(
        id="carry", agreed=date(2028, 1, 1), effective=date(2028, 4, 1), changes="unearned money", before=before
    )
    return now.model_copy(update={"agreement": now.agreement.model_copy(update={"variations": (made,)})})


def test_a_variation_is_put_back(contract):
    was = (Change(file="payment.yaml", at="steps / incentive pot / unearned", reads="back to the payer"),)
    now = _varied(contract, was)
    assert known_on(now, date(2027, 12, 31)).hash == contract.hash
    assert known_on(now, date(2028, 1, 1)) is now


def test_a_figure_that_a_variation_brought_in_must_say_what_was_before(contract):
    figure = Figure.model_validate({"value": "5", "agreed": "2028-01-01"})
    agreed = contract.mechanism.figures[0].model_copy(update={"is_": figure})
    now = contract.model_copy(update={"mechanism": contract.mechanism.model_copy(update={"figures": (agreed,)})})
    with pytest.raises(Problems, match=r"payment.yaml: figures / 1 / is: found nothing agreed by 2027-01-01"):
        known_on(now, date(2027, 1, 1))
    assert known_on(now, date(2028, 1, 1)).hash == now.hash


def test_later_values_are_left_out_wherever_they_stand(contract):
    given = [
        {"value": "1_000_000", "source": "x"},
        {"value": "5", "from": "year 2", "agreed": "2028-06-01", "source": "y"},
    ]
    agreed = contract.mechanism.figures[0].model_copy(update={"is_": Figure.model_validate(given)})
    now = contract.model_copy(update={"mechanism": contract.mechanism.model_copy(update={"figures": (agreed,)})})
    held = known_on(now, date(2027, 1, 1)).mechanism.figures[0].is_
    assert _at(held, 1, 2) == [1_000_000, 1_000_000]
    assert _at(known_on(now, date(2028, 6, 1)).mechanism.figures[0].is_, 1, 2) == [1_000_000, 5]


def test_a_place_can_be_emptied_and_filled(contract):
    gone = changed(contract, [Change(file="framework.yaml", at="outcomes / 1 / indicators / 1 / minimum cases")], "x")
    assert gone.framework.outcomes[0].indicators[0].minimum_cases == 0
    more = Change(file="contract.yaml", at="summary", reads="Short.")
    assert changed(contract, [more], "x").agreement.summary == "Short."
