"""Definitions refuse what cannot be meant, and say what to write instead."""

import pytest
from pydantic import ValidationError

from obc.domain.measurement.indicators.definition import IndicatorDefinition

PROPORTION = {
    "id": "housed",
    "title": "Housed",
    "why": "A home.",
    "measure": "proportion",
    "direction": "higher is better",
    "denominator": {"event": "diagnoses", "take": "first"},
    "numerator": {"latest": "accommodation.settled", "has": "Y", "between": ["anchor", "anchor + 9 months"]},
    "member on": "anchor",
    "source": "ours",
    "owner": "us",
    "review by": "2027-04-01",
}
RATE = {
    **PROPORTION,
    "measure": "rate",
    "denominator": {"person-time": "of members"},
    "numerator": [],
    "events": {"events": "deaths"},
    "member on": None,
}
HOURS = {"count": "contacts", "between": ["anchor", "anchor + 4 hours"]}


def refusal(**changes) -> str:
    with pytest.raises(ValidationError) as refused:
        IndicatorDefinition.model_validate({**PROPORTION, **changes})
    assert refused.value.error_count() == 1, refused.value
    return refused.value.errors()[0]["msg"]


def test_the_smallest_definitions_are_accepted():
    assert IndicatorDefinition.model_validate(PROPORTION).counts == "person"
    assert IndicatorDefinition.model_validate(RATE).multiplier == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"measure": "rate"}, "a rate has 'events' instead"),
        ({"numerator": []}, "add 'numerator'"),
        ({"events": {"events": "deaths"}}, "a proportion has 'numerator' instead"),
        ({"denominator": {"person-time": "of members"}}, "a rate, and only a rate, is over person-time"),
        ({"denominator": {"what": "ever"}}, "one of the keys event, cohort, person-time"),
        ({"denominator": {"event": "diagnosis"}}, "choose one of people, deaths, referrals"),
        ({"denominator": {"event": "referrals", "column": "priority"}}, "placed by a date"),
        ({"denominator": {"event": "referrals", "where": {"urgency": "1"}}}, "referrals has referral_id"),
        ({"denominator": {"event": "diagnoses"}, "counts": "spell"}, "it has no spell_id"),
        ({"denominator": {"event": "spells", "take": "first"}, "counts": "spell"}, "leave 'take' out"),
        ({"denominator": {"cohort": "period end"}, "counts": "referral"}, "a cohort is of people or carers"),
        ({"denominator": {"cohort": "period end"}, "provider": "of the row"}, "only an event has a row"),
        ({"compared with": "general population"}, "only a rate"),
        ({"numerator": {"maybe": "x"}}, "a condition has one of the keys"),
        ({"numerator": {"latest": "accommodation.rooms", "has": "Y", "between": ["anchor", "anchor"]}}, "settled"),
        ({"numerator": {"count": "contacts", "between": ["anchor"]}}, "two points"),
        ({"numerator": {"count": "contacts", "between": ["anchor", "soon"]}}, "'anchor + 9 months'"),
        ({"numerator": {"count": "contacts", "between": ["anchor", "anchor + 1 moon"]}}, "'28 days'"),
        ({"numerator": {"count": "contacts", "between": ["anchor + 2 days", "anchor + 1 day"]}}, "earlier point first"),
        (
            {"numerator": {"count": "contacts", "between": ["anchor", "anchor"], "at least": 3, "at most": 2}},
            "no number can be both",
        ),
        (
            {
                "numerator": {
                    "change": "employment.status",
                    "items": "x",
                    "first": ["anchor", "anchor"],
                    "last": ["anchor", "anchor"],
                    "better": "higher",
                    "by at least": 1,
                }
            },
            "scores.score or carer_scores.score",
        ),
        ({"member on": None}, "'member on: anchor'"),
        ({**RATE, "member on": "anchor"}, "every day counts"),
        ({**RATE, "events": {"events": "contacts"}, "compared with": "general population"}, "a rate of deaths"),
        ({"member on": "anchor + 4 hours"}, "write days"),
        ({"denominator": {"event": "referrals", "falls": "4 hours"}}, "moved by days"),
        ({"denominator": {"event": "population"}}, "happens to a person"),
        ({"numerator": {"count": "people", "between": ["anchor", "anchor"]}}, "do not happen to a person"),
        ({"numerator": {"latest": "scores.score", "has": "1", "between": ["anchor", "anchor"]}}, "hold codes"),
        ({"numerator": HOURS}, "start the clock"),
        ({"denominator": {"cohort": "period end"}, "numerator": HOURS}, "start the clock"),
        ({"numerator": {**HOURS, "count": "scores"}}, "these have a time of day"),
        ({"numerator": {**HOURS, "between": ["anchor", "period end + 4 hours"]}}, "from the anchor and in hours"),
        ({"numerator": {**HOURS, "between": ["anchor - 1 day", "anchor + 4 hours"]}}, "from the anchor and in hours"),
        (
            {"numerator": {"latest": "employment.status", "has": "01", "between": ["anchor", "anchor + 4 hours"]}},
            "the latest row is that of a day",
        ),
        ({"numerator": {"own": "diagnoses", "has": "F20"}}, "diagnoses has diagnosis_id"),
        ({"denominator": {"cohort": "period end"}, "numerator": {"own": "team", "has": "A02"}}, "a row of its own"),
        ({"numerator": {"age": [70, 18], "at": "anchor"}}, "the youngest and the oldest"),
        ({"numerator": {"not": {"any": [HOURS]}}}, "start the clock"),
        ({"review by": "2027-02-31"}, "day value is outside expected range"),
        ({"id": "Housed!"}, "pattern"),
    ],
)
def test_one_mistake_gets_one_message_with_its_cure(changes, words):
    assert words in refusal(**changes)


def test_a_window_prints_as_it_was_written():
    given = {"count": "contacts", "between": ["period start - 18 months", "period end"]}
    definition = IndicatorDefinition.model_validate({**PROPORTION, "numerator": given})
    written = definition.model_dump(by_alias=True, mode="json")["numerator"][0]["between"]
    assert written == ["period start - 18 months", "period end"]
    again = IndicatorDefinition.model_validate(definition.model_dump(by_alias=True, mode="json"))
    assert again == definition
