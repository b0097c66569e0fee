"""A gate is passed with conditions, and a risk turns red and is escalated; whoever may not is told why."""

from datetime import UTC, datetime

import pytest

BOOK = "programme-oxfordshire"
HOME = f"/programmes/{BOOK}/"
GATE = f"{HOME}gates/mental-health-recommendation/"


@pytest.fixture(scope="module")
def programme(site):
    """The worked programme, with a user for each person of its files."""
    from obc.bootstrap import demonstration

    return demonstration.load_programme("oxfordshire", datetime(2016, 4, 1, tzinfo=UTC))


def test_a_gate_is_passed_with_conditions(somebody, step, programme):
    with step("Given the programme's director who opens the gate and runs its checks"):
        director = somebody("programme-director")
        director.goes_to(HOME)
        director.goes_to(GATE)
        director.page.get_by_label("Why now?").fill("The business case is finished.")
        director.presses("Open the gate")
        director.page.get_by_label("Why now?").fill("Before the members vote.")
        director.presses("Run the checks")
    with step("When the director votes on what they prepared, then they are told why not"):
        director.page.get_by_label("Why do you vote so?").fill("It is good.")
        director.presses("Vote")
        director.sees("Refused")
    with step("When somebody wants to decide without a quorum, then it is refused"):
        officer = somebody("accountable-officer")
        officer.goes_to(GATE)
        officer.page.get_by_label("Why?", exact=True).fill("We are agreed.")
        officer.presses("Go")
        officer.sees("Refused")
    with step("When an assessor says that one criterion is not met"):
        assessor = somebody("procurement-lead")
        assessor.goes_to(GATE)
        assessor.page.get_by_label("Is it met?").select_option("no")
        assessor.page.get_by_label("What was seen?").fill("Two members have not read the chapter on doubts.")
        assessor.page.get_by_label("Why do you judge so?").fill("I asked them.")
        assessor.presses("Judge it")
    with step("And the members vote to go with conditions"):
        for user in ("accountable-officer", "chief-finance-officer", "patient-representative", "county-commissioner"):
            member = somebody(user)
            member.goes_to(GATE)
            member.page.get_by_label("Your vote").select_option("go with conditions")
            member.page.get_by_label("Why do you vote so?").fill("Once all have read it.")
            member.presses("Vote")
            member.sees(f"{user}: go with conditions")
    with step("Then the gate is passed, with what is left to do, by whom and until when"):
        officer.goes_to(GATE)
        officer.page.get_by_label("what has to be done?").fill("All members read the chapter on doubts")
        officer.page.get_by_label("By whom?").select_option("programme-manager")
        officer.page.get_by_label("By which day?").fill("2016-12-01")
        officer.page.get_by_label("Which criterion does it stand for?").select_option("case-read")
        officer.page.get_by_label("Why?", exact=True).fill("The votes say so.")
        officer.presses("Go with conditions")
        officer.sees("passed with conditions")
        officer.sees("All members read the chapter on doubts")
        officer.pictured("gate")


def test_a_risk_turns_red_and_is_escalated(somebody, step, programme):
    with step("Given the owner of a risk that is amber"):
        owner = somebody("chief-finance-officer")
        owner.goes_to(f"{HOME}risks/")
        owner.page.get_by_text("Rate or escalate a risk").click()
        owner.page.get_by_label("Which risk?").select_option("mispricing")
        owner.page.get_by_label("Severity, before its controls").select_option("5")
        owner.page.get_by_label("Likelihood, before its controls").select_option("5")
        owner.page.get_by_label("Why?").fill("The tender prices are a fifth above ours.")
    with step("When they rate it anew, then it is red, and its history says so"):
        owner.presses("Rate it")
        owner.sees("Done: assess")
        owner.sees("The tender prices are a fifth above ours")
        owner.pictured("risks")
    with step("And what is beyond what the board carries is taken to the body above"):
        owner.page.get_by_text("Rate or escalate a risk").click()
        owner.page.get_by_label("Which risk?").select_option("mispricing")
        owner.page.get_by_label("Why?").fill("Beyond what the board carries.")
        owner.presses("Escalate it")
        owner.sees("Done: escalate")
    with step("And somebody who is nobody in the programme changes nothing"):
        stranger = somebody("auditor")
        stranger.page.goto(f"{stranger.site}{HOME}risks/")
        assert "There is nothing here for you to see" in stranger.page.content()


def test_the_programme_fits_a_phone(somebody, programme):
    reader = somebody("accountable-officer", "phone")
    for path in (HOME, f"{HOME}risks/", GATE):
        reader.goes_to(path)
