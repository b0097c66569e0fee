"""Programmes in the database: held, and acted on. The files are kept as they came; what was done is the trail."""

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from obc.bootstrap import governing
from obc.domain.contract.workflow.holding import HeldFolder
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.trail import act
from obc.loaders.contract_archive import folder_archive, unpack
from obc.loaders.governance import Governing, read_governing
from obc.loaders.places import find_programme
from obc.loaders.programme import ProgrammeFolder
from obc.services.governance import Governance
from obc.services.register import Doing
from obc.store import book as books
from obc.store import papers

KIND = "programme"


@dataclass(frozen=True)
class HeldProgramme:
    """A programme that is held, in its newest version."""

    id: str
    title: str
    folder: str

    @property
    def governance(self) -> Governance:
        """The programme as it stands."""
        read = _read(self.folder)
        return governing.governed_by(replace(read, folder=self.place), self.trail)

    @property
    def place(self) -> ProgrammeFolder:
        """Its files, with what was done since from the database."""
        return replace(_read(self.folder).folder, trail=self.trail)

    @property
    def trail(self) -> books.Trail:
        """What was done since."""
        return books.Trail(self.id)

    def has(self, file: str) -> bool:
        """Whether it has a file of its own for a register."""
        return (self.place.folder / file).is_file()


def hold(programme: str, by: Person, at: datetime, why: str) -> HeldProgramme:
    """Take a programme's folder (or the worked one of that name) into the database. Raises `Problems`."""
    folder, name = find_programme(programme)
    content = folder_archive(folder)
    kept = papers.keep(content)
    id_ = id_of(name)
    record = HeldFolder(id=id_, title=_read(kept).programme.title, hash=kept, folder=kept)
    books.open_book(id_)
    with books.acting(id_) as write:
        before = books.record(id_, KIND, id_, HeldFolder)
        if before != record:
            write(lambda last: act(last, before, record, kind=KIND, verb="hold", by=by, at=at, why=why))
    return HeldProgramme(id_, record.title, kept)


def id_of(programme: str) -> str:
    """What a programme's book is called, by the name of its folder."""
    return f"programme-{Path(programme).name}"


def held(id_: str) -> HeldProgramme | None:
    """The programme of that id; None where there is none."""
    found = books.record(id_, KIND, id_, HeldFolder)
    return HeldProgramme(found.id, found.title, found.folder) if found else None


def all_held() -> tuple[HeldProgramme, ...]:
    """Every programme, by title."""
    found = (held(one) for one in books.books_with(KIND))
    return tuple(sorted((one for one in found if one), key=lambda one: one.title))


def actor(one: HeldProgramme, user: str) -> Person | None:
    """The person of the programme's file with the user's name; None where there is none."""
    return next((person for person in _read(one.folder).folder.people.people if person.id == user), None)


def doing(one: HeldProgramme, user: str, at: datetime, why: str) -> Doing:
    """Who acts: the person of the programme's file with the user's name. Raises `Problems` where there is none."""
    return Doing(_read(one.folder).folder.people.named(user), at, why)


@lru_cache(maxsize=4)
def _read(folder: str) -> Governing:
    """The files of a programme, unpacked for as long as obc runs: its gates look into them."""
    place = Path(tempfile.mkdtemp(prefix="obc-programme-"))
    unpack(papers.paper(folder), place)
    read = read_governing(str(place))
    return replace(read, folder=replace(read.folder, name=read.programme.id))
