"""A museum of broken contracts: each exhibit is a sound contract with one mistake, and says what its message must say.

An exhibit holds only the files that are broken; the others come from `sound`. A comment `# says: found; cure` stands on
the line that the message must name, `# warns:` where a warning is due.
"""

import re
import shutil
from pathlib import Path

import pytest

from obc.domain.core.kernel.problem import Problem
from obc.loaders.contract import check_contract

MUSEUM = Path(__file__).parent / "broken_contracts"
SOUND = MUSEUM / "sound"
EXHIBITS = sorted(path.name for path in MUSEUM.iterdir() if path != SOUND)
LABEL = re.compile(r"# (says|warns): (.+)$", re.MULTILINE)


def hang(exhibit: str, wall: Path) -> Path:
    """The exhibit as a whole contract."""
    folder = wall / "small-town"
    shutil.copytree(SOUND, folder)
    shutil.copytree(MUSEUM / exhibit, folder, dirs_exist_ok=True)
    return folder


def labels(exhibit: str) -> list[tuple[str, int, str, str]]:
    """File, line, severity and words of every message that the exhibit asks for."""
    wanted = []
    for path in sorted((MUSEUM / exhibit).rglob("*.yaml")):
        lines = path.read_bytes().decode("utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            for kind, words in LABEL.findall(line):
                severity = "warning" if kind == "warns" else "error"
                wanted.append((str(path.relative_to(MUSEUM / exhibit)), number, severity, words))
    return wanted


def told(problem: Problem, folder: Path) -> tuple[str, int | None, str, str]:
    return (
        str(Path(problem.file).relative_to(folder)),
        problem.line,
        problem.severity,
        f"{problem.found}; {problem.expected}",
    )


def test_the_sound_contract_is_sound() -> None:
    assert check_contract(SOUND) == ()


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_an_exhibit_gets_its_message_and_no_other(exhibit: str, tmp_path: Path) -> None:
    folder = hang(exhibit, tmp_path)
    found = sorted(told(problem, folder) for problem in check_contract(folder))
    wanted = sorted(labels(exhibit))
    assert wanted, "an exhibit says what it wants"
    assert [one[:3] for one in found] == [one[:3] for one in wanted], found
    for (*_, message), (*_, words) in zip(found, wanted, strict=True):
        assert words in message


def test_the_museum_is_worth_a_visit() -> None:
    assert len(EXHIBITS) >= 25
