"""Contracts in the database: held, read, and who may do what with them."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.holding import HeldFolder
from obc.domain.contract.workflow.rights import Role
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.trail import act
from obc.loaders.contract_archive import archive, load_archive
from obc.store import book as books
from obc.store import papers, people

KIND = "contract"


@dataclass(frozen=True)
class Held:
    """A contract that is held, in its newest version."""

    id: str
    title: str
    hash: str
    folder: str

    @property
    def contract(self) -> Contract:
        """What its folder says."""
        return contract_in(self.folder)


def hold(contract: str, by: Person, at: datetime, why: str) -> Held:
    """Take a contract's folder (or the worked one of that name) into the database. Raises `Problems`."""
    return hold_archive(None, archive(contract), by, at, why)


def hold_archive(id_: str | None, content: bytes, by: Person, at: datetime, why: str) -> Held:
    """Take a contract in from its archive; with an id, a new version of that one. Raises `Problems`."""
    loaded = load_archive(content)
    if id_ not in (None, loaded.id):
        raise refusal("contract.yaml", "id", f"'{loaded.id}'", f"send the folder of '{id_}'")
    record = HeldFolder(id=loaded.id, title=loaded.agreement.title, hash=loaded.hash, folder=papers.keep(content))
    books.open_book(loaded.id)
    with books.acting(loaded.id) as write:
        before = books.record(loaded.id, KIND, loaded.id, HeldFolder)
        if before != record:
            write(lambda last: act(last, before, record, kind=KIND, verb="hold", by=by, at=at, why=why))
    return Held(record.id, record.title, record.hash, record.folder)


def held(id_: str) -> Held | None:
    """The contract of that id; None where there is none."""
    found = books.record(id_, KIND, id_, HeldFolder)
    return Held(found.id, found.title, found.hash, found.folder) if found else None


def all_held() -> tuple[Held, ...]:
    """Every contract, by title."""
    found = (held(one) for one in books.books_with(KIND))
    return tuple(sorted((one for one in found if one), key=lambda one: one.title))


def folder_of(one: Held) -> bytes:
    """The contract's folder as a ZIP."""
    return papers.paper(one.folder)


def person(user: str, book: str) -> Person | None:
    """Somebody as the book knows them, with the roles held now; None where they have none."""
    return people.person(user, book)


def roles_anywhere(user: str) -> tuple[tuple[str, Role], ...]:
    """The books somebody has a role in, and the role."""
    return tuple((book, Role(role)) for book, role in people.roles(user))


@lru_cache(maxsize=16)
def contract_in(folder: str) -> Contract:
    """The contract in a folder that is kept, by its digest: the newest version or an earlier one."""
    return load_archive(papers.paper(folder))
