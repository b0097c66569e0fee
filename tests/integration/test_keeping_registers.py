"""Risks, tasks and gates kept by commands: each act shows what became of the record and leaves its line."""

import shutil

import pytest

from command import Ran, obc
from obc.loaders.places import WORKED_PROGRAMMES

PROGRAMME = "oxfordshire"
RISK = """
id: winter
title: A hard winter
what: Wards are full and nobody has time for the contract.
register: implementation
category: time
contracts: [mental-health]
before: {severity: 3, likelihood: 5}
controls: [{id: second-shift, what: A second shift is paid for.}]
after: {severity: 3, likelihood: 2}
owner: programme-manager
raised: 2013-12-01
review by: 2014-01-31
source: test
"""


@pytest.fixture
def act(tmp_path):
    """Act on the worked programme, on a trail of the test's own."""

    def call(*words: object, by: str, at: str = "2013-12-02") -> Ran:
        return obc(*words, "--by", by, "--why", "Agreed.", "--at", at, "--trail", tmp_path / "trail")

    return call


@pytest.fixture
def show(tmp_path):
    """Show the worked programme with the test's trail."""
    return lambda *words: obc(*words, "--trail", tmp_path / "trail")


@pytest.fixture
def raised(act, tmp_path):
    """The register with a new risk."""
    (tmp_path / "winter.yaml").write_text(RISK)
    ran = act("risk", "raise", PROGRAMME, tmp_path / "winter.yaml", by="engagement-lead")
    assert ran.status == 0, ran.out
    assert "Beyond the appetite: escalate it to the governing-body." in ran.out
    return act


def test_a_risk_from_the_day_it_is_raised_to_its_end(raised, show):
    steps = (
        (("escalate",), "programme-manager", "winter, implementation, time: escalated"),
        (("control", "second-shift", "--evidence", "Rota"), "programme-manager", "stands: severity 3 × likelihood 2"),
        (("take-back",), "programme-manager", "time: open"),
        (("assess", "--before", "3,4", "--after", "2,2"), "programme-manager", "= 4, green"),
        (("review", "--review-by", "2014-03-31"), "programme-director", "next by 31 March 2014"),
        (("close", "--how", "no-longer-possible"), "programme-director", "time: closed"),
        (("reopen", "--review-by", "2014-12-01"), "programme-manager", "time: open"),
        (("supersede", "--instead", "timetable"), "programme-manager", "time: superseded"),
    )  # fmt: skip
    for words, by, said in steps:
        ran = raised("risk", words[0], PROGRAMME, "winter", *words[1:], by=by)
        assert ran.status == 0 and said in ran.out, ran.out
    history = show("risks", PROGRAMME, "winter", "--format", "json").json["history"]
    assert [(one["score_before"], one["score"]) for one in history] == [
        (None, 15), (15, 15), (15, 6), (6, 6), (6, 4), (4, 4), (4, 4), (4, 4), (4, 4),
    ]  # fmt: skip
    assert "programme-director: close, 4 → 4 green. Agreed." in show("risks", PROGRAMME, "winter").out
    told = show("trail", PROGRAMME).out
    assert "engagement-lead (engagement lead): raise risk 'winter'\n   why: Agreed.\n   new\n" in told
    assert "controls: − id second-shift" in told and "controls: + evidence Rota, id second-shift" in told
    held = show("risks", PROGRAMME, "--format", "json").json["risks"]
    assert len(held) == 22 and held[-1]["superseded_by"] == "timetable"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: winter", "id: timetable", "one that is taken"),
        ("owner: programme-manager", "owner: nobody", "nobody called 'nobody'"),
        ("[mental-health]", "[mental]", "'mental', which is nowhere; there is mental-health"),
        ("severity: 3, likelihood: 5", "severity: 3, likelihood: 9", "9"),
        ("id: winter", "id: winter\nstate: closed", "'closed' without 'closed'"),
        ("id: winter", "id: winter\nstate: superseded\nsuperseded by: timetable", "raise it open, then act on it"),
    ],
)
def test_a_risk_that_is_not_raised(act, tmp_path, old, new, said):
    (tmp_path / "winter.yaml").write_text(RISK.replace(old, new, 1))
    ran = act("risk", "raise", PROGRAMME, tmp_path / "winter.yaml", by="engagement-lead")
    assert ran.status == 1 and said in ran.out.replace("\n        ", "; ") and not (tmp_path / "trail").exists()


@pytest.mark.parametrize(
    "words", [("--before", "6,1"), ("--after", "3"), (), ("--before", "a,b")], ids=["six", "one", "none", "letters"]
)
def test_ratings_that_are_none_are_a_wrong_call(act, words):
    assert act("risk", "assess", PROGRAMME, "timetable", *words, by="programme-manager").status == 2


def test_the_history_stands_in_the_documents(raised, show, tmp_path):
    assert show("risks", PROGRAMME, "--out", tmp_path / "out").status == 0
    page = (tmp_path / "out" / "risks.html").read_text()
    assert "engagement-lead" in page and "15 amber" in page and "Nothing was done" not in page


def test_tasks_begin_end_and_are_planned_anew(act, show):
    assert "begun" in act("task", "begin", PROGRAMME, "set-up", by="programme-manager").out
    ran = act("task", "replan", PROGRAMME, "set-up", "--days", 31, "--due", "2014-01-15", by="programme-manager")
    assert "31 days, promised for 15 January 2014" in ran.out and "review-first" in ran.out
    found = act("task", "finish", PROGRAMME, "set-up", "--format", "json", by="programme-manager", at="2013-12-20").json
    assert (found["task"]["begun"], found["task"]["done"]) == ("2013-12-02", "2013-12-20")
    assert (
        "superseded" in act("task", "drop", PROGRAMME, "communications", by="programme-director", at="2013-12-21").out
    )
    tasks = show("plan", PROGRAMME, "--on", "2013-12-21", "--format", "json").json["tasks"]
    held = {one["task"]: one for one in tasks}
    assert "communications" not in held and held["midpoint"]["after"] == ["review-first", "decision"]
    assert held["review-first"]["begins"] == "2013-12-21"


@pytest.mark.parametrize(
    "words",
    [
        ("plan", PROGRAMME, "--slip", "notice=3", "--format", "json"),
        ("portfolio", PROGRAMME, "--format", "json"),
        ("gate", "show", PROGRAMME, "mental-health-go-live", "--format", "json"),
        ("trail", PROGRAMME, "--format", "json"),
    ],
)
def test_every_view_speaks_to_machines(show, words):
    assert show(*words).json["schema_version"] == 1


def test_acts_speak_to_machines(act):
    found = act("task", "replan", PROGRAMME, "notice", "--days", 9, "--format", "json", by="contract-manager").json
    assert found["task"]["days"] == 9 and {"task", "days", "late_days"} <= set(found["moved"][0])
    stated = ("handover", "state", PROGRAMME, "clusters-18-to-21", "--side", "older-people", "--format", "json")
    found = act(*stated, "--amount", "9m", by="older-people-manager").json
    assert found["agreed"] is False and "£866,000.00 apart" in found["apart"][0]
    found = act("risk", "escalate", PROGRAMME, "timetable", "--format", "json", by="programme-manager").json
    assert found["beyond_appetite"] is True and found["risk"]["escalated"]["to"] == "governing-body"
    found = act("gate", "supersede", PROGRAMME, "maternity-phase-3", "--format", "json", by="programme-director").json
    assert found["gate"]["state"] == "superseded"


def test_a_programme_of_ones_own_keeps_its_trail_beside_its_files(tmp_path):
    own = tmp_path / "own"
    shutil.copytree(WORKED_PROGRAMMES / PROGRAMME, own)
    for file in ("risks.yaml", "impact.yaml", "engagement.yaml"):
        (own / file).unlink()
    ran = obc("task", "begin", own, "set-up", "--by", "programme-manager", "--why", "Agreed.")
    assert ran.status == 0 and (own / "trail" / "000001.json").exists()
    shown = obc("trail", own)
    assert "begun: nothing → " in shown.out and "1 action, and the chain holds" in shown.out
    for words in (("risks", own), ("impact", own)):
        assert "write risks.yaml" in (out := obc(*words).out) or "write impact.yaml" in out
    obc("gate", "supersede", own, "mental-health-recommendation", "--by", "programme-director", "--why", "Joined.")
    opened = obc("gate", "open", own, "mental-health-phase-3", "--by", "programme-director", "--why", "Agreed.")
    assert opened.status == 0
    ran = obc("gate", "gather", own, "mental-health-phase-3", "--by", "programme-director", "--why", "Agreed.")
    assert ran.status == 1 and "the check 'outcomes-endorsed', which nobody offers" in ran.out


def test_the_smallest_programme_is_shown_too(tmp_path):
    own = tmp_path / "small"
    shutil.copytree(WORKED_PROGRAMMES / "richmond", own)
    for file in ("gates.yaml", "plan.yaml", "risks.yaml"):
        (own / file).unlink()
    ran = obc("gates", own, "--out", tmp_path / "out", "--format", "json")
    assert ran.status == 0 and ran.json["gates"] == ran.json["critical_path"] == []
    assert [one["phase"] for one in ran.json["contracts"]] == ["phase-1"]
    assert {"programme.html", "programme.pdf", "programme.xlsx"} <= {one.name for one in (tmp_path / "out").iterdir()}
    assert obc("plan", own).status == 0 and obc("trail", own).out == "No actions yet.\n"
