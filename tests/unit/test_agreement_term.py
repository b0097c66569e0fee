"""Contract years and quarters, with and without an extension, numbered or called by the calendar."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.term import Term


def term(**given: Any) -> Term:
    return Term.model_validate({"start": "2014-04-01", "years": "5", **given})


def test_years_of_twelve_months_from_the_first_day() -> None:
    five = term(extension={"years": "2", "source": "section 8"})
    assert five.agreed_years == (1, 2, 3, 4, 5)
    assert five.possible_years == (1, 2, 3, 4, 5, 6, 7)
    assert str(five.year(2)) == "1 April 2015 to 31 March 2016"
    assert str(five.year(7)) == "1 April 2020 to 31 March 2021"
    assert [str(quarter) for quarter in five.quarters(1)] == [
        "1 April 2014 to 30 June 2014",
        "1 July 2014 to 30 September 2014",
        "1 October 2014 to 31 December 2014",
        "1 January 2015 to 31 March 2015",
    ]


@pytest.mark.parametrize("number", [0, 6, 2014])
def test_there_is_no_year_outside_the_term(number: int) -> None:
    with pytest.raises(KeyError, match=f"no contract year {number}: years run from 1 to 5"):
        term().year(number)


def test_years_may_be_called_by_the_calendar() -> None:
    calendar = term(start="2013-01-01", **{"first year": "2013"})
    assert calendar.possible_years == (2013, 2014, 2015, 2016, 2017)
    assert calendar.year(2017).end == date(2017, 12, 31)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2014, 3, 31), None),
        (date(2014, 4, 1), 1),
        (date(2015, 3, 31), 1),
        (date(2015, 4, 1), 2),
        (date(2019, 3, 31), 5),
        (date(2019, 4, 1), None),
    ],
)
def test_the_year_of_a_day(day: date, year: int | None) -> None:
    assert term().year_of(day) == year


def test_a_year_that_begins_on_a_leap_day() -> None:
    leap = term(start="2016-02-29", years="2")
    assert (leap.year(1).end, leap.year(2).start) == (date(2017, 2, 27), date(2017, 2, 28))


@pytest.mark.parametrize("given", [{"start": "1066-10-14"}, {"years": "-1"}, {"years": "51"}, {"first year": "-2"}])
def test_terms_that_cannot_be(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        term(**given)


def agreement(**given: Any) -> Agreement:
    return Agreement.model_validate(
        {
            "id": "small-town",
            "title": "A small town",
            "structure": "lead provider",
            "commissioners": [{"id": "council", "name": "Council"}],
            "parties": [
                {"id": "trust", "name": "Trust", "role": "lead provider"},
                {"id": "charity", "name": "Charity", "role": "subcontractor"},
            ],
            "term": {"start": "2020-04-01", "years": "3"},
            "currency": "GBP",
            **given,
        }
    )


def test_who_holds_the_contract() -> None:
    lead = agreement()
    assert lead.holder is not None and lead.holder.id == "trust"
    assert lead.party_ids == ("council", "trust", "charity")
    assert agreement(structure="alliance").holder is None


def test_parties_from_the_values() -> None:
    open_to_all = agreement(structure="consortium", parties="from values")
    assert open_to_all.parties.from_values
    assert open_to_all.providers == ()
    assert open_to_all.party_ids == ("council",)


@pytest.mark.parametrize(
    ("given", "found", "at"),
    [
        ({"parties": "from somewhere"}, "'from somewhere'", ()),
        ({"parties": []}, "no providers", ()),
        ({"term": {"start": "2020-04-01", "years": "0"}}, "a term of no years", ("term", "years")),
        (
            {"parties": [{"id": "council", "name": "Council"}]},
            "'council' twice among the parties",
            ("parties", 0, "id"),
        ),
        (
            {"signatories": [{"party": "trust", "office": "Chair", "public key": "A" * 43 + "="}] * 2},
            "two keys of 'trust'",
            ("signatories", 1),
        ),
        (
            {"variations": [{"id": "v", "agreed": "2021-01-01", "effective": "2021-01-01", "changes": "x"}] * 2},
            "'v' twice among the variations",
            ("variations", 1, "id"),
        ),
    ],
)
def test_agreements_that_contradict_themselves(given: dict[str, Any], found: str, at: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError) as raised:
        agreement(**given)
    (error,) = raised.value.errors()
    assert error["ctx"]["found"] == found
    assert error["ctx"]["at"] == at
