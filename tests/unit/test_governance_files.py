"""Files of a programme that do not fit together: every mistake with its line, all at once."""

import shutil

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.loaders.governance import read_governing
from obc.loaders.places import WORKED_PROGRAMMES, worked_programmes


@pytest.fixture
def folder(tmp_path):
    """A copy of a worked programme to break."""
    made = tmp_path / "broken"
    shutil.copytree(WORKED_PROGRAMMES / "oxfordshire", made)
    return made


def broken(folder, file, *swaps) -> str:
    text = (folder / file).read_text()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / file).write_text(text)
    with pytest.raises(Problems) as problems:
        read_governing(str(folder))
    return str(problems.value)


@pytest.mark.parametrize("name", ["oxfordshire", "richmond"])
def test_the_worked_programmes_fit_together(name):
    read = read_governing(name)
    assert name in worked_programmes() and read.gates.gates and read.plan.tasks and read.risks.risks


def test_the_worked_register_has_the_risks_of_the_business_case():
    risks = read_governing("oxfordshire").risks.risks
    assert sum(one.register_ == "provider" for one in risks) == 10
    assert sum(one.register_ == "implementation" for one in risks) == 11
    scores = {one.id: (one.before.score, one.after.score) for one in risks}
    assert scores["incumbents-hold-back"] == (20, 9) and scores["fear-of-change"] == (20, 12)
    assert scores["support-unit"] == (20, 9) and scores["incumbent-fails"] == (16, 8)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("programme.yaml", "chair: clinical-chair", "chair: nobody", "'nobody', who is no member; name a member"),
        ("programme.yaml", "{members: 5,", "{members: 9,", "a quorum of 9 in a body of 8"),
        ("programme.yaml", "manager: maternity-manager", "manager: midwife", "the person 'midwife', which is nowhere"),
        (
            "programme.yaml",
            "lay member, finance lead]}",
            "lay member, astronaut]}",
            "the role 'astronaut', which no member",
        ),
        ("programme.yaml", "      contract: older-people", "      contract: nobody", "'nobody'; name a contract"),
        ("programme.yaml", "reports to: governing-body", "reports to: parliament", "'parliament'; name another body"),
        (
            "programme.yaml",
            "lay-vice-chair, lay-member-patients",
            "lay-vice-chair, lay-vice-chair",
            "a member named twice",
        ),
        ("programme.yaml", "lay-member-patients", "lay-members", "the person 'lay-members', which is nowhere; did you"),
        ("programme.yaml", "- id: maternity", "- id: older-people", "'older-people' twice"),
        ("programme.yaml", "contract: mental-health", "contract: older-people", "both sides the same contract"),
        ("gates.yaml", "- id: older-people-case-for-change", "- id: mental-health-case-for-change", "a gate twice"),
        ("gates.yaml", "{id: clinical-vision,", "{id: improvement,", "a criterion twice"),
        ("risks.yaml", "but: [", "but: [{category: quality, score: 1}, ", "a category twice"),
        ("gates.yaml", "body: governing-body", "body: parliament", "the body 'parliament', which is nowhere"),
        ("gates.yaml", "leads to: phase-2", "leads to: phase-7", "the phase 'phase-7', which is nowhere"),
        ("gates.yaml", "after: [mental-health-scope]", "after: [mental-health]", "the gate 'mental-health', which"),
        ("gates.yaml", "    state: passed\n", "", "'planned' with a decision"),
        ("gates.yaml", "    state: passed\n", "    state: paused\n", "'paused'; write one of planned, open"),
        ("gates.yaml", "    leads to: phase-2\n", "", "a stop-go gate that leads nowhere"),
        ("gates.yaml", "check: outcomes-endorsed,", "", "neither a check nor evidence"),
        ("gates.yaml", "{criterion: case-made", "{criterion: case", "'case'; name a criterion of this gate: case-made"),
        (
            "gates.yaml",
            "after: [mental-health-case-for-change]",
            "after: [mental-health-go-live]",
            "wait for each other",
        ),
        ("plan.yaml", "due: 2013-11-28", "due: 2013-11-29", "2013-11-29, where gates.yaml has 2013-11-28"),
        ("plan.yaml", "step: contracting-options", "step: shopping", "the step 'shopping', which is nowhere"),
        ("plan.yaml", "begun: 2013-11-01, ", "", "no day to begin on; say 'not before'"),
        ("risks.yaml", "owner: commissioner-manager", "owner: nobody", "the person 'nobody', which is nowhere"),
        ("risks.yaml", "held by: programme-board", "held by: pub", "the body 'pub', which is nowhere"),
        ("risks.yaml", "to: governing-body", "to: programme-board", "'programme-board' on both sides"),
        ("risks.yaml", "contracts: [mental-health]", "contracts: [mental]", "the contract 'mental', which is nowhere"),
        ("risks.yaml", "likelihood: 3}", "likelihood: 6}", "6"),
        ("risks.yaml", "- id: demographic-growth", "- id: unmet-need", "'unmet-need' twice"),
        ("risks.yaml", "category: demand", "category: weather", "'weather'"),
        (
            "risks.yaml",
            "    source: BC",
            "    state: superseded\n    superseded by: x\n    source: BC",
            "'x'; name a risk",
        ),
        ("impact.yaml", "- provider: supported-living-partner", "- provider: oxford-health", "a provider twice"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder, file, old, new, words):
    said = broken(folder, file, (old, new))
    assert words in said
    assert f"broken/{file}:" in said


def test_mistakes_of_several_files_are_told_at_once(folder):
    text = (folder / "risks.yaml").read_text()
    (folder / "risks.yaml").write_text(text.replace("owner: commissioner-manager", "owner: nobody", 1))
    said = broken(folder, "gates.yaml", ("body: governing-body", "body: parliament"))
    assert "the body 'parliament'" in said and "the person 'nobody'" in said


def test_a_programme_may_have_only_people_and_a_programme_file(folder):
    for name in ("gates.yaml", "plan.yaml", "risks.yaml", "impact.yaml"):
        (folder / name).unlink()
    read = read_governing(str(folder))
    assert (read.gates.gates, read.plan.tasks, read.risks, read.impact) == ((), (), None, None)


def test_a_step_stands_in_a_phase():
    from pydantic import ValidationError

    from obc.domain.programme.gates.process import Process

    phases = [{"id": name, "title": name, "question": "?"} for name in ("one", "two")]
    step = {"id": "x", "title": "X", "phase": "three", "yields": "y"}
    with pytest.raises(ValidationError, match="'three'; write one of one, two"):
        Process.model_validate({"phases": phases, "steps": [step], "source": "test"})
