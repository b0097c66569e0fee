"""A history that was written anew, hashes and all, is found out by what was written down outside the database."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from command import obc, obc_process
from notes import NOON, write
from obc.reports.signature import new_keys


@pytest.fixture
def book(django):
    """A book with three lines."""
    from obc.store import book as books

    books.open_book("anchored")
    if not books.end_of("anchored")[0]:
        for text in ("one", "two", "three"):
            write("anchored", text)
    return "anchored"


@pytest.fixture
def keys(tmp_path):
    """A pair of keys, the private one in a file."""
    pair = new_keys()
    file = tmp_path / "auditor.pem"
    file.write_text(pair.private_pem)
    return file, pair.public_key


def _exported(book, folder):
    from obc.bootstrap import auditing

    file = folder / "audit.json"
    file.write_text(json.dumps(auditing.export(book)))
    return file


def _write_anew(book):
    """What somebody with the rights of the database's owner can do: the guards off, every hash worked out again."""
    from django.db import connection, transaction

    from obc.domain.core.kernel.trail import START
    from obc.store.book import action_of
    from obc.store.models import Book, Line

    sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        kept = ""
        if sqlite:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'store_line_no_update'")
            kept = cursor.fetchone()[0]
        off = "DROP TRIGGER store_line_no_update" if sqlite else "ALTER TABLE store_line DISABLE TRIGGER USER"
        cursor.execute(off)
        previous = START
        for line in Line.objects.filter(book=book).order_by("number"):
            line.why, line.previous = line.why.replace("it is so", "it was always so"), previous
            line.digest = previous = action_of(line).digest
            line.save()
        Book.objects.filter(id=book).update(head=previous)
        cursor.execute(kept if sqlite else "ALTER TABLE store_line ENABLE TRIGGER USER")


def test_a_history_that_was_written_anew_is_found_out(book, keys, tmp_path):
    from obc.bootstrap import anchoring, auditing

    private, public = keys
    anchors = tmp_path / "anchors.jsonl"
    anchoring.anchor(anchors, NOON, private)
    write(book, "four")
    anchoring.anchor(anchors, NOON + timedelta(days=1), private)
    checked = ("audit", "verify", _exported(book, tmp_path), "--anchors", anchors, "--anchor-key", public)
    assert obc(*checked).status == 0

    _write_anew(book)
    assert auditing.findings(book) == (), "inside the database everything fits together again"
    assert obc("audit", "verify", _exported(book, tmp_path)).status == 0
    found = obc(*checked)
    assert found.status == 1 and "it was written anew" in found.out + found.err


def test_a_tail_that_was_cut_off_is_found_out(book, tmp_path):
    from obc.bootstrap import anchoring
    from obc.domain.core.kernel.trail import exported
    from obc.store.book import Trail

    anchors = tmp_path / "anchors.jsonl"
    anchoring.anchor(anchors, NOON)
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps(exported(book, Trail(book).read()[:-1])))
    found = obc("audit", "verify", cut, "--anchors", anchors)
    assert found.status == 1 and "lines were taken out" in found.out + found.err


@pytest.mark.parametrize("change", ["forged", "unsigned", "taken out", "no anchor"])
def test_anchors_that_were_changed_are_found_out(book, keys, tmp_path, change):
    from obc.bootstrap import anchoring

    private, public = keys
    anchors = tmp_path / "anchors.jsonl"
    for day in range(3):
        anchoring.anchor(anchors, NOON + timedelta(days=day), private)
    lines = [json.loads(line) for line in anchors.read_text().splitlines()]
    if change == "taken out":
        del lines[1]
    else:
        lines[0] |= {"forged": {"lines": 1}, "unsigned": {"signature": None}, "no anchor": {"head": 7}}[change]
    anchors.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = obc("audit", "verify", _exported(book, tmp_path), "--anchors", anchors, "--anchor-key", public)
    assert found.status == 1, found


def test_the_worker_writes_heads_down_once_a_day(book, tmp_path):
    from django.core import mail
    from django.test import override_settings

    from obc.bootstrap import anchoring
    from obc.bootstrap.anchors import anchors_in

    day = datetime(2016, 5, 3, 6, tzinfo=UTC)
    with override_settings(ANCHOR=str(tmp_path / "elsewhere"), HOME=tmp_path):
        assert anchoring.anchor_daily(day) and not anchoring.anchor_daily(day + timedelta(hours=9))
        assert anchoring.anchor_daily(day + timedelta(days=1))
    written = anchors_in(tmp_path / "elsewhere" / anchoring.FILE)
    assert {one.at.date().isoformat() for one in written} == {"2016-05-03", "2016-05-04"}
    mail.outbox = []
    mailed = override_settings(
        ANCHOR="auditor@example.org", HOME=tmp_path, EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"
    )
    with mailed:
        assert anchoring.anchor_daily(day + timedelta(days=2))
    (sent,) = mail.outbox
    assert sent.to == ["auditor@example.org"]
    taken = tmp_path / "from-mail.jsonl"
    taken.write_text("".join(line + "\n" for line in sent.body.splitlines() if line.startswith("{")))
    assert obc("audit", "verify", _exported(book, tmp_path), "--anchors", taken).status == 0


def test_a_key_of_another_kind_signs_no_anchor(book, tmp_path):
    from obc.bootstrap import anchoring
    from obc.domain.core.kernel.problem import Problems

    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no key")
    with pytest.raises(Problems, match="no private key"):
        anchoring.anchor(tmp_path / "anchors.jsonl", NOON, wrong)


def test_heads_are_written_down_and_checked_by_commands_the_second_without_a_database(book, tmp_path):
    anchors = tmp_path / "anchors.jsonl"
    written = obc_process("audit", "anchor", anchors)
    assert written.status == 0 and book in written.out, written.err
    checked = obc_process("audit", "verify", _exported(book, tmp_path), "--anchors", anchors)
    assert checked.status == 0 and "the history that was written down" in checked.out, checked.err
    as_json = obc("audit", "anchor", anchors, "--format", "json")
    assert {"book", "lines", "head", "previous"} <= set(as_json.json["anchors"][0])
