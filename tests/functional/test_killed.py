"""A worker that is killed in the middle leaves nothing half done, and the next one does the work once."""

import os
import random
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta

import pytest

from returns import counts
from web_visits import signed_in

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


WORKER = """
    import sys
    from datetime import datetime
    from obc.bootstrap import serving
    serving.set_up(None, "demo")
    from obc.bootstrap.work import work_once
    from obc.store import runs
    take = runs.take
    def taken(*given):
        run = take(*given)
        print("taken", flush=True)
        return run
    runs.take = taken
    work_once(lambda: datetime.fromisoformat(sys.argv[1]))
"""
"""A worker that does one run and says when it has taken it."""


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """A folder of made-up records."""
    from obc.bootstrap import measuring
    from obc.loaders.contract import load_contract

    folder = tmp_path_factory.mktemp("records")
    measuring.make_records(load_contract(CONTRACT), folder, 200, 1, until=date(2014, 9, 30))
    return folder


@pytest.fixture
def asked(django, records, monkeypatch):
    """`asked(kind)`: a run of that kind that waits, on a contract with figures, and with records named."""
    from obc.bootstrap import demonstration, long_work, submissions
    from obc.store import people
    from obc.store.models import Run

    held = demonstration.load(CONTRACT, NOON)
    by = people.person("analyst", held.id)
    if submissions.submission(held.id, "year-2-quarter-1") is None:
        values = submissions.values_in("figures.csv", counts(held.contract, 2, 1))
        submissions.submit(held, values, 2, 1, by, NOON)
    monkeypatch.setenv("OBC_RECORDS", f"{CONTRACT}={records}")

    def of(kind: str):
        Run.objects.all().delete()
        what, choice = {"measure": ("", ""), "forecast": ("", "2"), "report": ("contract", "")}[kind]
        return long_work.ask(held, kind, what, choice, by, NOON)

    return of


@pytest.mark.parametrize("kind", ["measure", "forecast", "report"])
def test_long_work_whose_worker_is_killed_anywhere_comes_to_one_result(asked, kind):
    from obc.bootstrap import long_work
    from obc.bootstrap.work import work_once
    from obc.store import runs
    from obc.store.models import Paper, Run

    run, at, moments = asked(kind), NOON, random.Random(kind)
    papers = set(Paper.objects.values_list("digest", flat=True))
    for _ in range(runs.MOST_TRIES - 1):
        worker = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WORKER), at.isoformat()], stdout=subprocess.PIPE, text=True
        )
        with worker:
            assert worker.stdout.readline().strip() == "taken"
            time.sleep(moments.uniform(0, 5))
            worker.send_signal(signal.SIGKILL)
        run.refresh_from_db()
        if run.state == Run.State.DONE:
            break  # it was quicker than we were
        assert run.state == Run.State.RUNNING and not run.result
        assert set(Paper.objects.values_list("digest", flat=True)) == papers, "nothing of it was kept"
        at += runs.LEASE + timedelta(seconds=1)
    while work_once(lambda: at):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.DONE, run.message
    assert long_work.files_of(run) and run.tries <= runs.MOST_TRIES
    kept = set(Paper.objects.values_list("digest", flat=True)) - papers
    assert kept <= {run.result}, "one result, and nothing beside it"
    assert Run.objects.count() == 1


def test_a_server_that_is_killed_takes_its_worker_along_and_the_next_one_goes_on(asked, django):

    from obc.bootstrap import long_work
    from obc.store.models import Run

    run = asked("report")
    cookie = f"sessionid={signed_in('analyst').cookies['sessionid'].value}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = f"http://localhost:{port}/contracts/{CONTRACT}/runs/{run.pk}/"

    def looks() -> str:
        try:
            with urllib.request.urlopen(urllib.request.Request(page, headers={"Cookie": cookie}), timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            return ""

    def until(words: str, seconds: int = 90) -> None:
        end = time.monotonic() + seconds
        while words not in (shown := looks()):
            assert time.monotonic() < end, shown
            time.sleep(0.2)

    command = [sys.executable, "-m", "obc.cli.main", "serve", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as server:
        until("being worked out")
        server.send_signal(signal.SIGKILL)
    assert looks() == ""
    # as if the lease had run out: nobody waits a minute in a test
    Run.objects.filter(pk=run.pk, state="running").update(leased_until=NOON)
    with subprocess.Popen(command, **quiet) as server:
        until("It is done")
        server.terminate()
    run.refresh_from_db()
    assert run.state == Run.State.DONE and "contract.pdf" in long_work.files_of(run)
