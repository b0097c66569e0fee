"""Runs: asked for once, taken by one worker at a time, finished by the one whose fence is the newest."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from obc.store.models import Run

LEASE = timedelta(seconds=60)
"""How long a worker may be silent before its run is lost to it."""
MOST_TRIES = 3
"""A run that took so many workers down is not tried again by itself."""

WAITING = (Run.State.WAITING, Run.State.LOST)


def ask(book: str, kind: str, inputs: str, asked: dict[str, Any], by: str, at: datetime) -> Run:
    """The run for these inputs: a new one, or the one there is. `inputs` is their hash; a failed run is tried anew."""
    run, new = Run.objects.get_or_create(
        inputs=inputs, defaults={"book_id": book, "kind": kind, "asked": asked, "asked_by": by, "asked_at": at}
    )
    if not new and again(run.pk, by, at):
        run.refresh_from_db()
    return run


def again(pk: int, by: str, at: datetime) -> bool:
    """Have a run that failed or was cancelled tried anew. Returns whether it was one of those."""
    ended = Run.objects.filter(pk=pk, state__in=(Run.State.FAILED, Run.State.CANCELLED))
    fresh = {"tries": 0, "message": "", "doing": "", "done_of": 0, "whole": 0, "ended_at": None}
    return bool(ended.update(state=Run.State.WAITING, asked_by=by, asked_at=at, **fresh))


def of(book: str) -> tuple[Run, ...]:
    """The runs of a book, the newest first."""
    return tuple(Run.objects.filter(book=book).order_by("-asked_at", "-id"))


def one(book: str, pk: int) -> Run | None:
    """A run of a book; None where it has none of that number."""
    return Run.objects.filter(book=book, pk=pk).first()


def take(now: datetime, kinds: Collection[str] | None = None) -> Run | None:
    """The next run to work on, under a new fence; None where nothing waits. `kinds`: those a worker can do; None: all.

    A run whose worker has been silent for longer than its lease is lost to that worker first.
    """
    only: dict[str, Any] = {} if kinds is None else {"kind__in": tuple(kinds)}
    if not Run.objects.filter(state__in=(*WAITING, Run.State.RUNNING)).exists():
        return None  # the worker that looks twice a second writes nothing and makes no writer wait
    with transaction.atomic():
        silent = Run.objects.filter(state=Run.State.RUNNING, leased_until__lt=now)
        _let_go(silent, now)
        run = Run.objects.select_for_update(skip_locked=_can_skip()).filter(state__in=WAITING, **only).first()
        if run is None:
            return None
        run.state, run.fence, run.tries = Run.State.RUNNING, run.fence + 1, run.tries + 1
        run.leased_until, run.done_of, run.whole, run.doing = now + LEASE, 0, 0, ""
        run.save()
        return run


def beat(run: Run, now: datetime, done_of: int | None = None, whole: int | None = None, doing: str = "") -> bool:
    """Say that the work goes on, and how far it is. False: the run is no longer this worker's; stop."""
    changes: dict[str, Any] = {"leased_until": now + LEASE}
    if done_of is not None:
        changes.update(done_of=done_of, whole=whole or 0, doing=doing[:120])
    return bool(_mine(run).update(**changes))


def finish(run: Run, now: datetime, result: str) -> bool:
    """Write the result. False: another worker has the run, or it was cancelled; what was done here must not count.

    Call it within the transaction that writes what the result stands for, and undo that where it says False.
    """
    return bool(_mine(run).update(state=Run.State.DONE, result=result, message="", ended_at=now, leased_until=None))


def fail(run: Run, now: datetime, message: str) -> bool:
    """The work cannot be done; `message` says why, for the person who asked."""
    return bool(_mine(run).update(state=Run.State.FAILED, message=message, ended_at=now, leased_until=None))


def lose(run: Run, now: datetime) -> None:
    """What did the work was killed: it is taken up again, unless that happened too often."""
    _let_go(_mine(run), now)


def cancel(pk: int, now: datetime) -> bool:
    """Stop a run that is not done: its worker learns it at its next heartbeat."""
    alive = Run.objects.filter(pk=pk).filter(Q(state__in=WAITING) | Q(state=Run.State.RUNNING))
    return bool(alive.update(state=Run.State.CANCELLED, fence=F("fence") + 1, ended_at=now, leased_until=None))


def _let_go(some: Any, now: datetime) -> None:
    gave_up = f"what worked on it ended in the middle, {MOST_TRIES} times; look at the log, then try again"
    tired = list(some.filter(tries__gte=MOST_TRIES).values_list("pk", flat=True))
    some.exclude(pk__in=tired).update(state=Run.State.LOST)
    some.filter(pk__in=tired).update(state=Run.State.FAILED, message=gave_up, ended_at=now)


def _mine(run: Run) -> Any:
    return Run.objects.filter(pk=run.pk, fence=run.fence, state=Run.State.RUNNING)


def _can_skip() -> bool:
    from django.db import connection

    return bool(connection.features.has_select_for_update_skip_locked)
