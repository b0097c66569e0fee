"""A programme's folder: its files, its people, its trail."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.trail import Action
from obc.loaders.places import AGREEMENT, WORKED_PROGRAMMES, find_programme
from obc.loaders.trail_folder import TrailFolder
from obc.loaders.whole import read_whole

M = TypeVar("M", bound=BaseModel)


class Kept(Protocol):
    """A trail that is kept somewhere: in a folder of its own, or in the database."""

    def read(self) -> tuple[Action, ...]:
        """Every action, in order."""

    def append(self, action: Action) -> None:
        """Add one; refused if another came in between."""


@dataclass(frozen=True)
class ProgrammeFolder:
    """Rules and first records are YAML files in the folder; what was done since is the trail."""

    name: str
    folder: Path
    people: People
    trail: Kept

    def read(self, file: str, model: type[M]) -> M:
        """What a file of the programme holds. Raises `Problems`, all at once."""
        if not (self.folder / file).is_file():
            raise refusal(f"{self.name}/{file}", "the file", "no such file", f"write {file}, or leave this register")
        return read_whole(self.folder / file, model, f"{self.name}/{file}")

    def contract(self, named: str) -> str:
        """The folder of a contract that the programme names: one beside its files, else as `find_contract` has it."""
        beside = self.folder / named
        return str(beside) if (beside / AGREEMENT).is_file() else named


def open_programme(name: str, trail: Path | None = None) -> ProgrammeFolder:
    """The programme in a folder, or the worked one of that name. Raises `Problems`.

    `trail`: the folder where actions are kept; by default `trail` in the programme's own. A worked programme has
    none of its own, so that whoever acts on it says where.
    """
    folder, shown = find_programme(name)
    people = read_whole(folder / "people.yaml", People, f"{shown}/people.yaml")
    return ProgrammeFolder(shown, folder, people, TrailFolder(trail or folder / "trail"))


def may_act(programme: ProgrammeFolder) -> None:
    """Refuse to write a trail into what obc brings along. Raises `Problems`."""
    if isinstance(programme.trail, TrailFolder) and WORKED_PROGRAMMES in programme.trail.folder.parents:
        found = "a worked programme, which stays as it is"
        raise refusal(programme.name, "the trail", found, "say where to keep yours: --trail DIR")
