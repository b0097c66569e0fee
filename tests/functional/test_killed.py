"""A worker that is killed in the middle leaves nothing half done, and the next one does the work once."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta

import pytest

from returns import counts

CONTRACT = "oxfordshire-mental-health"
NOON = datetime(2015, 5, 1, 12, tzinfo=UTC)

KILLED_WHILE_WRITING = """
    import sys, time
    from datetime import UTC, datetime
    from obc.bootstrap import serving
    serving.set_up(None, "demo")
    from django.db import transaction
    from obc.bootstrap import books, submissions
    from obc.store import runs
    run = runs.take(datetime.fromisoformat(sys.argv[1]))
    def finished(result):
        assert runs.finish(run, run.leased_until, result)
        print("writing", flush=True)
        time.sleep(60)
    with transaction.atomic():
        submissions.settled(books.held(run.book_id), run.asked["submission"], finished, run.leased_until)
"""


@pytest.fixture
def approved(django):
    """A submission that both sides have approved, so that its settlement waits for a worker."""
    from obc.bootstrap import books, demonstration, submissions
    from obc.domain.contract.workflow import review
    from obc.store import people

    held = demonstration.load(CONTRACT, NOON)
    who = {name: people.person(name, held.id) for name in demonstration.NAMES.values()}
    values = submissions.values_in("year-1.csv", counts(held.contract, 1))
    one, _ = submissions.submit(held, values, 1, None, who["analyst"], NOON)
    agreement = held.contract.agreement

    def act(verb, by, changed):
        submissions.act_on(held, one.id, verb, lambda before: changed(before, by), by, NOON, verb)

    act("take up", who["manager"], lambda s, by: review.moved(s, "take up", by))
    for name in ("joint-group", "provider-lead"):
        act("agree", who[name], lambda s, by: review.agreed(s, agreement, by, NOON))
    for name in ("finance", "provider-lead"):
        act("approve", who[name], lambda s, by: review.approved(s, agreement, by, NOON))
    return books.held(held.id), one.id


def test_a_settlement_whose_worker_was_killed_is_done_once(approved):
    from obc.bootstrap import auditing, submissions
    from obc.bootstrap.work import work_once
    from obc.store import runs
    from obc.store.models import Run

    held, id_ = approved
    code = textwrap.dedent(KILLED_WHILE_WRITING)
    worker = subprocess.Popen(
        [sys.executable, "-c", code, NOON.isoformat()], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    with worker:
        said = worker.stdout.readline().strip()
        worker.send_signal(signal.SIGKILL)
    assert said == "writing"

    assert submissions.submission(held.id, id_).state == "agreed by both"
    assert Run.objects.get(kind="settle", asked__submission=id_).state == Run.State.RUNNING
    assert not work_once(lambda: NOON), "its lease still holds"
    later = NOON + runs.LEASE + timedelta(seconds=1)
    assert work_once(lambda: later) and not work_once(lambda: later)
    done = submissions.submission(held.id, id_)
    assert done.state == "settled" and Run.objects.get(kind="settle", asked__submission=id_).result == done.statement
    settled = [one for one in auditing.actions(held.id) if (one.record, one.verb) == (id_, "settle")]
    assert len(settled) == 1 and auditing.findings(held.id) == ()
