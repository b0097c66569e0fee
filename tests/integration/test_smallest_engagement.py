"""The smallest engagement that can be written: everything is missing, and it says so instead of falling over."""

import shutil
from pathlib import Path

import pytest

from command import obc
from obc.loaders.places import WORKED, WORKED_PROGRAMMES

ENGAGEMENT = """\
contract: ours
groups:
  - {id: patients, title: Patients, side: people and carers, reached by: letters, source: illustrative}
"""
CHANGE = """\
equality: {state: not applicable, says: nobody is treated otherwise, source: illustrative}
paper: {purpose: To decide., recommends: [agree], author: programme-director, clinical lead: clinical-lead,
  source: illustrative}
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "programme"
    made.mkdir()
    for name in ("people.yaml", "programme.yaml"):
        shutil.copy(WORKED_PROGRAMMES / "oxfordshire" / name, made / name)
    shutil.copytree(WORKED / "oxfordshire-mental-health", made / "ours")  # the contract stands beside the files
    (made / "ours" / "case.yaml").unlink()
    (made / "engagement.yaml").write_text(ENGAGEMENT)
    (made / "change.yaml").write_text(CHANGE)
    return made


def test_it_says_what_is_missing(folder):
    ran = obc("engagement", folder, "--on", "2027-04-01", "--out", folder / "out")
    assert ran.status == 0
    assert "0 outcomes first proposed, 7 now" in ran.out
    assert "passes no gate: reference groups: no group that must endorse the outcomes" in ran.out
    assert "preferences (all groups): nobody was asked which outcomes matter most" in ran.out
    page = (folder / "out" / "engagement.html").read_text()
    assert "Nobody has put the outcomes in order yet." in page and "no group that must endorse the outcomes" in page


def test_it_can_be_added_to_in_its_own_folder(folder):
    (folder / "day.yaml").write_text(
        "{id: day-one, kind: workshop, title: Day one, from: 2027-04-10, groups: [patients], about: outcomes,\n"
        " source: plan}\n"
    )
    who = ("--by", "engagement-lead", "--why", "planned", "--at", "2027-04-01")
    ran = obc("engage", "add", folder, "event", folder / "day.yaml", *who, "--format", "json")
    assert ran.json["record"]["state"] == "planned"
    assert [path.name for path in (folder / "trail").iterdir()] == ["000001.json"]
    early = folder / "early.yaml"
    early.write_text(
        (folder / "day.yaml").read_text().replace("day-one", "day-two").replace("from", "state: held, from")
    )
    ran = obc("engage", "add", folder, "event", early, *who)
    assert ran.status == 1 and "held on 2027-04-10, which is to come" in ran.out
    said = folder / "said.yaml"
    said.write_text("{id: x, says: y, heard at: [day-one], said by: [patients], source: z}\n")
    ran = obc("engage", "add", folder, "finding", said, *who)
    assert ran.status == 1 and "found: 'day-one'" in ran.out  # planned, not held
    ran = obc("engage", "add", folder, "finding", said, "--by", "analyst", "--why", "x", "--at", "2027-04-01")
    assert ran.status == 1 and "analyst, who is analyst" in ran.out


def test_a_finding_is_added_open(folder):
    said = folder / "said.yaml"
    said.write_text(
        "{id: x, says: y, heard at: [day-one], said by: [patients], state: answered, source: z,\n"
        " answer: {did: kept, says: so, on: 2027-04-01, source: z}}\n"
    )
    ran = obc("engage", "add", folder, "finding", said, "--by", "engagement-lead", "--why", "x", "--at", "2027-04-01")
    assert ran.status == 1 and "record it open, then answer it" in ran.out


def test_a_paper_and_a_change_with_nothing_in_them_can_be_written(folder):
    out = folder / "out"
    assert obc("communications", folder, "--on", "2027-04-01", "--out", out).status == 0
    assert "Nothing is missing." in (out / "communications.html").read_text()
    assert "Nothing is missing." in obc("communications", folder, "--on", "2027-04-01").out
    ran = obc("report", "board-paper", folder, "--on", "2027-04-01", "--out", out, "--runs", 200, "--format", "json")
    assert [Path(path).name for path in ran.json["written"]] == [
        f"board-paper.{kind}" for kind in ("html", "pdf", "docx")
    ]
    page = (out / "board-paper.html").read_text()
    assert "Equality analysis: not applicable" in page and "These outcomes pass no gate." in page


def test_an_analysis_with_effects_is_printed(folder):
    change = CHANGE.replace("not applicable", "made, on: 2027-03-01").replace(
        "source: illustrative}\npaper",
        "source: illustrative,\n"
        "  effects: [{characteristic: age, effect: worse, says: over 65 leave, done: a joint plan, source: z}]}\npaper",
    )
    (folder / "change.yaml").write_text(change)
    assert obc("communications", folder, "--on", "2027-04-01", "--out", folder / "out").status == 0
    page = (folder / "out" / "communications.html").read_text()
    assert "Equality analysis: made on 1 March 2027" in page and "a joint plan" in page


def test_outcomes_must_be_agreed_first(folder):
    (folder / "engagement.yaml").write_text(ENGAGEMENT.replace("contract: ours", "contract: cms-shared-savings"))
    ran = obc("engagement", folder, "--on", "2027-04-01")
    assert ran.status == 1 and "cms-shared-savings, which has no framework" in ran.out
