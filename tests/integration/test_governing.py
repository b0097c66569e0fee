"""A programme brought through its gate by commands: what is refused, what stands then, what the trail says."""

from functools import partial

import pytest

from command import Ran, obc

PROGRAMME, GATE = "oxfordshire", "mental-health-phase-3"
BOARD = "mental-health-recommendation"


class Room:
    """A trail of its own, and commands that act on it."""

    def __init__(self, folder):
        self.trail = folder / "trail"

    def __call__(self, *words: object) -> Ran:
        return obc(*words, "--trail", self.trail)

    def act(self, *words: object, by: str, at: str, why: str = "As agreed at the meeting.") -> Ran:
        return self(*words, "--by", by, "--why", why, "--at", at)

    def done(self, *words: object, by: str, at: str) -> str:
        ran = self.act(*words, by=by, at=at)
        assert ran.status == 0, ran.out + ran.err
        return ran.out


@pytest.fixture(scope="module")
def decided(tmp_path_factory) -> Room:
    """The programme after the gate of 28 November 2013, passed with a condition."""
    room = Room(tmp_path_factory.mktemp("programme"))
    at = partial(room.done, at="2013-11-19")
    at("gate", "open", PROGRAMME, BOARD, by="programme-director")
    at("gate", "judge", PROGRAMME, BOARD, "case-read", "--met", "--says", "Minutes, item 4", by="commissioner-manager")
    for member in ("accountable-officer", "chief-finance-officer", "clinical-lead", "patient-representative"):
        at("gate", "vote", PROGRAMME, BOARD, "--says", "go", by=member)
    at("gate", "decide", PROGRAMME, BOARD, "--says", "go", by="accountable-officer")

    at = partial(room.done, at="2013-11-26")
    at("handover", "state", PROGRAMME, "clusters-18-to-21", "--side", "older-people", "--amount", "9_866k",
       by="older-people-manager")  # fmt: skip
    for one in obc("risks", PROGRAMME, "--format", "json").json["beyond_appetite"]:
        at("risk", "escalate", PROGRAMME, one, by="programme-director")
    at("risk", "review", PROGRAMME, "no-decision-to-go-on", "--review-by", "2014-01-31", by="programme-manager")

    at = partial(room.done, at="2013-11-28")
    at("gate", "open", PROGRAMME, GATE, by="programme-director")
    at("gate", "gather", PROGRAMME, GATE, by="programme-director")
    for criterion, met in (("improvement", "--met"), ("clinical-vision", "--met"), ("route-options", "--not-met")):
        at("gate", "judge", PROGRAMME, GATE, criterion, met, "--says", "As read", by="commissioner-manager")
    for member in ("clinical-chair", "lay-vice-chair", "chief-finance-officer", "secondary-care-doctor"):
        at("gate", "vote", PROGRAMME, GATE, "--says", "go-with-conditions", by=member)
    at("gate", "vote", PROGRAMME, GATE, "--says", "go", by="locality-director-north")
    at("gate", "decide", PROGRAMME, GATE, "--says", "go-with-conditions", "--condition",
       "route-options | procurement-lead | 2014-01-31 | Set out both routes with their timelines.",
       by="clinical-chair")  # fmt: skip
    return room


def test_the_gate_is_passed_with_its_condition_and_opens_the_phase(decided):
    held = decided("gates", PROGRAMME, "--on", "2013-12-01", "--format", "json").json
    assert held["schema_version"] == 1
    gate = next(one for one in held["gates"] if one["id"] == GATE)
    assert (gate["state"], gate["criteria_met"], gate["criteria"]) == ("passed with conditions", 7, 8)
    assert gate["open_conditions"] == ["route-options"]
    contract = held["contracts"][0]
    assert (contract["id"], contract["phase"], contract["next_gate"]) == (
        "mental-health",
        "phase-3",
        "mental-health-midpoint",
    )
    assert (contract["in_scope_minor"], contract["given_minor"]) == (3_711_000_000, 986_600_000)
    assert held["contracts"][1]["taken_minor"] == 986_600_000 and held["contracts"][1]["in_scope_minor"] is None
    assert ("condition", f"{GATE}/route-options") not in [(one["kind"], one["id"]) for one in held["due"]]
    later = decided("gates", PROGRAMME, "--on", "2014-02-01", "--format", "json").json["due"]
    overdue = {one["id"] for one in later if one["overdue"]}
    assert f"{GATE}/route-options" in overdue


def test_both_sides_agree_on_what_is_handed_over(decided):
    assert "both sides agree" in decided("portfolio", PROGRAMME).out
    assert "not agreed: older-people has not said how much money" in obc("portfolio", PROGRAMME).out


def test_the_trail_says_who_did_what_when_and_why(decided):
    every = decided("trail", PROGRAMME, "--format", "json").json
    assert every["chain_holds"] and every["lines"] == len(every["actions"]) == 30
    last = every["actions"][-1]
    assert (last["by"], last["verb"], last["record"]) == ("clinical-chair", "go with conditions", GATE)
    assert last["roles"] == ["chair", "governing body member"] and last["why"] == "As agreed at the meeting."
    assert {"key": "state", "before": "open", "after": "passed with conditions"} in last["changes"]
    shown = decided("trail", PROGRAMME, "--record", "clusters-18-to-21").out
    assert "older-people-manager" in shown and "the chain holds" in shown and "amount 986600000" in shown
    assert GATE not in shown


def test_a_trail_that_was_changed_by_hand_is_refused(decided, tmp_path):
    import shutil

    copy = Room(tmp_path)
    shutil.copytree(decided.trail, copy.trail)
    line = copy.trail / "000005.json"
    line.write_text(line.read_text().replace("As agreed", "As I wished"))
    for words in (("trail", PROGRAMME), ("gates", PROGRAMME), ("risks", PROGRAMME)):
        ran = copy(*words)
        assert ran.status == 1 and "action 6, which does not follow from the one before it" in ran.out
    line.unlink()
    assert copy("trail", PROGRAMME).status == 1


@pytest.mark.parametrize(
    ("words", "by", "said"),
    [
        (("gate", "vote", PROGRAMME, GATE, "--says", "go"), "lay-vice-chair", "what it allows now is 'report'"),
        (("gate", "open", PROGRAMME, "mental-health-provider"), "programme-director", "no gate is gone round"),
        (("gate", "open", PROGRAMME, "mental-health-case-for-change"), "programme-director", "it has ended"),
        (("gate", "accept", PROGRAMME, GATE, "route-options"), "clinical-chair", "what it allows now is 'report'"),
        (("gate", "open", PROGRAMME, "nowhere"), "programme-director", "there is mental-health-case-for-change"),
        (("gate", "open", PROGRAMME, "mental-health-midpoint"), "nobody", "nobody called 'nobody'"),
        (("task", "finish", PROGRAMME, "decision"), "programme-director", "decide at the gate"),
        (("task", "begin", PROGRAMME, "set-up"), "analyst", "analyst, who does not own it"),
        (("risk", "close", PROGRAMME, "support-unit", "--how", "accepted"), "programme-manager", "does not sit on the"),
        (("risk", "take-back", PROGRAMME, "support-unit"), "programme-director", "bring the score down first"),
        (("risk", "escalate", PROGRAMME, "unmet-need", "--to", "pub"), "programme-director", "write one of governing-"),
        (("risk", "supersede", PROGRAMME, "unmet-need", "--instead", "x"), "programme-director", "there is unmet-need"),
        (("handover", "state", PROGRAMME, "clusters-18-to-21", "--side", "older-people", "--amount", "lots"),
         "older-people-manager", "write pounds, as 9_866k"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_no_line(decided, words, by, said):
    before = len(list(decided.trail.glob("*.json")))
    ran = decided.act(*words, by=by, at="2013-12-02")
    assert ran.status == 1 and said in ran.out
    assert len(list(decided.trail.glob("*.json"))) == before


def test_nothing_is_done_in_the_past(decided):
    ran = decided.act("risk", "escalate", PROGRAMME, "unmet-need", by="commissioner-manager", at="2013-11-01")
    assert ran.status == 1 and "nothing can be done in the past" in ran.out


@pytest.mark.parametrize("why", ["", "  "])
def test_nothing_is_done_without_a_reason(decided, why):
    ran = decided.act("risk", "escalate", PROGRAMME, "unmet-need", by="commissioner-manager", at="2013-12-02", why=why)
    assert ran.status == 1 and "--why  the option\n        found: nothing" in ran.out


def test_a_worked_programme_stays_as_it_is():
    ran = obc("gate", "open", PROGRAMME, BOARD, "--by", "programme-director", "--why", "because")
    assert ran.status == 1 and "say where to keep yours: --trail DIR" in ran.out


@pytest.fixture
def opened(tmp_path) -> Room:
    """The checkpoint of the programme board, open and judged."""
    room = Room(tmp_path)
    room.done("gate", "open", PROGRAMME, BOARD, by="programme-director", at="2013-11-19")
    room.done("gate", "judge", PROGRAMME, BOARD, "case-read", "--met", "--says", "Item 4", by="commissioner-manager",
              at="2013-11-19")  # fmt: skip
    return room


def test_no_decision_without_a_quorum(opened):
    for member in ("accountable-officer", "chief-finance-officer"):
        opened.done("gate", "vote", PROGRAMME, BOARD, "--says", "go", by=member, at="2013-11-19")
    ran = opened.act("gate", "decide", PROGRAMME, BOARD, "--says", "go", by="accountable-officer", at="2013-11-19")
    assert ran.status == 1
    assert "2 of 4 members have voted, no patient representative among them" in ran.out


def test_a_stop_takes_one_of_the_ways_and_can_be_put_anew(opened):
    for member in ("accountable-officer", "chief-finance-officer", "clinical-lead", "patient-representative"):
        opened.done("gate", "vote", PROGRAMME, BOARD, "--says", "stop", by=member, at="2013-11-19")
    stop = ("gate", "decide", PROGRAMME, BOARD, "--says", "stop")
    ran = opened.act(*stop, by="accountable-officer", at="2013-11-19")
    assert ran.status == 1 and "say which way is taken: 'back to detailed design'" in ran.out
    shown = opened.done(*stop, "--to", "back to detailed design", by="accountable-officer", at="2013-11-19")
    assert "stop, and on to: back to detailed design" in shown
    again = opened.done("gate", "reopen", PROGRAMME, BOARD, by="programme-director", at="2013-12-19")
    assert "0 votes; the votes carry: nothing yet" in again and "not looked at" in again


def test_a_condition_is_reported_sent_back_and_accepted(decided, tmp_path):
    import shutil

    room = Room(tmp_path)
    shutil.copytree(decided.trail, room.trail)
    named = (PROGRAMME, GATE, "route-options")
    report = ("gate", "report", *named, "--says", "Both routes stand in section 8.")
    room.done(*report, by="procurement-lead", at="2014-01-20")
    room.done("gate", "send-back", *named, by="lay-vice-chair", at="2014-01-21")
    room.done(*report, by="procurement-lead", at="2014-01-22")
    assert ": passed\n" in room.done("gate", "accept", *named, by="lay-vice-chair", at="2014-01-23")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("route-options | procurement-lead | soon | Do it", "the day 'soon'"),
        ("route-options | procurement-lead | 2014-01-31", "write 'CRITERION | OWNER | DAY | WHAT'"),
    ],
)
def test_a_condition_that_cannot_be_read(opened, given, said):
    words = ("gate", "decide", PROGRAMME, BOARD, "--says", "go-with-conditions", "--condition", given)
    ran = opened.act(*words, by="accountable-officer", at="2013-11-19")
    assert ran.status == 1 and said in ran.out
