"""A contract managed from the command line: figures fall, both sides see the causes, money is withheld and released."""

import json
import shutil

import pytest
import yaml

from ahead_samples import BEFORE, INDICATOR, YEAR, quarters
from command import obc
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.programme.levers.catalogue import STAGES
from obc.engine.values_file import write_values
from obc.loaders.places import WORKED_PROGRAMMES

PEOPLE = """
people:
  - {id: manager, name: M, organisation: commissioner-of-care, roles: [commissioner manager]}
  - {id: treasurer, name: T, organisation: commissioner-of-care, roles: [finance lead]}
  - {id: provider, name: P, organisation: provider-of-care, roles: [provider lead]}
"""
LEVERS = {
    "policy": {
        "stages": [
            {"stage": stage, "says": "s", "evidence": "e", "source": "test"}
            | ({"working days": 5} if stage != "terminated" else {})
            for stage in STAGES[1:]
        ],
        "answer feedback within": 5,
        "source": "test",
    },
    "themes": [{"id": "homes", "title": "A home", "indicators": [INDICATOR]}],
    "savings": [
        {"id": "s", "contract": "our-town", "title": "S", "year": 1, "planned": "10k", "delivered": "4k",
         "evidence": "final", "source": "test"},
    ],
}  # fmt: skip
CLAUSE = "\nwithholding:\n  most: {value: 5 %, source: test}\n  source: test\n"
BREACH = {
    "id": "homes-fall",
    "contract": "our-town",
    "party": "provider-of-care",
    "indicator": INDICATOR,
    "year": "1",
    "breach": "fewer keep a home",
    "evidence": "the chart",
}
CAUSES = {
    "causes": [
        {"what": "posts are vacant", "lies with": "provider-of-care", "part": "60 %", "evidence": "the rota"},
        {"what": "rents rose", "lies with": "nobody", "part": "40 %", "evidence": "an index"},
    ],
    "drawn up by": "manager",
    "on": "2028-05-20",
}


@pytest.fixture
def valley(tmp_path):
    """A programme with one contract of its own, and values that fall in the last year."""
    home = tmp_path / "valley"
    home.mkdir()
    assert obc("new", "our-town", "--out", home).status == 0
    payment = home / "our-town" / "payment.yaml"
    payment.write_text(payment.read_text() + CLAUSE)
    (home / "people.yaml").write_text(PEOPLE)
    (home / "programme.yaml").write_text("id: valley\n")
    (home / "levers.yaml").write_text(yaml.safe_dump(LEVERS))
    held = quarters(BEFORE, [(320, 400)] * 4, whole=(1280, 1600)).values
    fell = quarters(YEAR, [(240, 400)] * 4, whole=(1230, 1600)).values
    write_values(ValueSet(values=(*held, *fell)), home / "values.csv")
    return home


def run(valley, *words, by: str = "manager", at: str = "2028-05-01"):
    return obc(*words, "--by", by, "--why", "a reason", "--at", at, "--format", "json")


def file(valley, name: str, content) -> str:
    path = valley / f"{name}.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True))
    return str(path)


def escalated(valley, until: str) -> None:
    """The breach, taken to a stage: informal, notice, causes or withheld."""
    steps = [
        ("escalation", "open", valley, file(valley, "breach", BREACH), "--contract", "our-town"),
        ("escalation", "move", valley, "homes-fall", "give notice", "--evidence", "letter"),
        ("escalation", "analyse", valley, "homes-fall", file(valley, "causes", CAUSES)),
        ("escalation", "agree", valley, "homes-fall", "--contract", "our-town"),
    ]
    days = ["2028-05-02", "2028-05-10", "2028-05-20", "2028-05-21"]
    wanted = {"informal": 1, "notice": 2, "causes": 4}[until]
    for step, day in zip(steps[:wanted], days, strict=False):
        assert run(valley, *step, at=day).status == 0
    if until == "causes":
        assert run(valley, *steps[3], by="provider", at="2028-05-22").status == 0


def withheld(valley, share: str = "2 %", by: str = "treasurer"):
    words = ("escalation", "withhold", valley, "homes-fall", "--contract", "our-town", "--share", share)
    return run(valley, *words, "--evidence", "no plan", by=by, at="2028-05-24")


def recommended(valley, on: str):
    given = ("--contract", "our-town", "--values", valley / "values.csv", "--on", on)
    ran = obc("levers", valley, *given, "--format", "json")
    assert ran.status == 0 and ran.json["schema_version"] == 1
    return next(one for one in ran.json["next_steps"] if one["indicator"] == INDICATOR)


def test_figures_that_fall_ask_for_a_word_first_and_a_sanction_last(valley):
    first = recommended(valley, "2028-05-01")
    assert (first["standing"], first["verb"], first["stage"]) == ("getting worse", "open", "none")
    escalated(valley, "informal")
    assert recommended(valley, "2028-05-05")["verb"] is None
    assert recommended(valley, "2028-05-12")["verb"] == "give notice"
    text = obc("levers", valley, "--contract", "our-town", "--values", valley / "values.csv", "--on", "2028-05-12").out
    assert "the informal stage has run out: give formal notice" in text and "shared-diagnosis" in text


def test_a_sanction_that_both_sides_saw_the_causes_of_is_in_the_settlement_to_the_penny(valley):
    escalated(valley, "notice")
    refused = withheld(valley)
    assert refused.status == 1 and refused.json["problems"][0]["found"] == "no joint analysis of the causes"
    for step, by, at in (
        (("escalation", "analyse", valley, "homes-fall", file(valley, "causes", CAUSES)), "manager", "2028-05-20"),
        (("escalation", "agree", valley, "homes-fall", "--contract", "our-town"), "manager", "2028-05-21"),
        (("escalation", "agree", valley, "homes-fall", "--contract", "our-town"), "provider", "2028-05-22"),
    ):
        assert run(valley, *step, by=by, at=at).status == 0
    assert withheld(valley).status == 0
    written = valley / "circumstances.yaml"
    assert obc("escalation", "circumstances", valley, "--contract", "our-town", "--out", written).status == 0
    settled = ("settle", valley / "our-town", "--values", valley / "values.csv", "--year", "1")
    before = obc(*settled, "--format", "json").json["settlements"][0]
    ran = obc(*settled, "--circumstances", written, "--out", valley / "out", "--format", "json")
    after = ran.json["settlements"][0]
    assert before["payable_minor"] == before["earned_minor"] > 0
    assert after["withheld_minor"] == before["payable_minor"] * 2 // 100
    assert after["payable_minor"] + after["withheld_minor"] == before["payable_minor"]
    assert after["earned_minor"] == before["earned_minor"]
    page = (valley / "out" / "statement.html").read_text()
    assert "What is withheld" in page and "fewer keep a home" in page
    released = ("escalation", "move", valley, "homes-fall", "resolve", "--evidence", "delivered")
    assert run(valley, *released, at="2028-07-03").status == 0
    assert obc("escalation", "circumstances", valley, "--contract", "our-town", "--out", written).status == 0
    against = ("--against", valley / "out" / "statement.json", "--circumstances", written, "--format", "json")
    (entry,) = obc("restate", *settled[1:4], *against).json["adjusting_entries"]
    assert (entry["credit"], entry["amount_minor"]) == ("withheld", after["withheld_minor"])


@pytest.mark.parametrize(
    ("share", "by", "words"),
    [
        ("6 %", "treasurer", "6 % in year 1, all sanctions together"),
        ("two", "treasurer", "'two'"),
        ("2 %", "manager", "'withhold' by somebody who is commissioner manager"),
    ],
)
def test_a_sanction_beyond_the_contract_is_refused(valley, share, by, words):
    escalated(valley, "causes")
    refused = withheld(valley, share, by)
    assert refused.status == 1 and words in refused.json["problems"][0]["found"]


def test_a_contract_without_a_clause_allows_no_sanction(valley):
    payment = valley / "our-town" / "payment.yaml"
    payment.write_text(payment.read_text().removesuffix(CLAUSE))
    escalated(valley, "causes")
    assert withheld(valley).json["problems"][0]["found"] == "a contract that has no clause on withholding"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"indicator": "kept-homes"}, "the indicator 'kept-homes', which is nowhere"),
        ({"party": "somebody"}, "the party 'somebody', which is nowhere"),
        ({"contract": "other-town"}, "other-town"),
        ({"indicator": None, "expectation": "access"}, "the quality expectation 'access', which is nowhere"),
    ],
)
def test_a_breach_of_something_that_is_nowhere_is_refused(valley, change, words):
    given = {key: value for key, value in {**BREACH, **change}.items() if value}
    ran = run(valley, "escalation", "open", valley, file(valley, "b", given), "--contract", "our-town")
    assert ran.status == 1 and words in ran.json["problems"][0]["found"]


def test_feedback_is_heard_answered_and_bears_on_an_indicator(valley):
    said = {"id": "f1", "contract": "our-town", "received": "2028-05-01", "channel": "post", "from": "carers",
            "theme": "homes", "said": "the roof leaks"}  # fmt: skip
    assert run(valley, "feedback", "hear", valley, file(valley, "said", said)).status == 0
    stray = {**said, "id": "f2", "theme": "food"}
    assert run(valley, "feedback", "hear", valley, file(valley, "stray", stray)).status == 1
    reply = ("feedback", "answer", valley, "f1", "reply", "--says", "we mend it")
    assert run(valley, *reply, by="provider", at="2028-05-03").status == 0
    (theme,) = obc("feedback", valley, "--contract", "our-town", "--on", "2028-05-20", "--format", "json").json[
        "themes"
    ]
    assert (theme["heard"], theme["in_time"], theme["indicators"]) == (1, 1, [INDICATOR])
    assert recommended(valley, "2028-05-20")["heard"] == 1
    assert "1 of 1" in obc("feedback", valley, "--contract", "our-town", "--on", "2028-05-20").out


def test_a_promise_is_made_finished_and_confirmed_by_somebody_else(valley):
    made = {
        "id": "p1",
        "contract": "our-town",
        "title": "Mend it",
        "owner": "provider",
        "due": "2028-06-01",
        "from": "f1",
    }
    assert run(valley, "promise", "make", valley, file(valley, "made", made)).status == 0
    nobody = {**made, "id": "p2", "owner": "somebody"}
    assert "nobody called 'somebody'" in run(valley, "promise", "make", valley, file(valley, "n", nobody)).out
    assert obc("promise", valley, "--on", "2028-06-02", "--format", "json").json["late"] == ["p1"]
    keep = ("promise", "keep", valley, "p1")
    assert run(valley, *keep, "finish", "--evidence", "a dry roof", by="provider").status == 0
    assert "who owns it" in run(valley, *keep, "confirm", by="provider").out
    assert run(valley, *keep, "confirm").json["promise"]["state"] == "confirmed"
    assert "0 of 1 promise late" in obc("promise", valley, "--on", "2028-06-02").out


def test_savings_are_set_against_plan(valley):
    ran = obc("savings", valley, "--contract", "our-town", "--format", "json").json
    (year,) = ran["years"]
    assert (year["planned_minor"], year["delivered_minor"], year["share"]) == (1_000_000, 400_000, 0.4)
    assert year["agreed_minor"] is None and ran["schemes"][0]["delivered_minor"] == 400_000
    assert "40.0%" in obc("savings", valley, "--contract", "our-town").out


def test_every_act_leaves_a_line_and_a_worked_programme_stays_as_it_is(valley):
    escalated(valley, "causes")
    lines = [json.loads(path.read_text()) for path in sorted((valley / "trail").glob("*.json"))]
    assert [one["verb"] for one in lines] == ["open", "give notice", "analyse", "agree causes", "agree causes"]
    assert lines[1]["before"]["state"] == "informal" and lines[1]["after"]["state"] == "formal notice"
    refused = obc("escalation", "move", "oxfordshire", "crisis-response", "resolve", "--by", "contract-manager",
                  "--why", "w", "--evidence", "e")  # fmt: skip
    assert refused.status == 1 and "a worked programme, which stays as it is" in refused.out


def test_the_worked_programme_reads_and_its_savings_are_the_contracts_own():
    shown = obc("levers", "oxfordshire", "--on", "2015-11-04")
    assert shown.status == 0
    assert "crisis-response: formal notice, until 3 November 2015 (run out)" in shown.out
    assert shown.out.index("Whole-system leadership") < shown.out.index("Contract: ")
    years = obc("savings", "oxfordshire", "--contract", "oxfordshire-mental-health", "--format", "json").json["years"]
    assert [one["planned_as_agreed"] for one in years] == [True, True]
    absent = obc("levers", "oxfordshire", "--values", "absent.parquet")  # of its only contract that has a folder
    assert absent.status == 1 and "absent.parquet" in absent.out


def test_the_levers_of_a_contract_are_written_for_a_meeting(valley):
    escalated(valley, "causes")
    given = ("--contract", "our-town", "--values", valley / "values.csv", "--on", "2028-06-01")
    ran = obc("levers", valley, *given, "--out", valley / "out", "--format", "json")
    assert [path.rpartition(".")[2] for path in ran.json["written"]] == ["html", "pdf", "docx", "xlsx"]
    page = (valley / "out" / "contract-management.html").read_text()
    for words in (
        "Indicators that call for something: 1 of 1",
        "fewer keep a home",
        "posts are vacant",
        "A shared diagnosis",
    ):
        assert words in page
    assert "Agreed by commissioner-of-care and provider-of-care." in page
    before = (valley / "out" / "contract-management.pdf").read_bytes()
    assert "Wrote" in obc("levers", valley, *given, "--out", valley / "out").out
    assert (valley / "out" / "contract-management.pdf").read_bytes() == before


def test_of_several_contracts_one_has_to_be_named(tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(WORKED_PROGRAMMES / "oxfordshire", folder)
    path = folder / "programme.yaml"
    manager = "    manager: older-people-manager\n"
    path.write_text(path.read_text().replace(manager, f"{manager}    folder: richmond-community\n"))
    ran = obc("levers", folder, "--values", "absent.parquet")
    assert ran.status == 1 and "2 contracts that have a folder" in ran.out
    assert "say which with --contract: oxfordshire-mental-health, richmond-community" in ran.out
