"""The worker: takes a run, has it worked out, and writes its result once."""

import logging
import tempfile
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import close_old_connections, connection, transaction

from obc.bootstrap import submissions
from obc.bootstrap.books import held
from obc.bootstrap.compute import VALUES, Job
from obc.bootstrap.compute_zone import Ended, Zone, record_folders
from obc.bootstrap.long_work import MEASURE
from obc.domain.core.kernel.problem import Problems, refusal
from obc.domain.core.kernel.provenance import canonical_json
from obc.engine.values_file import read_values
from obc.loaders.contract_archive import unpack, zipped
from obc.loaders.trail_folder import TrailFolder
from obc.store import papers, runs
from obc.store.book import Trail
from obc.store.models import Run

PULSE = 5.0
"""Seconds between two signs of life; so long may pass until a cancelled run stops."""
KINDS = ("settle", "forecast", "report")
"""What every worker can do; where folders of records are named, it measures too."""


class Lost(Exception):  # noqa: N818 - it is no error: somebody else has the run
    """The run is no longer this worker's."""


def work_once(now: Callable[[], datetime]) -> bool:
    """Do the next run, if one waits. Returns whether there was one."""
    run = runs.take(now(), (*KINDS, *((MEASURE,) if record_folders() else ())))
    if run is None:
        return False
    with _Beating(run, now) as beating:
        try:
            _do(run, now, beating)
        except Problems as problems:
            runs.fail(run, now(), "\n".join(f"{one.where}: {one.found}; {one.expected}" for one in problems.problems))
        except Ended:
            runs.lose(run, now())
        except Lost:
            logging.getLogger(__name__).warning("run %s was stopped, or went to another worker", run.pk)
        except Exception as error:  # a run must not take the worker down, and its asker must learn of it
            logging.getLogger(__name__).error("run %s failed: %s", run.pk, type(error).__name__)
            runs.fail(run, now(), f"obc could not do it ({type(error).__name__})")
    return True


def work(stop: threading.Event, now: Callable[[], datetime]) -> None:
    """Work until `stop` is set. `now`: the clock by which leases run and lines are dated."""
    while not stop.is_set():
        close_old_connections()
        if not work_once(now):
            stop.wait(0.5)
    connection.close()


def _do(run: Run, now: Callable[[], datetime], beating: "_Beating") -> None:
    if run.kind == "settle":
        book = held(run.book_id)
        if book is None:
            raise Lost
        with transaction.atomic():
            if not submissions.settled(
                book, run.asked["submission"], lambda result: runs.finish(run, now(), result), now()
            ):
                raise Lost
        return
    result = _computed(run, now, beating)
    with transaction.atomic():
        if not runs.finish(run, now(), papers.keep(result)):
            raise Lost


def _computed(run: Run, now: Callable[[], datetime], beating: "_Beating") -> bytes:
    """The bytes of what a run works out, in a process of its own and a folder that is gone afterwards."""

    def told(doing: str, done: int, of: int) -> None:
        if not runs.beat(run, now(), done, of, doing):
            raise Lost

    with tempfile.TemporaryDirectory(prefix="obc-work-") as place:
        job = _job(run, Path(place))
        zone = Zone(job)
        beating.when_lost(zone.stop)
        try:
            zone.done(told)
        except (Problems, Ended):
            if beating.lost:
                raise Lost from None
            raise
        if run.kind == MEASURE:
            return canonical_json(read_values(job.out / VALUES))
        made = {path.relative_to(job.out).as_posix(): path for path in job.out.rglob("*") if path.is_file()}
        if not made:
            raise refusal("the work", run.kind, "no paper", "tell whoever runs this server")
        return zipped({name: path.read_bytes() for name, path in made.items()})


def _job(run: Run, place: Path) -> Job:
    """The job of a run, its files laid out in `place`."""
    asked: dict[str, Any] = run.asked
    folder, out = place / run.book_id, place / "out"
    out.mkdir()
    folder.mkdir()
    unpack(papers.paper(asked["folder"]), folder)
    if "trail" in asked:
        kept = TrailFolder(folder / "trail")
        for action in Trail(run.book_id).read():
            kept.append(action)
    given: dict[str, Path] = {}
    for name in ("values", "returns", "statement"):
        if asked.get(name):
            given[name] = place / f"{name}.json"
            given[name].write_bytes(papers.paper(asked[name]))
    if run.kind == MEASURE:
        folders = record_folders()
        if run.book_id not in folders:
            raise refusal(
                "the settings", "OBC_RECORDS", f"no folder for {run.book_id}", "name it where the worker runs"
            )
        given["records"] = folders[run.book_id]
    on = date.fromisoformat(asked["on"]) if "on" in asked else run.asked_at.date()
    return Job(
        kind=run.kind, folder=folder, out=out, on=on, what=asked.get("what", ""), year=asked.get("year"), **given
    )


class _Beating:
    """Says that the work goes on, from a thread of its own, until the block ends."""

    def __init__(self, run: Run, now: Callable[[], datetime]):
        self._run, self._now, self._end = run, now, threading.Event()
        self._stop: Callable[[], None] = lambda: None
        self.lost = False
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def when_lost(self, stop: Callable[[], None]) -> None:
        """What to do when the run is no longer ours."""
        self._stop = stop

    def __enter__(self) -> "_Beating":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        while not self._end.wait(PULSE):
            if not runs.beat(self._run, self._now()):
                self.lost = True
                self._stop()
                break
        connection.close()
