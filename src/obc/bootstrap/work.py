"""The worker: takes a run, does it, and writes its result once."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, transaction

from obc.bootstrap import submissions
from obc.bootstrap.books import held
from obc.domain.core.kernel.problem import Problems
from obc.store import runs
from obc.store.models import Run

PULSE = runs.LEASE.total_seconds() / 4


class Lost(Exception):  # noqa: N818 - it is no error: somebody else has the run
    """The run is no longer this worker's."""


def work_once(now: Callable[[], datetime]) -> bool:
    """Do the next run, if one waits. Returns whether there was one."""
    run = runs.take(now())
    if run is None:
        return False
    with _beating(run, now):
        try:
            _do(run, now)
        except Problems as problems:
            runs.fail(run, now(), str(problems))
        except Lost:
            logging.getLogger(__name__).warning("run %s went to another worker", run.pk)
        except Exception as error:  # a run must not take the worker down, and its asker must learn of it
            logging.getLogger(__name__).exception("run %s failed", run.pk)
            runs.fail(run, now(), f"obc could not do it ({type(error).__name__}); the log says why")
    return True


def work(stop: threading.Event, now: Callable[[], datetime]) -> None:
    """Work until `stop` is set. `now`: the clock by which leases run and lines are dated."""
    while not stop.is_set():
        close_old_connections()
        if not work_once(now):
            stop.wait(0.5)


def _do(run: Run, now: Callable[[], datetime]) -> None:
    book = held(run.book_id)
    if book is None:
        raise Lost
    match run.kind:
        case "settle":
            with transaction.atomic():
                if not submissions.settled(
                    book, run.asked["submission"], lambda result: runs.finish(run, now(), result), now()
                ):
                    raise Lost
        case other:
            raise LookupError(f"nobody knows how to {other}")


class _beating:  # noqa: N801 - a context, read as a verb
    """Says that the work goes on, from a thread of its own, until the block ends."""

    def __init__(self, run: Run, now: Callable[[], datetime]):
        self._run, self._now, self._end = run, now, threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        from django.db import connection

        while not self._end.wait(PULSE):
            if not runs.beat(self._run, self._now()):
                break
        connection.close()
