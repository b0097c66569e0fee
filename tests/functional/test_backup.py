"""A backup made while people work is whole, and a new home filled from it has the same ledger and audit head."""

import json
import os
import subprocess
import sys
import threading

import pytest

from notes import write
from obc.domain.core.kernel.problem import Problems


def _obc(home, *words: str) -> subprocess.CompletedProcess[str]:
    # the new home is SQLite, whichever database the backup was made from
    environment = {**os.environ, "OBC_HOME": str(home), "OBC_MODE": "local", "DATABASE_URL": ""}
    command = [sys.executable, "-m", "obc.cli.main", *words]
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)


def test_a_backup_made_during_writes_brings_back_the_same_heads(django, tmp_path):
    from django.db import connection

    from obc.store import book as books
    from obc.store.backup import back_up, heads_in

    books.open_book("busy")
    stop, begun = threading.Event(), threading.Event()

    def writer() -> None:
        n = 0
        while not stop.is_set():
            write("busy", str(n))
            n += 1
            begun.set()
        connection.close()

    thread = threading.Thread(target=writer)
    thread.start()
    begun.wait(10)
    content = back_up()
    stop.set()
    thread.join()
    file = tmp_path / "obc.zip"
    file.write_bytes(content)

    done = _obc(tmp_path / "new", "restore", str(file))
    assert done.returncode == 0, done.stderr
    for book, head in heads_in(content).items():
        assert f"{book}  {head}" in done.stdout
    again = _obc(tmp_path / "new", "restore", str(file))
    assert again.returncode == 1 and "rows in it already" in again.stdout + again.stderr
    copied = _obc(tmp_path / "new", "backup", str(tmp_path / "copy.zip"))
    assert copied.returncode == 0 and heads_in((tmp_path / "copy.zip").read_bytes()) == heads_in(content)


def test_a_backup_that_was_changed_is_refused(django, tmp_path):
    import io
    import zipfile

    from obc.store.backup import MANIFEST, ROWS, back_up, put_back

    with zipfile.ZipFile(io.BytesIO(back_up())) as packed:
        manifest, rows = json.loads(packed.read(MANIFEST)), packed.read(ROWS)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as out:
        out.writestr(MANIFEST, json.dumps(manifest))
        out.writestr(ROWS, rows + b"\n")
    with pytest.raises(Problems, match="rows that were changed"):
        put_back(changed.getvalue())
    with pytest.raises(Problems, match="no backup"):
        put_back(b"not a ZIP")
