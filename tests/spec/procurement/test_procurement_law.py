"""Which rules govern, by day and by what is bought, and which of their processes the facts open."""

from datetime import date

import pytest

from obc.domain.programme.procurement.law import LegalFacts, read_law
from obc.loaders.procurement import procurement_law
from procurement_samples import refused

MUST, OPEN, DOUBT, CLOSED = "must be followed", "open", "not certain", "closed"
NOBODY_ELSE = {"existing-provider": "yes", "only-existing-capable": "yes", "framework-agreement": "no"}
CHOICE = {
    "choice-of-provider": "yes",
    "number-restricted": "no",
    "offered-to-all": "yes",
    "framework-agreement": "no",
    "only-existing-capable": "no",
}
NEITHER = {"only-existing-capable": "no", "choice-of-provider": "no", "framework-agreement": "no"}
CONTINUED = {
    "existing-provider": "yes",
    "contract-expiring": "yes",
    "considerable-change": "no",
    "satisfying": "yes",
}


def read(services: str, begins: str, **answers: str):
    named = {key.replace("_", "-"): value for key, value in answers.items()}
    facts = LegalFacts.model_validate({"services": services, "begins": begins, "answers": named})
    return read_law(procurement_law(), facts)


def stands(answers: dict[str, str], begins: str = "2027-01-04", services: str = "health") -> dict[str, str]:
    facts = LegalFacts.model_validate({"services": services, "begins": begins, "answers": answers})
    return {one.process: one.stands for one in read_law(procurement_law(), facts).processes}


@pytest.mark.parametrize(
    ("services", "begins", "regime"),
    [
        ("health", "2013-03-31", None),
        ("health", "2013-04-01", "nhs-2013"),
        ("health", "2023-12-31", "nhs-2013"),
        ("health", "2024-01-01", "provider-selection-regime"),
        ("mostly-health", "2027-01-04", "provider-selection-regime"),
        ("other", "2025-02-23", None),
        ("other", "2025-02-24", "procurement-act-2023"),
        ("mostly-other", "2027-01-04", "procurement-act-2023"),
    ],
)
def test_rules_govern_from_the_day_they_came_into_force(services, begins, regime):
    reading = read(services, begins)
    assert reading.regime == regime
    if regime is None:
        assert reading.processes == ()
        assert "legal advice" in reading.minds


@pytest.mark.parametrize(
    ("answers", "a", "b", "c", "most_suitable", "competitive"),
    [
        # nobody else can: regulation 6(3), and nothing else is open
        (NOBODY_ELSE | {"choice-of-provider": "no"}, MUST, CLOSED, CLOSED, CLOSED, CLOSED),
        # patients choose among all who qualify: regulation 6(4)
        (CHOICE, CLOSED, MUST, CLOSED, CLOSED, CLOSED),
        # the contract ends and goes on much as it was: regulation 6(5) opens C beside the others
        (NEITHER | CONTINUED | {"one-identifiable": "yes"}, CLOSED, CLOSED, OPEN, OPEN, OPEN),
        # a considerable change closes C
        (
            NEITHER | CONTINUED | {"considerable-change": "yes", "one-identifiable": "yes"},
            CLOSED,
            CLOSED,
            CLOSED,
            OPEN,
            OPEN,
        ),
        # nobody can be identified without a competition
        (NEITHER | CONTINUED | {"satisfying": "no", "one-identifiable": "no"}, CLOSED, CLOSED, CLOSED, CLOSED, OPEN),
        # a framework agreement is only concluded by the competitive process
        (
            CONTINUED
            | {"only-existing-capable": "yes", "choice-of-provider": "no", "framework-agreement": "yes"}
            | {"one-identifiable": "yes"},
            CLOSED,
            CLOSED,
            CLOSED,
            CLOSED,
            OPEN,
        ),
        # nothing is known: nothing is claimed
        ({}, DOUBT, DOUBT, DOUBT, DOUBT, DOUBT),
    ],
)
def test_the_provider_selection_regime(answers, a, b, c, most_suitable, competitive):
    assert list(stands(answers).values()) == [a, b, c, most_suitable, competitive]


def test_the_five_key_criteria_and_the_numbers_of_the_regulations():
    reading = read("health", "2027-01-04")
    assert len(reading.criteria) == 5
    assert [one.regulation.split("regulations ")[1] for one in reading.processes] == [
        "6(3) and 7",
        "6(4) and 8",
        "6(5) and 9",
        "6 and 10",
        "6 and 11",
    ]
    waits = {one.process: one.standstill for one in reading.processes}
    assert [name for name, wait in waits.items() if wait] == [
        "direct-award-c",
        "most-suitable-provider",
        "competitive-process",
    ]


def test_what_turns_on_judgement_is_said_to_need_advice_even_when_it_is_answered():
    answers = NEITHER | CONTINUED
    facts = LegalFacts.model_validate({"services": "health", "begins": "2027-01-04", "answers": answers})
    c = read_law(procurement_law(), facts).process("direct-award-c")
    assert c.stands == OPEN
    assert sum("legal advice" in line for line in c.advice) == 2


@pytest.mark.parametrize(("review", "expected"), [("yes", OPEN), ("no", CLOSED), ("not known", DOUBT)])
def test_in_2013_a_review_of_services_could_name_the_most_capable_provider(review, expected):
    answers = {"detailed-review": review, "one-capable-provider": "no"}
    found = stands(answers, "2013-11-28")
    assert found == {"advertised": OPEN, "review-of-services": expected, "single-provider": CLOSED}


@pytest.mark.parametrize(
    ("begins", "councils", "central"),
    [("2025-12-31", 214_904, 139_688), ("2026-01-01", 207_720, 135_018)],
)
def test_thresholds_of_the_procurement_act_by_the_day_it_begins(begins, councils, central):
    reading = read("other", begins)
    assert [int(one.value) for one in reading.thresholds] == [663_540, central, councils]


def test_a_fact_that_no_rule_asks_for_is_refused():
    assert "the rules ask existing-provider" in refused(read, "health", "2027-01-04", colour="yes")


def test_a_contract_below_the_threshold_is_left_to_standing_orders():
    found = stands({"above-threshold": "no"}, services="other")
    assert found == {
        "open-procedure": CLOSED,
        "competitive-flexible-procedure": CLOSED,
        "direct-award": CLOSED,
        "below-threshold": OPEN,
    }


def test_the_law_says_when_it_was_read():
    assert read("health", "2027-01-04").read_on == date(2026, 11, 21)
