"""What the database keeps: never changed, never doubled, never lost."""

import threading
from datetime import timedelta
from zlib import crc32

import pytest

from notes import CLERK, NOON, Note, write
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.trail import act


@pytest.fixture
def book(django, request):
    """A book of its own for each test."""
    from obc.store import book

    name = f"book-{crc32(request.node.name.encode())}"
    book.open_book(name)
    return name


def test_a_record_stands_as_its_last_line_left_it_and_the_chain_holds(book):
    from obc.bootstrap import auditing
    from obc.store import book as books

    write(book, "one")
    write(book, "two")
    assert books.standing(book, "note", Note) == (Note(id="a", text="two"),)
    assert [one.number for one in auditing.actions(book)] == [1, 2] and auditing.findings(book) == ()


@pytest.mark.parametrize("table", ["store_line", "store_paper"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET digest = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_itself_refuses_to_change_or_delete_a_line_or_a_paper(book, table, statement):
    from django.db import DatabaseError, connection, transaction

    from obc.store import papers

    write(book, "one")
    papers.keep(b"a paper")
    statement = statement.format(table)
    if "TRUNCATE" in statement and connection.vendor == "sqlite":
        statement = f"DELETE FROM {table} WHERE 1"  # SQLite has no other way to empty a table
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_paper_is_kept_once_and_cannot_be_changed(django):
    from django.db import DatabaseError, connection, transaction

    from obc.store import papers
    from obc.store.models import Paper

    name = papers.keep(b"values")
    assert papers.keep(b"values") == name and papers.paper(name) == b"values"
    assert Paper.objects.filter(digest=name).count() == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_paper")


def test_a_record_that_was_changed_by_hand_is_noticed(book):
    from obc.bootstrap import auditing
    from obc.store.models import Book, Standing

    write(book, "one")
    Standing.objects.filter(book=book).update(content='{"id":"a","text":"forged"}')
    Book.objects.filter(id=book).update(lines=2)
    assert [one.where for one in auditing.findings(book)] == ["the end", "note a"]


def test_a_trail_that_was_emptied_is_noticed(book):
    from obc.bootstrap import auditing
    from obc.store.models import Book

    assert auditing.findings(book) == ()
    Book.objects.filter(id=book).update(lines=2)
    assert [one.where for one in auditing.findings(book)] == ["the end"]


def test_an_action_that_was_overtaken_is_refused(book):
    from obc.store.book import Trail

    trail = Trail(book)
    first = act((), None, Note(id="a", text="one"), kind="note", verb="write", by=CLERK, at=NOON, why="so")
    trail.append(first)
    with pytest.raises(Problems, match="somebody else was quicker"):
        trail.append(first)
    assert trail.read() == (first,)


def test_eight_writers_at_once_lose_nothing(book):
    from django.db import connection

    from obc.bootstrap import auditing

    wrong: list[Exception] = []

    def writer(name: str) -> None:
        try:
            for n in range(10):
                write(book, str(n), name)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=(f"writer-{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and len(auditing.actions(book)) == 80 and auditing.findings(book) == ()


def test_long_work_is_asked_for_once_and_finished_once(book):
    from obc.store import runs
    from obc.store.models import Run

    Run.objects.all().delete()
    one = runs.ask(book, "settle", f"sha256:{book}", {}, "clerk", NOON)
    assert runs.ask(book, "settle", f"sha256:{book}", {}, "clerk", NOON).pk == one.pk
    taken = runs.take(NOON)
    assert taken.pk == one.pk and runs.take(NOON) is None
    assert runs.beat(taken, NOON, 1, 2)
    late = NOON + runs.LEASE + timedelta(seconds=1)
    again = runs.take(late)
    assert again.pk == one.pk and again.fence == taken.fence + 1
    assert not runs.beat(taken, late) and not runs.finish(taken, late, "sha256:old")
    assert runs.finish(again, late, "sha256:new") and not runs.finish(again, late, "sha256:twice")
    assert Run.objects.get(pk=one.pk).result == "sha256:new"


def test_work_that_fails_says_why_and_can_be_asked_for_again(book):
    from obc.store import runs
    from obc.store.models import Run

    Run.objects.all().delete()
    runs.ask(book, "settle", f"sha256:{book}", {}, "clerk", NOON)
    assert runs.fail(runs.take(NOON), NOON, "the figures are not agreed")
    assert Run.objects.get().message == "the figures are not agreed" and runs.take(NOON) is None
    runs.ask(book, "settle", f"sha256:{book}", {}, "clerk", NOON)
    taken = runs.take(NOON)
    assert taken.tries == 1 and runs.cancel(taken.pk, NOON) and not runs.finish(taken, NOON, "x")
    assert not runs.cancel(taken.pk, NOON)


def test_work_that_takes_three_workers_down_is_given_up(book):
    from obc.store import runs
    from obc.store.models import Run

    Run.objects.all().delete()
    runs.ask(book, "settle", f"sha256:{book}", {}, "clerk", NOON)
    at = NOON
    for _ in range(runs.MOST_TRIES):
        assert runs.take(at) is not None
        at += runs.LEASE + timedelta(seconds=1)
    assert runs.take(at) is None and Run.objects.get().state == Run.State.FAILED


def test_a_worker_tells_the_asker_what_was_wrong(book):
    from obc.bootstrap.work import work_once
    from obc.store import runs
    from obc.store.models import Run

    Run.objects.all().delete()
    runs.ask(book, "settle", f"sha256:{book}", {"submission": "none"}, "clerk", NOON)
    assert work_once(lambda: NOON) and not work_once(lambda: NOON)
    assert Run.objects.get().state in (Run.State.RUNNING, Run.State.FAILED)
