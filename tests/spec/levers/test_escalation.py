"""A breach goes up stage by stage, each with its clock and evidence; no sanction before both sides see the causes."""

from datetime import date
from fractions import Fraction

import pytest

from escalation_samples import BREACH, OPENED, POLICY, agreed, analysis, held, moved, opened
from managed_samples import CHIEF, CLERK, DAY, HOME, MAYOR, TREASURER, agreement, holidays, person
from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.levers.escalation import (
    ESCALATION,
    Breach,
    agree_causes,
    analyse,
    open_escalation,
)
from obc.domain.programme.levers.policy import Policy


def test_it_begins_with_a_word_and_a_clock_in_working_days():
    """Ten working days from Monday 1 June 2020 end on Monday 15 June."""
    stood = opened()
    assert (stood.state, stood.due) == ("informal", date(2020, 6, 15))
    assert not stood.late(date(2020, 6, 15)) and stood.late(date(2020, 6, 16))


def test_it_goes_up_one_stage_at_a_time():
    notice = moved(opened(), "give notice")
    assert (notice.state, notice.since, notice.due) == ("formal notice", date(2020, 6, 20), date(2020, 7, 3))
    plan = moved(notice, "agree plan", evidence="two posts by August")
    assert (plan.state, plan.plan) == ("remedial action plan", "two posts by August")
    assert [seen.what for seen in plan.evidence] == ["the chart", "seen", "two posts by August"]
    assert moved(plan, "resolve").state == "closed" and moved(plan, "resolve").due is None
    for verb in ("withhold", "terminate", "step in"):
        assert verb not in ESCALATION.verbs("informal")


@pytest.mark.parametrize(
    ("verb", "by", "evidence", "words"),
    [
        ("give notice", MAYOR, None, "no evidence; give as evidence what formal notice needs"),
        ("give notice", DAY, "e", "'give notice' by somebody who is provider lead; it is for commissioner manager"),
        ("terminate", CHIEF, "e", "'terminate' while it is informal; what it allows now is 'resolve', 'give notice'"),
        ("withhold", TREASURER, "e", "no share; say how much of what is due is withheld"),
    ],
)
def test_a_step_that_is_not_allowed_is_refused(verb, by, evidence, words):
    with pytest.raises(Problems, match=words):
        moved(opened(), verb, by, evidence=evidence)


def test_only_somebody_who_manages_contracts_opens_one():
    with pytest.raises(Problems, match="clerk, who does not manage contracts"):
        opened(CLERK)


def test_no_sanction_before_both_sides_agree_on_the_causes():
    notice = moved(opened(), "give notice")
    with pytest.raises(Problems, match="no joint analysis of the causes; both sides agree on the causes first"):
        held(notice)
    one_side = agree_causes(analyse(notice, analysis(("day-centre", "1")), DAY), DAY, date(2020, 6, 21), agreement())
    with pytest.raises(Problems, match="causes that not both sides agree on"):
        held(one_side)
    sanctioned = held(agreed(notice))
    assert sanctioned.state == "withholding" and sanctioned.withheld is not None
    assert (sanctioned.withheld.share, sanctioned.withheld.year) == (Fraction(1, 50), 1)


def test_nobody_is_fined_for_what_nobody_could_help():
    notice = agreed(moved(opened(), "give notice"), ("nobody", "70 %"), ("town-council", "30 %"))
    with pytest.raises(Problems, match="no cause that lies with day-centre; agree relief"):
        held(notice)


@pytest.mark.parametrize(
    ("by", "on", "words"),
    [
        (TREASURER, date(2020, 7, 3), "2020-07-03, while formal notice has until 2020-07-03; wait for the clock"),
        (MAYOR, date(2020, 7, 6), "'withhold' by somebody who is commissioner manager; it is for finance lead"),
    ],
)
def test_a_sanction_waits_for_its_clock_and_its_people(by, on, words):
    with pytest.raises(Problems, match=words):
        held(agreed(moved(opened(), "give notice")), by, on)


def test_a_second_person_decides_on_a_sanction():
    both = person("both", "town-council", "commissioner manager", "finance lead")
    notice = agreed(moved(opened(both), "give notice", both))
    with pytest.raises(Problems, match="both, who opened it; a second person decides"):
        held(notice, both)


def test_each_side_agrees_for_itself_and_a_new_analysis_starts_anew():
    stood = agreed(moved(opened(), "give notice"))
    with pytest.raises(Problems, match="day-centre, which has agreed"):
        agree_causes(stood, DAY, date(2020, 6, 22), agreement())
    with pytest.raises(Problems, match="home-lead, who speaks for neither side"):
        agree_causes(stood, HOME, date(2020, 6, 22), agreement())
    anew = analyse(stood, analysis(("day-centre", "20 %"), ("nobody", "80 %")), DAY)
    assert anew.analysis is not None and anew.analysis.agreed == ()


def test_the_parts_of_all_causes_are_the_whole():
    with pytest.raises(ValueError, match="parts of 90 %; the parts of all causes add up to 100 %"):
        analysis(("day-centre", "60 %"), ("nobody", "30 %"))


@pytest.mark.parametrize(
    ("verb", "by", "state", "released", "retained"),
    [
        ("release", TREASURER, "remedial action plan", True, False),
        ("resolve", MAYOR, "closed", True, False),
        ("retain", TREASURER, "withholding", False, True),
    ],
)
def test_what_is_withheld_is_paid_when_the_plan_is_delivered_or_lost(verb, by, state, released, retained):
    done = moved(held(agreed(moved(opened(), "give notice"))), verb, by, date(2020, 8, 3))
    assert done.state == state and done.withheld is not None
    assert (done.withheld.released == date(2020, 8, 3)) is released
    assert (done.withheld.retained == date(2020, 8, 3)) is retained


def test_what_is_lost_is_not_released():
    lost = moved(held(agreed(moved(opened(), "give notice"))), "retain", TREASURER, date(2020, 8, 3))
    with pytest.raises(Problems, match="nothing that is withheld; what was retained stays so"):
        moved(lost, "release", TREASURER, date(2020, 8, 4))
    stepped = moved(lost, "step in", CHIEF, date(2020, 8, 5))
    assert moved(stepped, "terminate", CHIEF, date(2021, 8, 5)).open is False
    with pytest.raises(Problems, match="an escalation that is terminated"):
        analyse(moved(stepped, "terminate", CHIEF, date(2021, 8, 5)), analysis(("nobody", "1")), MAYOR)


def test_a_breach_is_about_one_thing():
    with pytest.raises(ValueError, match="a breach of nothing, or of several"):
        open_escalation(Breach.model_validate({**BREACH, "duty": "returns"}), MAYOR, OPENED, POLICY, holidays())


def test_a_policy_says_every_stage_once_in_order():
    stages = tuple(reversed(POLICY.model_dump(by_alias=True)["stages"]))
    with pytest.raises(ValueError, match="write every stage once, in order: informal, formal notice"):
        Policy.model_validate({**POLICY.model_dump(by_alias=True), "stages": stages})
