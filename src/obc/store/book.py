"""A book in the database: read how things stand, and act, one after the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from pydantic import BaseModel

from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.trail import START, Action
from obc.store.models import Book, Line, Standing

T = TypeVar("T", bound=BaseModel)

COLUMNS = ("number", "at", "by", "verb", "kind", "record", "why", "before", "after", "previous")


def open_book(book: str) -> None:
    """Begin a book, if it has not begun."""
    Book.objects.get_or_create(id=book, defaults={"head": START})


def action_of(line: Line) -> Action:
    """A row as the action that it is."""
    return Action(roles=tuple(line.roles), **{name: getattr(line, name) for name in COLUMNS})


class Trail:
    """The actions of a book; what the services of the programme and the contract read and append to."""

    def __init__(self, book: str):
        self.book = book

    def read(self) -> tuple[Action, ...]:
        """Every action, in order."""
        return tuple(action_of(line) for line in Line.objects.filter(book=self.book).order_by("number"))

    def append(self, action: Action) -> None:
        """Add an action. Raises `Problems` if another came in between."""
        with transaction.atomic():
            book = _held(self.book)
            if action.number != book.lines + 1 or action.previous != book.head:
                found = f"action {action.number} where {book.lines} were done already"
                raise refusal(self.book, "the trail", found, "somebody else was quicker: look again, then repeat")
            _write(book, action)


def standing(book: str, kind: str, model: type[T]) -> tuple[T, ...]:
    """The records of a kind as they stand, in the order in which they first appeared."""
    rows = Standing.objects.filter(book=book, kind=kind).order_by("id").values_list("content", flat=True)
    return tuple(model.model_validate_json(content) for content in rows)


def standing_everywhere(kind: str, model: type[T]) -> dict[str, tuple[T, ...]]:
    """The records of a kind in every book, as `standing` gives them for one; asked for at once."""
    found: dict[str, list[T]] = {}
    for book, content in Standing.objects.filter(kind=kind).order_by("id").values_list("book", "content"):
        found.setdefault(book, []).append(model.model_validate_json(content))
    return {book: tuple(records) for book, records in found.items()}


def record(book: str, kind: str, id_: str, model: type[T]) -> T | None:
    """One record as it stands; None where there is none."""
    found = Standing.objects.filter(book=book, kind=kind, record=id_).values_list("content", flat=True).first()
    return None if found is None else model.model_validate_json(found)


@contextmanager
def acting(book: str) -> Iterator[Callable[[Callable[[tuple[Action, ...]], Action]], Action]]:
    """While the block lasts nobody else acts on the book, so what is read in it still holds when it is written.

    Yields a function that takes a maker of the next action (given the last one, in a tuple, or none) and writes it.
    All that is written in the block is written together, or not at all.
    """
    with transaction.atomic():
        held = _held(book)

        def write(made: Callable[[tuple[Action, ...]], Action]) -> Action:
            last = Line.objects.filter(book=held, number=held.lines).first()
            action = made((action_of(last),) if last else ())
            _write(held, action)
            return action

        yield write


def _held(book: str) -> Book:
    """The book, with everybody else waiting. SQLite's transactions are IMMEDIATE: there the lock is the file's."""
    return Book.objects.select_for_update().get(id=book)


def _write(book: Book, action: Action) -> None:
    Line.objects.create(
        book=book,
        roles=list(action.roles),
        digest=action.digest,
        **{name: getattr(action, name) for name in COLUMNS},
    )
    Standing.objects.update_or_create(
        book=book,
        kind=action.kind,
        record=action.record,
        defaults={"content": action.after, "number": action.number},
    )
    book.lines, book.head = action.number, action.digest
    book.save(update_fields=["lines", "head"])


def lines_about(book: str, kind: str, record: str) -> tuple[Action, ...]:
    """Every action on one record, in order."""
    found = Line.objects.filter(book=book, kind=kind, record=record).order_by("number")
    return tuple(action_of(line) for line in found)


def books_with(kind: str) -> tuple[str, ...]:
    """The books that hold a record of a kind."""
    found = Standing.objects.filter(kind=kind).order_by("book").values_list("book", flat=True)
    return tuple(dict.fromkeys(found))


def end_of(book: str) -> tuple[int, str]:
    """How many lines a book has, and the hash of the last."""
    found = Book.objects.get(id=book)
    return found.lines, found.head


def ends() -> dict[str, tuple[int, str]]:
    """How many lines each book has, and the hash of the last; books without a line are left out."""
    found = Book.objects.filter(lines__gt=0).values_list("id", "lines", "head")
    return {book: (lines, head) for book, lines, head in found}


def all_standing(book: str) -> dict[tuple[str, str], str]:
    """Every standing record of a book: (kind, record) → its content."""
    rows = Standing.objects.filter(book=book).values_list("kind", "record", "content")
    return {(kind, record): content for kind, record, content in rows}
