"""A gate is passed with conditions; a risk turns red and a lever is pulled; whoever may not is told why."""

from datetime import UTC, datetime

import pytest

from page_acts import does

BOOK = "programme-oxfordshire"
HOME = f"/programmes/{BOOK}/"
GATE = f"{HOME}gates/mental-health-recommendation/"
RISK = f"{HOME}risks/mispricing/"


@pytest.fixture(scope="module")
def programme(site):
    """The worked programme, with a user for each person of its files."""
    from obc.bootstrap import demonstration

    return demonstration.load_programme("oxfordshire", datetime(2016, 4, 1, tzinfo=UTC))


def test_a_gate_is_passed_with_conditions(somebody, step, programme):
    with step("Given the programme's director who opens the gate and runs its checks"):
        director = somebody("programme-director")
        director.goes_to(HOME)
        director.sees("What waits for you")
        director.goes_to(GATE)
        does(director, "Open the gate", "The business case is finished.")
        does(director, "Run the checks", "Before the members vote.")
    with step("When the director votes on what they prepared, then they are told why not, and keep what they typed"):
        director.sees("You have no vote at this gate")
        does(director, "Vote", "It is good.", ballot="go")
        director.sees("Refused")
        director.sees("is no member of the")
        assert director.page.locator("details[open] textarea[name='why']").input_value() == "It is good."
    with step("When somebody wants to decide without a quorum, then it is refused"):
        officer = somebody("accountable-officer")
        officer.goes_to(GATE)
        officer.sees("The quorum is not there yet")
        does(officer, "Go", "We are agreed.")
        officer.sees("Refused")
    with step("When an assessor says that one criterion is not met"):
        assessor = somebody("procurement-lead")
        assessor.goes_to(GATE)
        seen = "Two members have not read the chapter on doubts."
        does(assessor, "Judge it", "I asked them.", criterion="case-read", met="no", says=seen)
        assessor.sees(seen)
    with step("And the members vote to go with conditions"):
        for user in ("accountable-officer", "chief-finance-officer", "patient-representative", "county-commissioner"):
            member = somebody(user)
            member.goes_to(GATE)
            does(member, "Vote", "Once all have read it.", ballot="go with conditions")
            member.sees(f"{user.replace('-', ' ')}: go with conditions")
    with step("Then the gate is passed, with what is left to do, by whom and until when"):
        officer.goes_to(GATE)
        officer.sees("The quorum is there")
        asked = {"what_1": "All members read the chapter on doubts", "owner_1": "programme-manager"}
        does(officer, "Go with conditions", "The votes say so.", **asked, due_1="2016-12-01")
        officer.sees("passed with conditions")
        officer.sees("All members read the chapter on doubts")
        officer.pictured("gate")


def test_a_risk_turns_red_and_a_lever_is_pulled(somebody, step, programme):
    with step("Given the owner of a risk that is amber"):
        owner = somebody("chief-finance-officer")
        owner.goes_to(RISK)
        owner.sees("that is carried")
    with step("When they rate it anew, then it is red, and its history says so"):
        worse = {"before_severity": "5", "before_likelihood": "5", "after_severity": "4", "after_likelihood": "4"}
        does(owner, "Rate it anew", "The tender prices are a fifth above ours.", **worse)
        owner.sees("25 red")
        owner.sees("The tender prices are a fifth above ours")
    with step("And a lever that supports is pulled: by whom, on what evidence, until when"):
        pulled = {
            "lever": "open-book",
            "what": "Books are opened on the three services that cost most",
            "evidence": "Tender prices of April 2016",
            "owner": "contract-manager",
        }
        does(owner, "Pull a lever", "We must know what it costs.", **pulled, lapses="2016-05-01")
        owner.sees("Refused")
        owner.sees("give it a day that is to come")
        assert owner.page.locator("details[open] [name='evidence']").input_value() == pulled["evidence"]
        does(owner, "Pull a lever", "We must know what it costs.", lapses="2016-12-31")
        owner.sees("A lever is in hand for it")
        owner.sees("Open books on cost and structure")
    with step("And what is beyond what the board carries is taken to the body above"):
        does(owner, "Escalate it", "Beyond what the board carries.")
        owner.sees("was escalated")
        owner.pictured("risk")
        owner.goes_to(f"{HOME}risks/")
        owner.sees("25 red, escalated")
        owner.pictured("risks")
    with step("Then the page of levers shows it in hand, and what is not permitted yet, with what it takes"):
        manager = somebody("contract-manager")
        manager.goes_to(f"{HOME}levers/")
        manager.sees("In hand until 31 December 2016, contract-manager")
        manager.sees("Not yet: the escalation 'crisis-response' is at formal notice")
        manager.sees("an escalation must have reached remedial action plan first")
        manager.pictured("levers")
    with step("And somebody who is nobody in the programme changes nothing"):
        stranger = somebody("administrator")
        stranger.page.goto(f"{stranger.site}{RISK}")
        assert "There is nothing here for you to see" in stranger.page.content()


def test_the_programme_fits_a_phone(somebody, programme):
    reader = somebody("accountable-officer", "phone")
    for path in (
        "",
        "plan/",
        "risks/",
        "risks/mispricing/",
        "levers/",
        "escalations/crisis-response/",
        "route/",
        "assessment/",
    ):
        reader.goes_to(f"{HOME}{path}")
    reader.goes_to(GATE)
