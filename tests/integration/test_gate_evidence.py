"""What the gates of the worked programme look up, and what they find when something is missing."""

import shutil
from datetime import date

import pytest

from command import obc
from obc.bootstrap.governing import governance
from obc.domain.programme.gates.programme import PlannedContract
from obc.loaders.places import WORKED, WORKED_PROGRAMMES
from obc.services.pass_gate import looked_up

DAY = date(2013, 11, 28)
NO_FOLDER = PlannedContract(id="x", title="X", for_="all", manager="analyst", source="test")


@pytest.fixture(scope="module")
def governed():
    return governance("oxfordshire")


def test_every_check_that_a_worked_gate_names_is_offered(governed):
    for name in ("oxfordshire", "richmond"):
        held = governance(name)
        named = {one.check for gate in held.gates.records for one in gate.criteria if one.check}
        assert named <= set(held.checks)


@pytest.mark.parametrize(
    ("gate", "found"),
    [
        (
            "mental-health-phase-3",
            {
                "outcomes-endorsed": True,
                "contract-sound": True,
                "money-and-scope": True,
                "handovers-agreed": False,
                "risks-in-hand": False,
            },
        ),
        ("older-people-phase-3", {"contract-sound": False, "handovers-agreed": False}),
    ],
)
def test_what_a_worked_gate_finds(governed, gate, found):
    held = looked_up(governed, governed.gates.named(gate), DAY)
    assert {one.criterion: one.met for one in held} == found


def test_conditions_precedent_are_those_of_the_contract(governed):
    holds, says = governed.checks["conditions-precedent"](governed.contracts["mental-health"], DAY)
    assert not holds and says.startswith("0 of 8 conditions precedent hold; open: service-model (open)")


@pytest.mark.parametrize("name", ["contract-sound", "case-answered", "conditions-precedent"])
def test_without_a_folder_nothing_of_a_contract_holds(governed, name):
    assert governed.checks[name](NO_FOLDER, DAY) == (False, "there is no contract folder yet")


@pytest.fixture
def own(tmp_path):
    """A programme with its contract beside its files."""
    shutil.copytree(WORKED_PROGRAMMES / "oxfordshire", tmp_path / "own")
    shutil.copytree(WORKED / "oxfordshire-mental-health", tmp_path / "own" / "oxfordshire-mental-health")
    return tmp_path / "own"


def test_a_contract_beside_the_programme_comes_before_a_worked_one(own):
    finance = own / "oxfordshire-mental-health" / "finance.yaml"
    finance.write_text(finance.read_text().replace("spend: 609k", "spend: 610k"))
    held = obc("portfolio", own, "--format", "json").json["contracts"][0]
    assert held["in_scope_minor"] == 3_711_000_000 + 1_000_00


def test_the_giver_is_held_to_its_own_finance_file(own):
    finance = own / "oxfordshire-mental-health" / "finance.yaml"
    finance.write_text(finance.read_text().replace("spend: 9_866k", "spend: 9_000k"))
    assert "not agreed: the giver's finance file says £9,000,000.00" in obc("portfolio", own).out


def test_a_broken_contract_is_a_finding_and_no_crash(own):
    (own / "oxfordshire-mental-health" / "payment.yaml").write_text("steps: nonsense\n")
    (own / "engagement.yaml").unlink()  # which is about that contract, and could not be read either
    held = governance(str(own))
    care = held.contracts["mental-health"]
    told = {"contract-sound": "to mend in", "case-answered": "payment", "conditions-precedent": "payment"}
    for name, words in told.items():
        holds, says = held.checks[name](care, DAY)
        assert not holds and words in says


def test_a_case_without_questions_answers_none(own):
    (own / "oxfordshire-mental-health" / "case.yaml").unlink()
    held = governance(str(own))
    holds, says = held.checks["case-answered"](held.contracts["mental-health"], DAY)
    assert not holds and "asks nothing" in says
