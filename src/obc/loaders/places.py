"""Where contracts and shared definitions stand: a folder the user names, or one that obc brings along."""

from difflib import get_close_matches
from pathlib import Path

from obc.domain.core.kernel.problem import Problem, Problems

PACKAGE = Path(__file__).parents[1]
WORKED = PACKAGE / "worked_contracts"
DEFINITIONS = PACKAGE / "definitions"
AGREEMENT = "contract.yaml"


def worked_contracts() -> tuple[str, ...]:
    """The names of the contracts that obc brings along."""
    return tuple(sorted(path.parent.name for path in WORKED.glob(f"*/{AGREEMENT}")))


def find_contract(name: str | Path) -> tuple[Path, str]:
    """The folder of a contract, and how messages call it. Raises `Problems`, with the names there are.

    A folder of that name that holds a contract comes before a worked contract.
    """
    folder = Path(name)
    if (folder / AGREEMENT).is_file():
        return folder, str(name).rstrip("/")
    if str(name) in worked_contracts():
        return WORKED / str(name), str(name)
    if folder.is_dir():
        expected = f"write {AGREEMENT}, or start with 'obc new NAME'"
        return _refuse(str(name), f"a folder without {AGREEMENT}", expected)
    if folder.is_file():
        return _refuse(str(name), "a file", "name the folder that holds contract.yaml")
    near = get_close_matches(str(name), worked_contracts(), n=1)
    expected = f"did you mean '{near[0]}'?" if near else f"name a folder, or one of {', '.join(worked_contracts())}"
    return _refuse(str(name), "no such folder and no worked contract of that name", expected)


def _refuse(name: str, found: str, expected: str) -> tuple[Path, str]:
    raise Problems((Problem(file=name, where="the contract", found=found, expected=expected),))
