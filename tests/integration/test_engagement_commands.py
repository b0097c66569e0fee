"""Engagement and the change from the command line: what is seen, what is done, what is refused, what stays."""

import json
from pathlib import Path

import pytest

from command import obc

PROGRAMME, DAY = "oxfordshire", "2013-11-19"


@pytest.fixture(scope="module")
def seen():
    return obc("engagement", PROGRAMME, "--on", DAY, "--format", "json").json


@pytest.fixture
def trail(tmp_path) -> Path:
    return tmp_path / "trail"


def act(trail, *words, by="engagement-lead", at="2013-12-02", why="agreed at the meeting"):
    group, verb, *rest = words
    return obc(group, verb, PROGRAMME, *rest, "--by", by, "--at", at, "--why", why, "--trail", trail)


def now(trail, day="2013-12-31"):
    return obc("engagement", PROGRAMME, "--on", day, "--trail", trail, "--format", "json").json


def found(records, name):
    return next(one for one in records if one["id"] == name)


def test_the_worked_programme_traces_six_outcomes_to_seven(seen):
    way = seen["development"]
    assert (way["proposed"], way["now"]) == (6, 7)
    assert dict(way["counts"]) == {"kept": 0, "adapted": 5, "removed": 1, "new": 2}
    assert all(step["because"] for step in way["steps"])


def test_it_holds_the_numbers_of_the_business_case(seen):
    events = {one["id"]: one for one in seen["events"]}
    assert (events["outcomes-that-matter"]["invited"], events["outcomes-that-matter"]["from"]) == (118, "2013-01-08")
    assert events["talking-health"]["took part"] == 128
    assert events["market-event"]["took part"] == 14 + 14 + 17
    assert events["banbury-workshop"]["took part"] is None  # not recorded is not nought


def test_every_outcome_is_mapped_fit_endorsed_and_every_tier_covered(seen):
    assert all(one["fit"] for one in seen["fitness"]) and len(seen["fitness"]) == 7
    assert seen["unendorsed"] == []
    assert all(level["outcomes"] for level in seen["tiers"])
    assert not {"a national framework", "a published example"} & {one["what"] for one in seen["missing"]}


def test_what_the_sources_leave_open_is_missing_by_name(seen):
    assert {(one["what"], one["which"]) for one in seen["missing"]} == {
        ("an answer", "managing-money"),
        ("an answer", "third-sector-wants-in"),
        ("telling people", "dementia-at-home"),
        ("a group's voice", "nhs-england"),
        ("a group's voice", "staff"),
        ("a group's voice", "politicians"),
        ("preferences", "county-council"),
    }


def test_preferences_are_marked_illustrative_and_ranked_by_group(seen):
    ranked = seen["priorities"]
    assert ranked["source"] == "illustrative"
    orders = {order["group"]: order["outcomes"][0]["outcome"] for order in ranked["orders"]}
    assert orders["service-users"] == "meaningful-role" and orders["carers"] == "carers-feel-supported"
    assert "county-council" not in orders  # six people: too few


def test_people_read_the_same(seen):
    text = obc("engagement", PROGRAMME, "--on", DAY).out
    assert "6 outcomes first proposed, 7 now: 5 adapted, 1 removed, 2 new" in text
    assert "an answer (managing-money): it was heard and nobody has said what became of it" in text
    assert "What matters most (illustrative)" in text


def test_an_answer_is_given_told_back_reopened_and_stays_in_the_trail(trail):
    answer = ("--did", "later", "--says", "It goes into the recovery plan.", "--source", "minutes")
    assert act(trail, "engage", "answer", "managing-money", *answer).status == 0
    assert act(trail, "engage", "tell", "managing-money", "--how", "a letter", at="2013-12-03").status == 0
    one = found(now(trail)["findings"], "managing-money")
    assert (one["state"], one["told back"], one["answer"]["on"]) == ("told back", "a letter", "2013-12-02")
    assert act(trail, "engage", "reopen", "managing-money", by="patient-representative", at="2013-12-04").status == 0
    assert found(now(trail)["findings"], "managing-money")["state"] == "open"
    lines = [json.loads(path.read_bytes()) for path in sorted(trail.glob("*.json"))]
    assert [(line["verb"], line["by"], line["before"]["state"], line["after"]["state"]) for line in lines] == [
        ("answer", "engagement-lead", "open", "answered"),
        ("tell back", "engagement-lead", "answered", "told back"),
        ("reopen", "patient-representative", "told back", "open"),
    ]


def test_an_event_and_a_finding_are_added_from_files(trail, tmp_path):
    event, finding = tmp_path / "event.yaml", tmp_path / "finding.yaml"
    event.write_text(
        "{id: staff-day, kind: briefing, title: Staff day, state: held, from: 2013-11-29, groups: [staff],\n"
        " took part: 40, about: the decision, source: minutes}\n"
    )
    finding.write_text(
        "{id: workload, says: Who does the counting?, heard at: [staff-day], said by: [staff], source: minutes}\n"
    )
    early = act(trail, "engage", "add", "finding", finding)
    assert early.status == 1 and "'staff-day'" in early.out  # not heard at an event that is not there
    assert act(trail, "engage", "add", "event", event).status == 0
    assert act(trail, "engage", "add", "finding", finding).status == 0
    after = now(trail)
    assert "staff" not in after["numbers"]["unreached"] and after["numbers"]["took_part"] == 173 + 40
    assert ("an answer", "workload") in {(one["what"], one["which"]) for one in after["missing"]}
    twice = act(trail, "engage", "add", "event", event)
    assert twice.status == 1 and "one that is taken" in twice.out


def test_a_statement_against_an_outcome_stands_in_its_way(trail):
    said = ("--group", "outcomes-reference-group", "--says", "not endorsed", "--source", "minutes")
    only = ("--outcome", "timely-access", "--reservations", "a wait is no outcome")
    assert act(trail, "engage", "endorse", "no-to-waits", *said, *only, by="reference-group-chair").status == 0
    after = now(trail)
    assert [one["where"] for one in after["unendorsed"]] == ["outcome 'timely-access'"]
    assert found(after["statements"], "no-to-waits")["of"][0]["goal"].startswith("People get the support")
    assert act(trail, "engage", "withdraw", "no-to-waits", by="reference-group-chair", at="2013-12-03").status == 0
    assert now(trail)["unendorsed"] == []


def test_a_gate_that_looks_the_statements_up_sees_what_the_trail_says(trail):
    from datetime import date

    from obc.bootstrap.governing import governance

    def looked_up(on: date):
        governed = governance(PROGRAMME, trail)
        (planned,) = [one for one in governed.programme.contracts if one.folder]
        return governed.looking_up()["outcomes-endorsed"](planned, on)

    assert looked_up(date(2013, 11, 28)).holds
    assert not looked_up(date(2013, 11, 1)).holds  # the outcomes reference group had not met
    said = ("--group", "expert-reference-group", "--says", "not endorsed", "--reservations", "x", "--source", "y")
    assert act(trail, "engage", "endorse", "no", *said, by="expert-group-chair", at="2013-11-26").status == 0
    after = looked_up(date(2013, 11, 28))
    assert not after.holds and "'not endorsed' by the expert reference group on 2013-11-26: x; and 6 more" in after.says


def test_a_planned_event_is_held_or_called_off(trail, tmp_path):
    late = obc("engagement", PROGRAMME, "--on", "2014-01-01", "--trail", trail, "--format", "json").json
    assert ("an event", "final-workshops") in {(one["what"], one["which"]) for one in late["missing"]}
    assert act(trail, "engage", "hold", "final-workshops", "--took-part", 103, at="2014-01-02").status == 0
    assert found(now(trail, "2014-01-02")["events"], "final-workshops")["took part"] == 103
    other = tmp_path / "other"
    assert act(other, "engage", "cancel", "final-workshops").status == 0
    assert now(other)["numbers"]["cancelled"] == 1


@pytest.mark.parametrize(
    ("words", "by", "refused"),
    [
        (("tell", "managing-money", "--how", "a letter"), "engagement-lead", "'tell back' while it is open"),
        (("reopen", "dementia-at-home"), "analyst", "it is for engagement lead or patient representative"),
        (("hold", "market-event"), "engagement-lead", "'hold' while it is held"),
        (("hold", "nowhere"), "engagement-lead", "one that is nowhere"),
        (
            ("answer", "managing-money", "--did", "changed", "--says", "x", "--source", "y"),
            "engagement-lead",
            "say with --where what changed",
        ),
        (
            ("endorse", "x", "--group", "expert-reference-group", "--says", "endorsed", "--source", "y"),
            "reference-group-chair",
            "a statement is its chair's to record: expert-group-chair",
        ),
        (
            ("endorse", "x", "--group", "expert-reference-group", "--says", "not endorsed", "--source", "y"),
            "expert-group-chair",
            "'not endorsed' without its reasons",
        ),
        (
            (
                "endorse",
                "x",
                "--group",
                "expert-reference-group",
                "--says",
                "endorsed",
                "--source",
                "y",
                "--outcome",
                "paid-work",
            ),
            "expert-group-chair",
            "'paid-work'",
        ),
        (("withdraw", "expert-group-september-2013"), "reference-group-chair", "it is for the chair of its group"),
        (("hold", "final-workshops"), "nobody", "nobody called 'nobody'"),
        (("item", "training", "--do", "check off"), "programme-manager", "'in place' with nothing to show for it"),
        (("publish", "may-charities-bid"), "programme-manager", "it is for programme director or communications lead"),
        (
            ("measure", "role-after-a-year", "--value", "most", "--measured", "2013-12-01", "--source", "y"),
            "analyst",
            "'most' is not a number",
        ),
        (
            ("measure", "role-after-a-year", "--value", "1", "--measured", "2015-12-01", "--source", "y"),
            "analyst",
            "a reading of 2015-12-01, which is to come",
        ),
        (
            ("measure", "role-after-a-year", "--value", "1", "--measured", "2013-12-01", "--source", "y"),
            "engagement-lead",
            "who neither owns it nor is an analyst",
        ),
        (("ask", "who-pays", "--asks", "Who pays?", "--source", "y"), "analyst", "it is for engagement lead or"),
        (("send", "to-staff"), "analyst", "it is for engagement lead or communications lead to do"),
    ],
)
def test_what_is_not_allowed_is_refused_with_the_reason_and_leaves_no_trace(trail, words, by, refused):
    ran = act(trail, "engage", *words, by=by)
    assert ran.status == 1 and refused in ran.out
    assert not trail.exists()


def test_nothing_is_written_into_the_worked_programme():
    ran = obc("engage", "send", PROGRAMME, "to-staff", "--by", "communications-lead", "--why", "it is out")
    assert ran.status == 1 and "say where to keep yours: --trail DIR" in ran.out


def test_the_change_is_seen_and_moved(trail):
    def ready(day):
        return obc("communications", PROGRAMME, "--on", day, "--trail", trail, "--format", "json").json

    before = {(one["what"], one["which"]) for one in ready("2013-12-10")["missing"]}
    assert ("a message", "to-staff") in before and ("an answer", "who-carries-the-loss") in before
    for words, by in (
        (("send", "to-staff"), "communications-lead"),
        (("drop", "to-providers"), "communications-lead"),
        (("reply", "who-carries-the-loss", "--says", "Both, in shares."), "programme-manager"),
        (("publish", "who-carries-the-loss"), "programme-director"),
        (("publish", "may-charities-bid"), "programme-director"),
        (("item", "in-practice", "--do", "check off", "--shows", "the blueprint"), "clinical-lead"),
        (
            ("ask", "who-pays", "--asks", "Who pays?", "--source", "letter", "--event", "talking-health"),
            "engagement-lead",
        ),
        (
            ("measure", "role-after-a-year", "--value", "21.5 %", "--measured", "2014-06-30", "--source", "values"),
            "analyst",
        ),
    ):
        assert act(trail, "engage", *words, by=by, at="2014-07-01").status == 0
    after = ready("2014-07-02")
    assert found(after["messages"], "to-staff")["state"] == "sent"
    assert found(after["questions"], "who-carries-the-loss")["state"] == "published"
    (role,) = [one for one in after["benefits"] if one["benefit"]["id"] == "role-after-a-year"]
    assert (role["stands"], role["now"], role["way"]) == ("on the way", "0.215", "1/3")
    left = {(one["what"], one["which"]) for one in after["missing"]}
    assert not {("a message", "to-staff"), ("an answer", "may-charities-bid")} & left
    assert act(trail, "engage", "take-back", "may-charities-bid", by="programme-director", at="2014-07-03").status == 0
    text = obc("communications", PROGRAMME, "--on", "2014-07-04", "--trail", trail).out
    assert "20.5%  21.5%  23.5%" in text and "What is missing" in text


def test_two_files_that_do_not_fit_are_told_all_at_once(tmp_path):
    import shutil

    from obc.loaders.places import WORKED_PROGRAMMES

    folder = tmp_path / "ours"
    shutil.copytree(WORKED_PROGRAMMES / PROGRAMME, folder)
    path = folder / "engagement.yaml"
    path.write_text(path.read_text().replace("{outcome: meaningful-role, framework", "{outcome: some-role, framework"))
    ran = obc("engagement", folder, "--on", DAY)
    assert ran.status == 1 and "found: an outcome 'some-role'" in ran.out
    change = folder / "change.yaml"
    change.write_text(change.read_text().replace("owner: clinical-lead", "owner: somebody"))
    ran = obc("communications", folder, "--on", DAY)
    assert ran.status == 1 and ran.out.count("nobody called 'somebody'") > 1
