"""The smallest record that a book can hold, and a clerk who writes it."""

from datetime import UTC, datetime

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.trail import act

NOON = datetime(2016, 4, 1, 12, tzinfo=UTC)
CLERK = Person(id="clerk", name="A Clerk", organisation="board", roles=("clerk",))


class Note(Written):
    """A text with a name."""

    id: str
    text: str


def write(book: str, text: str, id_: str = "a") -> None:
    """Write a note into a book of the database, or anew."""
    from obc.store import book as books

    with books.acting(book) as line:
        before = books.record(book, "note", id_, Note)
        after = Note(id=id_, text=text)
        line(lambda last: act(last, before, after, kind="note", verb="write", by=CLERK, at=NOON, why="it is so"))
