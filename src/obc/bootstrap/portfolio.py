"""All contracts at once, in as many queries for a hundred as for one."""

from dataclasses import dataclass

from obc.bootstrap.books import KIND, Held
from obc.domain.contract.workflow.holding import HeldFolder
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person
from obc.services.submissions import KIND as SUBMISSION
from obc.store import book as books
from obc.store import people


@dataclass(frozen=True)
class HeldFor:
    """A contract for one visitor: who they are to it (None: nobody), and its submissions, the newest first."""

    held: Held
    person: Person | None
    submissions: tuple[Submission, ...]


def contracts_for(user: str | None) -> tuple[HeldFor, ...]:
    """Every contract by title, with what a user is to it; None is who has not signed in."""
    known = people.persons(user) if user is not None else {}
    given = books.standing_everywhere(SUBMISSION, Submission)
    records = (one for ones in books.standing_everywhere(KIND, HeldFolder).values() for one in ones)
    return tuple(
        HeldFor(
            Held(one.id, one.title, one.hash, one.folder),
            known.get(one.id),
            given.get(one.id, ())[::-1],
        )
        for one in sorted(records, key=lambda one: one.title)
    )
