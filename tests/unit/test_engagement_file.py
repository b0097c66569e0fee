"""The file of an engagement: names that lead nowhere, tiers, national frameworks, and who was never asked."""

from datetime import date

import pytest
from pydantic import ValidationError

from engagement_samples import finding, outcome, panel, statement
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.programme.engagement.engagement_file import EngagementFile, unknown_outcomes
from obc.domain.programme.engagement.heard import Standing, heard
from obc.domain.programme.engagement.national import NationalFramework, Reference, supported

LEVELS = [{"from": 1, "good": 10, "improved": 20, "excellent": 40, "source": "a"}]
GROUPS = [
    {"id": one, "title": one, "side": "people and carers", "reached by": "letters", "source": "a"}
    for one in ("patients", "carers")
]
DAY_ONE = {"id": "day-one", "kind": "workshop", "title": "Day one", "state": "held", "from": "2027-03-01"}
DAY_ONE |= {"groups": ["patients"], "took part": 12, "about": "outcomes", "source": "report"}
NHS = {"id": "nhs", "title": "NHS", "publisher": "DH", "edition": "2012/13", "source": "a"}
REFERENCE = {"outcome": "home", "framework": "nhs", "at": "1.5", "says": "deaths", "source": "a"}


def file(**given) -> EngagementFile:
    return EngagementFile.model_validate({"contract": "ours", "groups": GROUPS, "events": [DAY_ONE], **given})


def framework(*tiers: str) -> Framework:
    outcomes = [outcome(f"{'home' if not i else f'other-{i}'}", tier=tier).model_dump() for i, tier in enumerate(tiers)]
    return Framework.model_validate({"outcomes": outcomes, "levels": LEVELS})


def seen(made: EngagementFile, agreed: Framework, on: date = date(2027, 4, 1)):
    return heard(Standing(made, made.events, made.findings, made.statements), agreed, on)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"events": [{**DAY_ONE, "groups": ["doctors"]}]},
            "'doctors', which is not listed; name one of patients, carers",
        ),
        ({"findings": [finding("waits").model_dump() | {"heard at": ["day-two"]}]}, "'day-two'.*name one of day-one"),
        ({"findings": [finding("waits").model_dump() | {"said by": ["doctors"]}]}, "'doctors', which is not listed"),
        ({"changes": [{"id": "x", "why": "y", "on": "2027-04-01", "because": ["z"], "source": "a"}]}, "none yet"),
        ({"judged": [{"outcome": "home", "meets": ["measurable"], "source": "a"}]}, "'measurable', which is not"),
        ({"references": [REFERENCE]}, "'nhs', which is not listed"),
        ({"references": [{**REFERENCE, "domains": ["9"]}], "frameworks": [NHS]}, "'9', which is not listed"),
        ({"statements": [statement(home="A home").model_dump()]}, "'panel', which is not listed"),
        ({"events": [DAY_ONE, DAY_ONE]}, "'day-one' twice; give each an id of its own"),
        ({"preferences": {"asked": "?", "source": "a", "ballots": [{"group": "x", "ranks": ["home"]}]}}, "'x', which"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(given, words):
    with pytest.raises(ValidationError, match=words):
        file(**given)


def test_outcomes_that_neither_the_contract_nor_the_first_paper_has_are_named():
    made = file(
        findings=[finding("waits").model_dump() | {"about": ["first", "home", "gone"]}],
        **{"first proposed": [{"id": "first", "title": "First", "source": "a"}]},
        judged=[{"outcome": "first", "source": "a"}],
        examples=[{"outcome": "lost", "place": "x", "did": "y", "result": "z", "dated": "2012", "source": "a"}],
    )
    found = [(one.where, one.found) for one in unknown_outcomes(made, "engagement.yaml", {"home": "A home"})]
    assert found == [
        ("findings / waits", "an outcome 'gone'"),
        ("judged / first", "an outcome 'first'"),
        ("examples / x", "an outcome 'lost'"),
    ]


def test_every_tier_has_an_outcome_or_is_missing():
    def bare(*tiers):
        return [one.which for one in seen(file(), framework(*tiers)).missing if "this part of people's way" in one.says]

    assert bare("survival", "time to recovery", "long-term consequences of therapy") == []
    assert bare("survival", "degree of recovery or health") == ["process of recovery", "sustainability of health"]


def test_an_outcome_without_a_national_framework_or_example_is_missing():
    made = seen(file(frameworks=[NHS]), framework("survival"))
    named = {(one.what, one.which) for one in made.missing}
    assert {("a national framework", "home"), ("a published example", "home"), ("an outcome", "nhs")} <= named


def test_the_domains_of_a_framework_say_which_outcomes_support_them():
    nhs = NationalFramework.model_validate(
        NHS | {"domains": [{"id": "1", "title": "Early death"}, {"id": "5", "title": "Harm"}]}
    )
    found = supported(nhs, (Reference.model_validate(REFERENCE | {"domains": ["1"]}),))
    assert [(domain.id, outcomes) for domain, outcomes in found] == [("1", ("home",)), ("5", ())]


def test_numbers_that_nobody_wrote_down_are_not_nought():
    later = DAY_ONE | {"id": "day-two", "took part": None, "invited": 40}
    planned = {key: value for key, value in DAY_ONE.items() if key != "took part"}
    planned |= {"id": "day-three", "state": "planned", "from": "2027-03-20"}
    numbers = seen(file(events=[DAY_ONE, later, planned]), framework("survival")).numbers
    assert (numbers.held, numbers.planned, numbers.invited, numbers.took_part) == (2, 1, 40, 12)
    assert (numbers.uncounted, numbers.unreached) == (("day-two",), ("carers",))


def test_a_planned_event_gone_by_and_a_group_never_asked_are_missing():
    planned = {key: value for key, value in DAY_ONE.items() if key != "took part"} | {"state": "planned"}
    made = file(events=[planned])
    late = {(one.what, one.which) for one in seen(made, framework("survival"), date(2027, 3, 2)).missing}
    early = {(one.what, one.which) for one in seen(made, framework("survival"), date(2027, 3, 1)).missing}
    assert late - early == {("an event", "day-one")}
    assert {("a group's voice", "patients"), ("a group's voice", "carers"), ("preferences", "all groups")} <= early


def test_statements_of_the_file_are_held_against_the_framework():
    groups = {"reference groups": [panel().model_dump()]}
    bare = seen(file(**groups), framework("survival"))
    assert [one.where for one in bare.unendorsed] == ["outcome 'home'"]
    spoken = seen(file(**groups, statements=[statement(home="home").model_dump()]), framework("survival"))
    assert spoken.unendorsed == ()
