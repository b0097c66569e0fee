"""A contract is found by name or folder, has one hash whatever its files look like, and loads whole or not at all."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.loaders.contract import check_contract, load_contract
from obc.loaders.places import WORKED, worked_contracts

SOUND = Path(__file__).parent / "broken_contracts" / "sound"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOUND, tmp_path / "small-town"))


@pytest.mark.parametrize("name", worked_contracts())
def test_every_worked_contract_loads_without_errors(name: str) -> None:
    assert [problem for problem in check_contract(name) if problem.severity == "error"] == []
    contract = load_contract(name)
    assert contract.id == name
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", contract.hash)


def test_the_oxfordshire_contract_says_what_the_business_case_says() -> None:
    contract = load_contract("oxfordshire-mental-health")
    framework = contract.framework
    assert framework is not None
    assert [outcome.points.history[0].value for outcome in framework.outcomes] == [5, 20, 10, 15, 20, 10, 10]
    assert sum(len(outcome.indicators) for outcome in framework.outcomes) == 25
    assert [(entry.from_, entry.good, entry.improved, entry.excellent) for entry in framework.levels] == [
        (1, 9, 18, 40),
        (2, 28, 50, 90),
    ]
    assert [(extra.points, extra.from_) for extra in framework.additional] == [(10, 2)]
    assert len(contract.agreement.providers) == 9
    assert contract.years == (1, 2, 3, 4, 5, 6, 7)
    assert contract.agreement.term.agreed_years == (1, 2, 3, 4, 5)
    assert contract.period(1).start == date(2014, 4, 1)
    assert len(contract.definitions) == 25


def test_burden_is_a_warning_that_says_the_number(tmp_path: Path) -> None:
    assert check_contract("oxfordshire-mental-health") == ()
    folder = tmp_path / "oxfordshire-mental-health"
    shutil.copytree(WORKED / folder.name, folder)
    framework = folder / "framework.yaml"
    shown, paid = (
        r"(id: stepped-down-and-discharged\n +)incentivised: no[^\n]*",
        r"\1thresholds: {good: 50 %, improved: 55 %, excellent: 60 %}",
    )
    framework.write_text(re.sub(shown, paid, framework.read_text()))
    (problem,) = check_contract(folder)
    assert problem.severity == "warning"
    assert "21 incentivised indicators" in problem.found
    assert "about 20" in problem.expected
    assert problem.where == "outcomes"


def test_the_hash_is_of_what_is_said_not_of_how(folder: Path) -> None:
    before = load_contract(folder).hash
    for path in folder.rglob("*.yaml"):
        text = path.read_text()
        path.unlink()
        path.write_text("# another comment\n\n" + re.sub(r": (\S)", r":   \1", text).replace("100_000", "100000"))
    agreement = folder / "contract.yaml"
    lines = agreement.read_text().splitlines()
    currency = next(line for line in lines if line.startswith("currency"))
    agreement.write_text("\n".join([currency, *(line for line in lines if line != currency)]))
    assert load_contract(folder).hash == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("contract.yaml", "Town Council", "City Council"),
        ("framework.yaml", "good: 1.2", "good: 1.3"),
        ("payment.yaml", "round: half up", "round: down"),
        ("indicators/kept-home.yaml", "anchor + 7 months", "anchor + 8 months"),
    ],
)
def test_any_change_of_what_is_said_changes_the_hash(folder: Path, file: str, old: str, new: str) -> None:
    before = load_contract(folder)
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))
    after = load_contract(folder)
    assert after.hash != before.hash
    assert (after.definitions_hash != before.definitions_hash) == file.startswith("indicators")


def test_own_definitions_come_before_those_that_come_along(folder: Path) -> None:
    own = (folder / "indicators" / "kept-home.yaml").read_text().replace("id: kept-home", "id: emergency-attendances")
    (folder / "indicators" / "emergency-attendances.yaml").write_text(own)
    path = folder / "framework.yaml"
    path.write_text(
        path.read_text().replace("{good: 1.2, improved: 1.0, excellent: 0.8}", "{good: 1, improved: 2, excellent: 3}")
    )
    contract = load_contract(folder)
    assert contract.definition("emergency-attendances").title == "In the same settled home after six months"
    assert [one.id for one in contract.definitions] == sorted(one.id for one in contract.definitions)
    with pytest.raises(KeyError, match="no indicator 'kept-house' in the contract 'small-town'"):
        contract.definition("kept-house")


def test_loading_raises_all_errors_and_no_warnings(folder: Path) -> None:
    (folder / "framework.yaml").write_text("outcomes: []\n")
    (folder / "payment.yaml").unlink()
    with pytest.raises(Problems) as raised:
        load_contract(folder)
    assert {problem.severity for problem in raised.value.problems} == {"error"}
    assert len(raised.value.problems) == 2


def test_review_dates_are_looked_at_only_when_a_day_is_given(folder: Path) -> None:
    assert check_contract(folder) == ()
    assert check_contract(folder, date(2027, 4, 1)) == ()
    late = check_contract(folder, date(2027, 4, 2))
    assert {(problem.severity, problem.found) for problem in late} == {("warning", "a review due by 2027-04-01")}
    assert {problem.line for problem in late if problem.file.endswith("kept-home.yaml")} == {16}


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("oxfordshire-mental-helth", "no such folder", "did you mean 'oxfordshire-mental-health'?"),
        ("zzz", "no such folder", "name a folder, or one of cms-"),
    ],
)
def test_a_contract_that_is_nowhere(name: str, found: str, expected: str) -> None:
    (problem,) = check_contract(name)
    assert found in problem.found
    assert expected in problem.expected


def test_a_folder_without_a_contract_and_a_file(folder: Path, tmp_path: Path) -> None:
    (folder / "contract.yaml").unlink()
    (problem,) = check_contract(folder)
    assert problem.found == "a folder without contract.yaml"
    (problem,) = check_contract(folder / "payment.yaml")
    assert problem.found == "a file"


def test_a_folder_comes_before_a_worked_contract_of_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.rename(folder.parent / "template")
    monkeypatch.chdir(folder.parent)
    assert load_contract("template").id == "small-town"
    (folder.parent / "template" / "contract.yaml").unlink()
    assert load_contract("template").id == "template"


@pytest.mark.parametrize("name", ["framwork.yaml", "framework.yml", "Framework.yaml"])
def test_a_file_with_nearly_the_right_name_is_not_passed_over(folder: Path, name: str) -> None:
    (folder / "framework.yaml").rename(folder / name)
    problems = check_contract(folder)
    assert problems[0].file.endswith(name)
    assert problems[0].expected == "rename it to 'framework.yaml', or it is not read"


def test_a_folder_where_a_file_should_be(folder: Path) -> None:
    (folder / "payment.yaml").unlink()
    (folder / "payment.yaml").mkdir()
    (problem,) = check_contract(folder)
    assert problem.found == "a folder where a file should be"


def test_notes_beside_the_contract_are_nobody_elses_business(folder: Path) -> None:
    (folder / "README.md").write_text("notes")
    (folder / "minutes.yaml").write_text("}{")
    assert check_contract(folder) == ()


def test_reading_writes_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    check_contract(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def rewrite(folder: Path, file: str, *edits: tuple[str, str]) -> None:
    text = (folder / file).read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    (folder / file).write_text(text)


def test_points_from_a_scorecard_need_a_framework(folder: Path) -> None:
    (folder / "framework.yaml").unlink()
    shutil.rmtree(folder / "indicators")
    (problem,) = check_contract(folder)
    assert problem.found == "'points earned' from a scorecard, but no framework.yaml"
    assert (problem.line, problem.where) == (2, "inputs > points earned > from")


def test_parties_from_values_need_to_be_told_which_values(folder: Path) -> None:
    parties = "parties:\n  - {id: day-centre, name: Day Centre}\n  - {id: home-team, name: Home Team}"
    rewrite(folder, "contract.yaml", (parties, "parties: from values"))
    paid = "    paid to:\n      - {account: day-centre, share: 50 %}\n      - {account: home-team, share: 50 %}\n"
    rewrite(folder, "payment.yaml", (paid, ""))
    (problem,) = check_contract(folder)
    assert problem.found == "'parties: from values', but no such file"
    assert problem.file.endswith("values.yaml")


def test_a_mapping_alone_says_nothing_of_a_mechanism_that_is_missing(folder: Path) -> None:
    (folder / "payment.yaml").unlink()
    (folder / "values.yaml").write_text(
        "source: illustrative\nparty: p\nyear: y\ncurrency: GBP\namounts in: major units\n"
        "columns: [{column: a, input: b}]\n"
    )
    (problem,) = check_contract(folder)
    assert problem.severity == "warning"
    assert (problem.where, problem.found) == ("the file", "no such file")


def test_a_framework_that_cannot_be_read_hides_nothing_in_other_files_and_invents_nothing(folder: Path) -> None:
    (folder / "framework.yaml").write_text("outcomes: [\n")
    rewrite(folder, "payment.yaml", ("half up", "up"))
    assert [problem.found for problem in check_contract(folder)] == ["an opening '[' without its ']'", "'up'"]


def test_a_folder_is_read_again_as_soon_as_a_file_of_it_is_touched(folder: Path) -> None:
    first = load_contract(folder)
    assert load_contract(folder) == first and load_contract(folder) is not first
    agreement = folder / "contract.yaml"
    agreement.write_text(agreement.read_text().replace(f"title: {first.agreement.title}", "title: Another"))
    assert load_contract(folder).agreement.title == "Another"
    agreement.write_text("nothing of use")
    with pytest.raises(Problems):
        load_contract(folder)
    agreement.unlink()
    with pytest.raises(Problems):
        load_contract(folder)
