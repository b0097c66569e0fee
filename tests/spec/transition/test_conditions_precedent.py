"""A contract goes live when every condition precedent holds; nobody accepts what they showed themselves."""

from datetime import date

import pytest

from managed_samples import CHIEF, DAY, HOME, MAYOR, Memory, at, person, town
from obc.domain.contract.agreement.quality import QualitySchedule
from obc.domain.contract.agreement.schedules import Schedules
from obc.domain.contract.transition.transition import Transition
from obc.domain.core.kernel.problem import Problems
from obc.services.contract_book import ContractBook
from obc.services.register import Doing

DAY_ONE = date(2020, 3, 1)
CONDITION = {
    "requires": "r",
    "evidence": "the certificate",
    "source": "test",
}
SCHEDULES = Schedules.model_validate(
    {
        "conditions precedent": [
            {"id": "insured", "title": "Insured", "shown by": "day-centre", **CONDITION},
            {"id": "staffed", "title": "Staffed", "shown by": "home-team", "can be waived": True, **CONDITION},
        ]
    }
)
QUALITY = QualitySchedule.model_validate(
    {
        "expectations": [
            {
                "id": "access",
                "title": "Access",
                "expects": "one way in",
                "owner": "director",
                "evidence": ["waiting times"],
                "reviewed every": "6 months",
                "source": "test",
            }
        ]
    }
)
TRANSITION = Transition.model_validate(
    {
        "amendments": [
            {
                "id": "homes",
                "title": "Homes",
                "renews": "2020-01-01",
                "indicators": ["kept-home"],
                "data duties": ["d"],
                "source": "test",
            }
        ],
        "contracts": [
            {"id": "old", "becomes": "ends", "amendment": "homes", "source": "test"},
            {"id": "other", "becomes": "stays outside", "source": "test"},
        ],
        "mobilisation": [
            {
                "id": "insure",
                "title": "Insure",
                "owner": "day-lead",
                "due": "2020-02-01",
                "for": ["insured"],
                "source": "test",
            },
        ],
    }
)


def book() -> ContractBook:
    terms = town().model_copy(update={"schedules": SCHEDULES, "quality": QUALITY})
    return ContractBook(terms, TRANSITION, Memory())


def doing(by, day: date = DAY_ONE) -> Doing:
    return Doing(by, at(day), "a reason")


def test_it_is_refused_while_one_condition_is_open_and_every_open_one_is_named():
    made = book()
    with pytest.raises(Problems) as refused:
        made.go_live(doing(CHIEF))
    assert [one.found for one in refused.value.problems] == [
        "the condition precedent 'insured' is open; it waits for insure",
        "the condition precedent 'staffed' is open",
    ]
    made.act("condition", "insured", "show", doing(DAY), "certificate 17")
    with pytest.raises(Problems, match="'insured' is shown; it waits for insure; let the commissioner accept it"):
        made.go_live(doing(CHIEF))
    made.act("condition", "insured", "accept", doing(MAYOR), None)
    made.act("condition", "staffed", "waive", doing(CHIEF), None)
    assert made.readiness(DAY_ONE).ready
    assert made.go_live(doing(CHIEF)).on == DAY_ONE
    assert made.readiness(DAY_ONE).live_since == DAY_ONE
    with pytest.raises(Problems, match="a contract that has been live since 2020-03-01; it goes live once"):
        made.go_live(doing(CHIEF))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([("insured", "show", DAY, None)], "no evidence; say what shows it: the certificate"),
        ([("insured", "accept", MAYOR, "e")], "'accept' while it is open; what it allows now is 'show', 'waive'"),
        ([("insured", "show", DAY, "e"), ("insured", "accept", DAY, None)], "it is for commissioner manager"),
        ([("insured", "show", MAYOR, "e"), ("insured", "accept", MAYOR, None)], "mayor accepts what they showed"),
        ([("insured", "waive", CHIEF, None)], "a condition that cannot be waived; show that it holds"),
        ([("staffed", "waive", MAYOR, None)], "it is for accountable officer to do"),
        ([("roofed", "show", DAY, "e")], "one that is nowhere; there is insured, staffed"),
    ],
)
def test_what_is_no_honest_acceptance_is_refused(steps, words):
    made = book()
    with pytest.raises(Problems, match=words):
        for record, verb, by, evidence in steps:
            made.act("condition", record, verb, doing(by), evidence)


def test_a_party_does_not_accept_what_it_answers_for_itself():
    own = person("insider", "day-centre", "contract manager")
    made = book()
    made.act("condition", "insured", "show", doing(DAY), "certificate 17")
    with pytest.raises(Problems, match="insider accepts what day-centre showed; somebody of another party"):
        made.act("condition", "insured", "accept", doing(own), None)


def test_what_is_sent_back_or_reopened_loses_its_evidence():
    made = book()
    made.act("condition", "insured", "show", doing(DAY), "certificate 17")
    made.act("condition", "insured", "send back", doing(MAYOR), None)
    stood = made.conditions.named("insured")
    assert (stood.state, stood.evidence, stood.shown_by) == ("open", None, None)


@pytest.mark.parametrize(
    ("by", "evidence", "words"),
    [
        (person("carer", "day-centre", "carer representative"), "e", "carer, who works for a provider"),
        (MAYOR, None, "no evidence; say what the reviewer saw"),
        (HOME, "e", "it is for commissioner manager or contract manager or clinical lead"),
    ],
)
def test_whoever_gives_the_care_does_not_review_it(by, evidence, words):
    with pytest.raises(Problems, match=words):
        book().act("expectation", "access", "find met", doing(by), evidence)


def test_a_review_says_when_the_next_is_due():
    """The first is due six months after the start on 1 April 2020, the next six months after the last."""
    made = book()
    (first,) = made.expectations(date(2020, 10, 1))
    assert (first.state, first.next_review, first.overdue) == ("not yet reviewed", date(2020, 10, 1), False)
    assert made.expectations(date(2020, 10, 2))[0].overdue
    made.act("expectation", "access", "find partly met", doing(MAYOR, date(2020, 10, 5)), "visit of 1 October")
    (now,) = made.expectations(date(2020, 10, 6))
    assert (now.state, now.next_review, now.overdue) == ("partly met", date(2021, 4, 5), False)


def test_a_staged_amendment_is_offered_by_one_side_and_signed_by_the_other():
    made = book()
    with pytest.raises(Problems, match="'sign' while it is to be offered"):
        made.act("amendment", "old", "sign", doing(DAY), None)
    made.act("amendment", "old", "offer", doing(MAYOR), None)
    with pytest.raises(Problems, match="it is for provider lead"):
        made.act("amendment", "old", "sign", doing(MAYOR), None)
    made.act("amendment", "old", "sign", doing(DAY), None)
    assert made.passages.named("old").carries
    with pytest.raises(Problems, match="a contract that takes no amendment"):
        made.act("amendment", "other", "offer", doing(MAYOR), None)


def test_a_preparation_is_its_owners_and_done_with_evidence():
    made = book()
    assert made.readiness(date(2020, 2, 1)).late == () and made.readiness(date(2020, 2, 2)).late == ("insure",)
    with pytest.raises(Problems, match="home-lead, who does not own it; it is for day-lead to do"):
        made.act("preparation", "insure", "begin", doing(HOME), None)
    made.act("preparation", "insure", "begin", doing(DAY), None)
    with pytest.raises(Problems, match="no evidence; say what shows that it is done"):
        made.act("preparation", "insure", "finish", doing(DAY), None)
    made.act("preparation", "insure", "finish", doing(DAY), "certificate 17")
    assert made.readiness(date(2020, 2, 2)).late == ()
    assert made.readiness(date(2020, 2, 2)).conditions[0].waits_for == ()
