"""Records of an engagement: what they refuse, and who may move them where."""

from datetime import date

import pytest
from pydantic import ValidationError

from engagement_samples import CHAIR, DAY, LEAD, PATIENT, finding, panel, statement
from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.engagement.events import Event, cancelled, held
from obc.domain.programme.engagement.findings import Answer, answered, reopened, told
from obc.domain.programme.engagement.fitness import Criterion, Judged, fitness, unfit
from obc.domain.programme.engagement.preferences import Preferences
from obc.domain.programme.engagement.statements import Statement, may_record, withdrawn

ANSWER = Answer(did="kept", says="it stays", on=DAY, source="minutes")


def event(**given) -> Event:
    plain = {"id": "day-one", "kind": "workshop", "title": "Day one", "from": "2027-03-01", "groups": ["patients"]}
    return Event.model_validate({**plain, "about": "outcomes", "source": "report", **given})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"to": "2027-02-01"}, "ends on 2027-02-01, before 2027-03-01"),
        ({"took part": 12}, "12 people at an event that is planned"),
        ({"took part": -1, "state": "held"}, "greater than or equal to 0"),
        ({"groups": []}, "at least 1 item"),
    ],
)
def test_an_event_that_cannot_be_is_refused(given, words):
    with pytest.raises(ValidationError, match=words):
        event(**given)


def test_an_event_is_held_once_and_not_before_its_day():
    after = held(event(), 12, LEAD.roles, date(2027, 3, 2))
    assert (after.state, after.took_part) == ("held", 12)
    assert held(event(), None, LEAD.roles, date(2027, 3, 1)).took_part is None
    with pytest.raises(Problems, match="before it begins on 2027-03-01; record it once it was held"):
        held(event(), 12, LEAD.roles, date(2027, 2, 28))
    with pytest.raises(Problems, match="'hold' while it is held; what it allows now is nothing more"):
        held(after, 13, LEAD.roles, date(2027, 3, 3))
    with pytest.raises(Problems, match="by somebody who is patient representative; it is for engagement lead to do"):
        cancelled(event(), PATIENT.roles)
    assert cancelled(event(), LEAD.roles).state == "cancelled"


def test_a_finding_goes_from_open_to_told_back_and_patients_can_reopen_it():
    one = answered(finding("waits"), ANSWER, LEAD.roles)
    two = told(one, "a letter", LEAD.roles)
    assert (one.state, two.state, two.told_back) == ("answered", "told back", "a letter")
    again = reopened(two, PATIENT.roles)
    assert (again.state, again.answer, again.told_back) == ("open", None, None)


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (lambda: told(finding("waits"), "a letter", LEAD.roles), "'tell back' while it is open; .* 'answer'"),
        (lambda: answered(finding("waits"), ANSWER, PATIENT.roles), "it is for engagement lead or programme manager"),
        (lambda: told(finding("waits", "kept"), "  ", LEAD.roles), "no word of how; say how they were told"),
        (
            lambda: reopened(finding("waits", "kept"), CHAIR.roles),
            "it is for engagement lead or patient representative",
        ),
    ],
)
def test_what_a_finding_does_not_allow_is_refused(turn, words):
    with pytest.raises(Problems, match=words):
        turn()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"said by": []}, "heard, from nobody; name the groups"),
        ({"state": "answered"}, "'answered' with no answer"),
        ({"answer": ANSWER.model_dump()}, "'open' with an answer"),
        ({"told back": "a letter"}, "in the state 'told back' only"),
    ],
)
def test_a_finding_that_contradicts_itself_is_refused(given, words):
    with pytest.raises(ValidationError, match=words):
        type(finding("waits")).model_validate(finding("waits").model_dump() | given)


def test_a_statement_is_its_chairs_to_record_on_a_day_that_has_been():
    may_record(statement(home="A home"), (panel(),), CHAIR, DAY)
    for given, by, words in (
        (statement(home="A home"), LEAD, "recorded by lead; a statement is its chair's to record: chair"),
        (statement(group="others", home="A home"), CHAIR, "a group 'others'; there is panel"),
        (statement(on=date(2027, 4, 2), home="A home"), CHAIR, "the 2027-04-02, which is to come"),
    ):
        with pytest.raises(Problems, match=words):
            may_record(given, (panel(),), by, DAY)


def test_a_statement_is_withdrawn_by_its_own_chair_once():
    after = withdrawn(statement(home="A home"), (panel(),), CHAIR)
    assert after.state == "withdrawn"
    with pytest.raises(Problems, match="'withdraw' while it is withdrawn"):
        withdrawn(after, (panel(),), CHAIR)
    other = panel("panel").model_copy(update={"chair": "somebody-else"})
    with pytest.raises(Problems, match="it is for the chair of its group to do"):
        withdrawn(statement(home="A home"), (other,), CHAIR)
    with pytest.raises(Problems, match="it is for reference group chair or expert group chair"):
        withdrawn(statement(home="A home"), (panel(),), LEAD)


@pytest.mark.parametrize(
    ("says", "reservations", "words"),
    [
        ("endorsed", "but", "'endorsed' with reservations"),
        ("not endorsed", None, "'not endorsed' without its reasons"),
        ("endorsed with reservations", None, "without its reasons"),
    ],
)
def test_a_verdict_says_why_unless_it_is_plain(says, reservations, words):
    given = statement(home="A home").model_dump() | {"says": says, "reservations": reservations}
    with pytest.raises(ValidationError, match=words):
        Statement.model_validate(given)


CRITERIA = (
    Criterion(id="measurable", asks="?", source="a"),
    Criterion(id="asked-for", asks="?", must=False, source="a"),
)


@pytest.mark.parametrize(
    ("judged", "fit", "missing"),
    [
        ({"meets": ["measurable", "asked-for"]}, True, []),
        ({"meets": ["measurable"], "fails": ["asked-for"], "why": "experts"}, True, []),  # that one is no must
        ({"partly": ["measurable"], "meets": ["asked-for"], "why": "soon"}, True, []),
        ({"fails": ["measurable"], "meets": ["asked-for"], "why": "never"}, False, ["fitness for a contract"]),
        ({"meets": ["measurable"]}, False, ["a judgement by the criteria"]),
        (None, False, ["a judgement by the criteria"]),
    ],
)
def test_an_outcome_is_fit_where_all_is_judged_and_no_must_fails(judged, fit, missing):
    given = (Judged.model_validate({"outcome": "home", "source": "a", **judged}),) if judged else ()
    found = fitness(CRITERIA, given, {"home": "A home"})
    assert [one.fit for one in found] == [fit]
    assert [one.what for one in unfit(found)] == missing


def test_without_criteria_nothing_is_fit():
    found = fitness((), (), {"home": "A home"})
    assert not found[0].fit and "for want of criteria" in unfit(found)[0].says


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        ({"meets": ["measurable"], "partly": ["measurable"], "why": "so"}, "'measurable' judged twice"),
        ({"fails": ["measurable"]}, "without a reason; say why"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(judged, words):
    with pytest.raises(ValidationError, match=words):
        Judged.model_validate({"outcome": "home", "source": "a", **judged})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ballots": [{"group": "patients", "ranks": ["home", "home"]}]}, "'home' ranked twice"),
        ({"compare": [{"one": "patients", "other": "doctors"}]}, "'doctors', who gave no order; compare patients"),
        ({"ballots": []}, "at least 1 item"),
    ],
)
def test_preferences_that_cannot_be_are_refused(given, words):
    plain = {"asked": "which?", "ballots": [{"group": "patients", "ranks": ["home"]}], "source": "a"}
    with pytest.raises(ValidationError, match=words):
        Preferences.model_validate(plain | given)
