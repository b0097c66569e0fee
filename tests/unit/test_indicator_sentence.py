"""A definition reads as a plain English sentence."""

import pytest

from indicator_engines import definition, rate
from obc.domain.measurement.indicators.phrases import Speech, in_words
from obc.domain.measurement.indicators.sentence import sentence
from obc.domain.measurement.records.codes import CodeList
from shipped import code_lists, indicators

LISTS = {
    "settled": CodeList.model_validate(
        {"id": "settled", "title": "Settled", "source": "a test", "codes": {"Y": "settled"}}
    ),
    "employment-status": CodeList.model_validate(
        {"id": "employment-status", "title": "Status", "source": "a test", "codes": {"01": "employed", "02": "seeking"}}
    ),
}
WINDOW = ["anchor + 9 months", "anchor + 15 months"]


def test_the_whole_sentence_of_a_proportion() -> None:
    asked = definition(
        denominator={
            "event": "diagnoses",
            "take": "first",
            "where": {"position": "primary"},
            "falls": "12 months",
            "who": {"alive": "anchor + 12 months"},
        },
        numerator={"latest": "accommodation.settled", "has": "settled", "between": WINDOW},
    )
    assert sentence(asked, LISTS) == (
        "Of people with their first diagnosis with the position 'primary' 1 year before the period who are "
        "alive 1 year "
        "after the diagnosis, the share of those whose latest accommodation record, from 9 to 15 months after the "
        "diagnosis, says 'Settled'. People of whom this is not known stay in the denominator; their number is shown. "
        "Each counts for the segment at the diagnosis and for the provider responsible then."
    )


def test_the_whole_sentence_of_a_rate() -> None:
    asked = rate(events={"events": "deaths", "once": True}, multiplier=1000, **{"compared with": "general population"})
    assert sentence(asked) == (
        "Number of deaths, each person at most once, per 1,000 person-years that people spend as members of a segment. "
        "Beside it stands how many deaths there were for each that the general population of the same ages and sexes "
        "would have had. Every day and every event counts for the segment and provider of that day."
    )


def test_the_whole_sentence_of_a_mean() -> None:
    value = {
        "total": "scores.score",
        "items": ["a", "b"],
        "between": ["anchor - 12 months", "anchor"],
        "ties": "higher",
    }
    asked = definition(
        measure="mean",
        counts="referral",
        denominator={"event": "referrals", "column": "discharged"},
        value=value,
        provider="of the row",
    )
    assert sentence(asked) == (
        "Of referrals discharged in the period, the mean total of 'a' or 'b' on the latest day that has all of them in "
        "the year up to the day it was discharged (the higher where an item was scored twice). Referrals "
        "without such a "
        "day are not in the mean; their number is shown. Each counts for the segment on the day it was discharged and "
        "for the provider that recorded it."
    )


@pytest.mark.parametrize(
    ("condition", "clause", "opposite"),
    [
        (
            {"latest": "employment.status", "has": ["01", "02"], "between": WINDOW},
            "whose latest employment record, from 9 to 15 months after the anchor, says 'employed' or 'seeking'",
            "whose latest employment record, from 9 to 15 months after the anchor, does not say 'employed' or "
            "'seeking'",
        ),
        (
            {"latest": "roles.holds", "where": {"role": "parent"}, "has": "Y", "between": ["anchor", "anchor"]},
            "whose latest record of a role with the role 'parent', on the day of the anchor, says yes to role held",
            "whose latest record of a role with the role 'parent', on the day of the anchor, does not say yes to "
            "role held",
        ),
        (
            {"count": "contacts", "between": ["period start", "period end"]},
            "who have a contact in the period",
            "who have no contact in the period",
        ),
        (
            {"count": "contacts", "at most": 0, "between": ["anchor - 7 days", "anchor"]},
            "who have no contact in the 7 days up to the anchor",
            "who have a contact in the 7 days up to the anchor",
        ),
        (
            {"count": "contacts", "at least": 2, "at most": 3, "between": ["anchor", "anchor + 28 days"]},
            "who have at least 2 and at most 3 contacts from the anchor to 28 days after it",
            "who do not have at least 2 and at most 3 contacts from the anchor to 28 days after it",
        ),
        (
            {"count": "contacts", "between": ["anchor + 1 day", "period end"]},
            "who have a contact from 1 day after the anchor to the last day of the period",
            "who have no contact from 1 day after the anchor to the last day of the period",
        ),
        (
            {
                "change": "scores.score",
                "items": "a",
                "first": ["anchor - 1 day", "anchor + 2 days"],
                "last": WINDOW,
                "better": "lower",
                "by at least": "2",
            },
            "whose total of 'a' became lower by at least 2 between the first assessment from 1 day before the "
            "anchor to 2 "
            "days after it and the last from 9 to 15 months after the anchor",
            "whose total of 'a' did not become lower by at least 2 between the first assessment from 1 day before the "
            "anchor to 2 days after it and the last from 9 to 15 months after the anchor",
        ),
        ({"own": "answer", "has": "yes"}, "whose own answer is 'yes'", "whose own answer is not 'yes'"),
        (
            {"own": "carer_attended", "has": "Y"},
            "whose own row says yes to carer attended",
            "whose own row does not say yes to carer attended",
        ),
        (
            {"age": [18, 69], "at": "period end"},
            "who are aged 18 to 69 on the last day of the period",
            "who are not aged 18 to 69 on the last day of the period",
        ),
        ({"alive": "anchor"}, "who are alive at the anchor", "who are no longer alive at the anchor"),
        (
            {"open": "referrals", "on": "anchor", "since": "anchor - 28 days"},
            "who have an open referral at the anchor, begun by 28 days before the anchor",
            "who have no open referral at the anchor, begun by 28 days before the anchor",
        ),
        (
            {"any": [{"alive": "anchor"}, {"not": {"count": "reviews", "between": ["period start", "period end"]}}]},
            "who are alive at the anchor or who have no care review in the period",
            "who are no longer alive at the anchor and who have a care review in the period",
        ),
        (
            {"all": [{"alive": "anchor"}, {"any": [{"alive": "anchor"}, {"own": "answer", "has": "x"}]}]},
            "who are alive at the anchor and (who are alive at the anchor or whose own answer is 'x')",
            "who are no longer alive at the anchor or (who are no longer alive at the anchor and whose own "
            "answer is not 'x')",
        ),
    ],
)
def test_every_condition_and_its_opposite(condition: dict[str, object], clause: str, opposite: str) -> None:
    event = {"event": "patient_surveys"} if "answer" in str(condition) else {"event": "reviews"}
    (asked,) = definition(denominator=event, numerator=condition).numerator
    assert in_words(asked, Speech(LISTS)) == clause
    (turned,) = definition(denominator=event, numerator={"not": condition}).numerator
    assert in_words(turned, Speech(LISTS)) == opposite


def test_things_are_spoken_of_as_things_and_their_people_as_people() -> None:
    (alive,) = definition(numerator={"alive": "anchor"}).numerator
    assert in_words(alive, Speech({}, "referral")) == "whose person is alive at the anchor"
    assert in_words(alive, Speech({}, "carer")) == "whose person cared for is alive at the anchor"
    (seen,) = definition(numerator={"count": "contacts", "between": ["anchor", "anchor"]}).numerator
    assert in_words(seen, Speech({}, "spell")) == "that have a contact on the day of the anchor"


@pytest.mark.parametrize("name", sorted(indicators()))
def test_every_shipped_definition_reads_as_sentences(name: str) -> None:
    words = sentence(indicators()[name], code_lists())
    assert words[0].isupper() and words.endswith(".")
    assert not any(sign in words for sign in ("_", "  ", "{", "anchor", " 1 days")), words
