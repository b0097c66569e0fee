"""Where contracts, programmes and shared definitions stand: a folder the user names, or one that obc brings along."""

from difflib import get_close_matches
from pathlib import Path

from obc.domain.core.kernel.problem import refusal

PACKAGE = Path(__file__).parents[1]
WORKED = PACKAGE / "worked_contracts"
DEFINITIONS = PACKAGE / "definitions"
AGREEMENT = "contract.yaml"
WORKED_PROGRAMMES = PACKAGE / "worked_programmes"
PROGRAMME = "programme.yaml"


def worked_contracts() -> tuple[str, ...]:
    """The names of the contracts that obc brings along."""
    return _worked(WORKED, AGREEMENT)


def worked_programmes() -> tuple[str, ...]:
    """The names of the programmes that obc brings along."""
    return _worked(WORKED_PROGRAMMES, PROGRAMME)


def find_contract(name: str | Path) -> tuple[Path, str]:
    """The folder of a contract, and how messages call it. Raises `Problems`, with the names there are.

    A folder of that name that holds a contract comes before a worked contract.
    """
    return _find(str(name), "contract", WORKED, AGREEMENT, ", or start with 'obc new NAME'")


def find_programme(name: str | Path) -> tuple[Path, str]:
    """The folder of a programme, and how messages call it; as `find_contract`."""
    return _find(str(name), "programme", WORKED_PROGRAMMES, PROGRAMME, "")


def _worked(place: Path, file: str) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in place.glob(f"*/{file}")))


def _find(name: str, kind: str, place: Path, file: str, start: str) -> tuple[Path, str]:
    folder, worked = Path(name), _worked(place, file)
    if (folder / file).is_file():
        return folder, name.rstrip("/")
    if name in worked:
        return place / name, name
    if folder.is_dir():
        raise refusal(name, f"the {kind}", f"a folder without {file}", f"write {file}{start}")
    if folder.is_file():
        raise refusal(name, f"the {kind}", "a file", f"name the folder that holds {file}")
    near = get_close_matches(name, worked, n=1)
    expected = f"did you mean '{near[0]}'?" if near else f"name a folder, or one of {', '.join(worked)}"
    raise refusal(name, f"the {kind}", f"no such folder and no worked {kind} of that name", expected)
