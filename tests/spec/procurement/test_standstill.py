"""The standstill of the Provider Selection Regime (SI 2023/1348, regulation 12), by working days."""

from datetime import date

import pytest

from obc.domain.programme.procurement.course import awarded, notice_given, represented, reviewed
from obc.domain.programme.procurement.procedure import (
    RANKED,
    REVIEW,
    REVIEWED,
    STANDSTILL,
    Decision,
    Procedure,
    Representation,
)
from obc.domain.programme.procurement.ranking import rank
from obc.domain.programme.procurement.standstill import waiting
from obc.loaders.procurement import bank_holidays, procurement_law
from procurement_samples import agreed, factors, passed, person, refused, rules

RULE = next(one for one in procurement_law().standstills if one.id == "psr")
LEAD, DEE = person("lee", "procurement lead"), person("dee", "accountable officer")
REVIEWER = person("ray", "governing body member")
FIRST = {"east": {"care": 3, "cost": 3}, "west": {"care": 2, "cost": 2}}


def ranking(checks=None, scores=None):
    checks = passed("east", "west") if checks is None else checks
    return rank(rules(), factors("care", "cost"), agreed(scores or FIRST), checks)


def wait(notice: str, **changed):
    return waiting(RULE, bank_holidays(), Procedure(state=STANDSTILL, notice=date.fromisoformat(notice), **changed))


@pytest.mark.parametrize(
    ("notice", "begins", "until", "award_from"),
    [
        # a Monday: begins on Tuesday; the eighth working day after that is the Friday of the week after
        ("2027-01-11", "2027-01-12", "2027-01-22", "2027-01-23"),
        # over Easter 2027: Good Friday 26 March and Easter Monday 29 March do not count
        ("2027-03-22", "2027-03-23", "2027-04-06", "2027-04-07"),
        # over Christmas 2026 and New Year: 25 and 28 December and 1 January do not count
        ("2026-12-21", "2026-12-22", "2027-01-06", "2027-01-07"),
        # a Friday: it begins on a Saturday
        ("2027-01-15", "2027-01-16", "2027-01-27", "2027-01-28"),
    ],
)
def test_it_begins_the_day_after_the_notice_and_lasts_eight_working_days_more(notice, begins, until, award_from):
    found = wait(notice)
    assert [str(day) for day in (found.begins, found.representations_until, found.award_from)] == [
        begins,
        until,
        award_from,
    ]


def test_years_without_listed_bank_holidays_are_refused():
    assert "outside the years" in refused(wait, "2031-01-06")


STOOD = Procedure(state=STANDSTILL, winner="east", notice=date(2027, 1, 11))


@pytest.mark.parametrize(("day", "allowed"), [("2027-01-22", False), ("2027-01-23", True)])
def test_no_award_before_it_has_ended(day, allowed):
    on, found = date.fromisoformat(day), waiting(RULE, bank_holidays(), STOOD)
    if allowed:
        done = awarded(STOOD, DEE, on, "best", rules(), ranking(), found)
        assert (done.state, done.awarded, done.why_awarded) == ("awarded", on, "best")
    else:
        said = refused(awarded, STOOD, DEE, on, "best", rules(), ranking(), found)
        assert "before the standstill has ended" in said
        assert "23 January 2027" in said


@pytest.mark.parametrize(("day", "in_time"), [("2027-01-22", True), ("2027-01-23", False)])
def test_a_representation_in_time_keeps_it_open(day, in_time):
    given = Representation(by="west", on=date.fromisoformat(day), says="the weights were not followed")
    found = waiting(RULE, bank_holidays(), STOOD)
    if not in_time:
        assert "it does not keep the standstill open" in refused(represented, STOOD, LEAD, rules(), given, found)
        return
    after = represented(STOOD, LEAD, rules(), given, found)
    assert after.state == REVIEW
    held = waiting(RULE, bank_holidays(), after)
    assert (held.ends, held.award_from) == (None, None)
    assert "'award' while it is review" in refused(
        awarded, after, DEE, date(2027, 3, 1), "best", rules(), ranking(), held
    )


def test_the_chosen_bidder_is_not_aggrieved():
    given = Representation(by="east", on=date(2027, 1, 15), says="thank you")
    said = refused(represented, STOOD, LEAD, rules(), given, waiting(RULE, bank_holidays(), STOOD))
    assert "only others can be aggrieved" in said


UNDER_REVIEW = STOOD.model_copy(update={"state": REVIEW})


def decision(day: str, outcome: str) -> Decision:
    return Decision(on=date.fromisoformat(day), by="ray", outcome=outcome, because="looked at again")


def test_after_a_decision_upheld_it_lasts_five_working_days_more():
    upheld = reviewed(
        UNDER_REVIEW, REVIEWER, rules(), "uphold the decision", decision("2027-02-01", "uphold the decision")
    )
    assert upheld.state == REVIEWED
    found = waiting(RULE, bank_holidays(), upheld)
    assert (str(found.ends), str(found.award_from)) == ("2027-02-08", "2027-02-09")
    assert "before the standstill" in refused(awarded, upheld, DEE, date(2027, 2, 8), "best", rules(), ranking(), found)
    assert awarded(upheld, DEE, date(2027, 2, 9), "best", rules(), ranking(), found).state == "awarded"


def test_going_back_takes_the_notice_back():
    back = reviewed(
        UNDER_REVIEW, REVIEWER, rules(), "go back to moderation", decision("2027-02-01", "go back to moderation")
    )
    assert (back.state, back.winner, back.notice) == ("moderation", None, None)


@pytest.mark.parametrize("who", ["ann", "ben", "mod"])
def test_whoever_judged_does_not_review(who):
    judge = person(who, "governing body member")
    said = refused(
        reviewed, UNDER_REVIEW, judge, rules(), "uphold the decision", decision("2027-02-01", "uphold the decision")
    )
    assert "who judged" in said


def test_no_award_to_a_bidder_that_fails_or_that_is_no_longer_first():
    on, found = date(2027, 2, 1), waiting(RULE, bank_holidays(), STOOD)
    failing = ranking(passed("west", failed="east"))
    assert "which fails: Able: looked up" in refused(awarded, STOOD, DEE, on, "best", rules(), failing, found)
    overtaken = ranking(scores={"east": {"care": 1, "cost": 1}, "west": {"care": 2, "cost": 2}})
    assert "give notice anew" in refused(awarded, STOOD, DEE, on, "best", rules(), overtaken, found)


@pytest.mark.parametrize(
    ("who", "says"),
    [
        (person("eve", "accountable officer"), "'dee' decides"),
        (person("dee", "procurement lead"), "it is for accountable officer or chair to do"),
        (person("dee", "accountable officer", interest="west-trust"), "interest in west-trust"),
    ],
)
def test_the_one_who_decides_awards_and_has_no_interest(who, says):
    found = waiting(RULE, bank_holidays(), STOOD)
    assert says in refused(awarded, STOOD, who, date(2027, 2, 1), "best", rules(), ranking(), found)


def test_notice_needs_one_winner():
    course = Procedure(state=RANKED)
    assert notice_given(course, LEAD, date(2027, 1, 11), ranking()).winner == "east"
    level = ranking(scores={"east": {"care": 2, "cost": 2}, "west": {"care": 2, "cost": 2}})
    assert "level, also by the tie break" in refused(notice_given, course, LEAD, date(2027, 1, 11), level)
    nobody = ranking(checks=passed(failed="east") + passed(failed="west"))
    assert "no bidder that may be chosen" in refused(notice_given, course, LEAD, date(2027, 1, 11), nobody)
