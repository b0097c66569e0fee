"""From a submission to a settlement: what the state allows, and what a person may do."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.checking import wrong_with
from obc.domain.contract.workflow.parties import consents, needed, waiting_for
from obc.domain.contract.workflow.returns import completed
from obc.domain.contract.workflow.rights import GRANTED, Right, Role, may
from obc.domain.contract.workflow.submission import Comment, Concern, Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.loaders.contract import load_contract

CONTRACT = load_contract("oxfordshire-mental-health")
AGREEMENT = CONTRACT.agreement
CCG, COUNCIL = (one.id for one in AGREEMENT.commissioners)
LEAD = AGREEMENT.holder.id
NOON = datetime(2016, 5, 1, 12, tzinfo=UTC)


def person(name: str, organisation: str, *roles: Role) -> Person:
    return Person(id=name, name=name, organisation=organisation, roles=roles)


MANAGER = person("manager", CCG, Role.COMMISSIONER_MANAGER)
GROUP = person("group", CCG, Role.JOINT_GROUP)
ANALYST = person("analyst", LEAD, Role.PROVIDER_ANALYST)
PROVIDER = person("provider", LEAD, Role.PROVIDER_LEAD)
FINANCE = person("finance", CCG, Role.COMMISSIONER_FINANCE)
CARER = person("carer", "carers", Role.REPRESENTATIVE)


def given(state: str = "scored", **changes) -> Submission:
    return Submission(
        id="year-2",
        year=2,
        contract_hash="sha256:0",
        folder="sha256:0",
        values="sha256:1",
        rows=1,
        submitted_by="analyst",
        organisation=LEAD,
        submitted=NOON,
        state=state,
    ).model_copy(update=changes)


def under_review(**changes) -> Submission:
    return given("under review", **changes)


def test_a_submission_goes_its_way():
    one = review.scored(given("submitted"), "sha256:2", review.SYSTEM_PERSON)
    assert (one.state, one.scorecard) == ("scored", "sha256:2")
    one = review.moved(one, "take up", MANAGER)
    one = review.agreed(one, AGREEMENT, PROVIDER, NOON)
    assert one.state == "under review" and waiting_for(AGREEMENT, one.agreed) == (CCG, COUNCIL)
    one = review.agreed(one, AGREEMENT, GROUP, NOON)
    assert one.state == "agreed by both" and waiting_for(AGREEMENT, one.agreed) == ()
    one = review.approved(one, AGREEMENT, FINANCE, NOON)
    assert not review.both_sides(one)
    one = review.approved(one, AGREEMENT, PROVIDER, NOON)
    assert review.both_sides(one)
    one = review.settled(one, "sha256:3", None, review.SYSTEM_PERSON)
    assert (one.state, one.statement) == ("settled", "sha256:3")
    assert review.moved(one, "publish", MANAGER).state == "published"


def test_the_joint_group_speaks_for_every_commissioner():
    assert needed(AGREEMENT) == (CCG, COUNCIL, LEAD)
    assert consents(AGREEMENT, GROUP, ()) == (CCG, COUNCIL)
    assert consents(AGREEMENT, MANAGER, ()) == (CCG,)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: review.moved(given(), "take up", PROVIDER), "it is for commissioner manager or joint management"),
        (lambda: review.moved(given(), "publish", MANAGER), "'publish' while it is scored"),
        (lambda: review.agreed(under_review(submitted_by="provider"), AGREEMENT, PROVIDER, NOON), "somebody else"),
        (lambda: review.agreed(under_review(), AGREEMENT, CARER, NOON), "whose word is given or not needed"),
        (lambda: review.approved(given("agreed by both", quarter=1), AGREEMENT, FINANCE, NOON), "a year is settled"),
        (lambda: review.settled(given("agreed by both"), "s", None, review.SYSTEM_PERSON), "0 of 2 approvals"),
        (lambda: review.concern_answered(given(), "c", "yes", MANAGER), "no unanswered concern 'c'"),
    ],
)
def test_what_must_not_be_is_refused_with_the_reason(act, words):
    with pytest.raises(Problems, match=words):
        act()


def test_one_side_cannot_settle_with_itself():
    one = review.approved(given("agreed by both"), AGREEMENT, FINANCE, NOON)
    with pytest.raises(Problems, match="the other side has to approve"):
        review.approved(one, AGREEMENT, GROUP, NOON)
    with pytest.raises(Problems, match="person who gave figures"):
        mine = given("agreed by both", submitted_by="provider")
        review.approved(mine, AGREEMENT, PROVIDER, NOON)


def test_a_concern_is_answered_before_anything_is_settled():
    concern = Concern(id="concern-1", raised_by="carer", raised=NOON, text="people are sent home too early")
    one = review.concern_raised(given("agreed by both"), concern, CARER)
    with pytest.raises(Problems, match="answer them first"):
        review.approved(one, AGREEMENT, FINANCE, NOON)
    with pytest.raises(Problems, match="no answer; write"):
        review.concern_answered(one, "concern-1", " ", MANAGER)
    answered = review.concern_answered(one, "concern-1", "readmissions were checked", MANAGER)
    assert not answered.unanswered and review.approved(answered, AGREEMENT, FINANCE, NOON).approved
    with pytest.raises(Problems, match="representatives of patients"):
        review.concern_raised(one, concern, MANAGER)
    with pytest.raises(Problems, match="a concern when it is settled"):
        review.concern_raised(given("settled"), concern, CARER)
    assert review.commented(one, Comment(by="carer", at=NOON, text="thank you")).comments


def test_who_submits_cannot_approve_and_who_audits_changes_nothing():
    assert GRANTED.keys() == set(Right)
    assert not may([Role.PROVIDER_ANALYST], Right.APPROVE_SETTLEMENT)
    changing = set(Right) - {
        Right.READ_PUBLISHED,
        Right.READ_CONTRACT,
        Right.READ_AGREED,
        Right.READ_WORKING,
        Right.READ_PROGRAMME,
        Right.READ_OFFERS,
        Right.OWN_ACCOUNT,
        Right.READ_AUDIT,
    }
    assert not any(may([Role.AUDITOR], right) or may([Role.PUBLIC], right) for right in changing)
    assert not may([Role.ADMINISTRATOR], Right.READ_AGREED)


YEAR = CONTRACT.period(2)
FIRST = CONTRACT.definitions[0].id
MEAN = next(one.id for one in CONTRACT.definitions if one.measure == "mean")


def value(indicator=FIRST, **changes) -> IndicatorValue:
    days = {"period_start": YEAR.start, "period_end": YEAR.end}
    return IndicatorValue.model_validate({"indicator": indicator, **days, **changes})


def found(*values: IndicatorValue, **hashes) -> list[str]:
    problems = wrong_with(CONTRACT, 2, None, ValueSet(values=values, **hashes))
    return [f"{one.found}; {one.expected}" for one in problems if one.severity == "error"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"numerator": 9, "denominator": 8}, "a numerator of 9 above its denominator of 8; check both counts"),
        ({"numerator": -1, "denominator": 8}, "a count below nought"),
        ({"numerator": 1}, "a numerator of 1 without a denominator"),
        ({"numerator": 4, "denominator": 8, "value": Decimal("0.6")}, "a value of 0.6 where 4 of 8 were counted"),
        ({"numerator": 4, "denominator": 8, "unknown": 9}, "9 unknown of 8"),
        ({"indicator": "strange"}, "no indicator of this contract"),
        ({"segment": "strange"}, "segment 'strange'"),
        ({"provider": "=1+1"}, "provider '=1+1'; write the provider's code, or 'all'"),
        ({"outcome": "@SUM(A1)"}, "outcome '@SUM(A1)'; leave it out"),
        ({"numerator": Decimal("1e999999"), "denominator": 8}, "a number beyond all counts"),
        ({"numerator": Decimal("1e-999999"), "denominator": 8}, "a number beyond all counts"),
        ({"measure": "rate", "value": 1}, "a rate; it is a proportion"),
        (
            {"indicator": MEAN, "measure": "mean", "numerator": 30, "denominator": 10, "sum_of_squares": 89},
            "89, less than scores with a sum of 30 of 10 can have; square each score first, then add up",
        ),
    ],
)
def test_wrong_figures_are_told_where_they_stand(changes, words):
    assert any(words in one for one in found(value(**changes)))


def test_figures_of_other_definitions_or_another_period_are_refused():
    fine = value(numerator=4, denominator=8)
    assert found(fine) == []
    assert found(fine, definitions_hash="sha256:other") == [
        "figures measured by other definitions; measure by this contract's, and send that file"
    ]
    elsewhere = fine.model_copy(update={"period_start": date(1999, 1, 1)})
    assert found(elsewhere) == ["no figure for it; choose the period that the file is for"]
    level = {"indicator": MEAN, "measure": "mean", "numerator": 30, "denominator": 10, "sum_of_squares": 90}
    assert found(value(**level)) == []
    missing = wrong_with(CONTRACT, 2, None, ValueSet(values=(fine,)))
    assert {one.severity for one in missing} == {"warning"} and len(missing) == len(CONTRACT.definitions) - 1


def test_a_return_of_counts_is_completed_as_measured_figures_are():
    (made,) = completed(CONTRACT, ValueSet(values=(value(numerator=30, denominator=40),))).values
    assert made.value == Decimal("0.75") and made.lower_95 < made.value < made.upper_95
    kept = value(numerator=1, denominator=3, value=Decimal("0.3333"))
    assert completed(CONTRACT, ValueSet(values=(kept, value("strange")))).values == (kept, value("strange"))
