"""Long work: asked for on a page, worked out beside it, kept once; stopped and tried again at will."""

import io
import shutil
import threading
import time
import zipfile
from datetime import date

import pytest

from returns import counts
from web_visits import signed_in

CONTRACT, PROGRAMME = "oxfordshire-mental-health", "programme-oxfordshire"
HERE = f"/contracts/{CONTRACT}/runs/"


@pytest.fixture(scope="module")
def held(django):
    """The demonstration, with the figures of year 2 submitted and no run about."""
    from obc.bootstrap import demonstration
    from obc.store.models import Run

    held = demonstration.load(CONTRACT, django.clock())
    demonstration.load_programme("oxfordshire", django.clock())
    Run.objects.all().delete()
    return held


@pytest.fixture
def at(held):
    """`at('analyst')`: that user's browser, without a screen."""
    return signed_in


@pytest.fixture
def work(django):
    """Works until nothing waits."""
    from obc.bootstrap.work import work_once

    def all_of_it() -> int:
        done = 0
        while work_once(django.clock):
            done += 1
        return done

    return all_of_it


@pytest.fixture(scope="module")
def made(held, tmp_path_factory):
    """A folder of made-up records."""
    from obc.bootstrap import measuring

    folder = tmp_path_factory.mktemp("made")
    measuring.make_records(held.contract, folder, 300, 1, until=date(2015, 9, 30))
    return folder


@pytest.fixture
def records(made, tmp_path, monkeypatch):
    """The made-up records, named by whoever runs the server."""
    folder = tmp_path / "records"
    shutil.copytree(made, folder)
    monkeypatch.setenv("OBC_RECORDS", f"{CONTRACT}={folder}")
    return folder


def test_a_board_paper_is_asked_for_worked_out_once_and_downloaded(at, work):
    member, chair = at("accountable-officer"), at("programme-director")
    here = f"/programmes/{PROGRAMME}/papers/"
    answers = [one.post(here, {"what": "report:board-paper"}) for one in (member, chair)]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"], "equal questions are one run"
    one = answers[0].headers["Location"]
    waiting = member.get(one).content.decode()
    assert "It waits for its turn" in waiting and "Asked for by Accountable officer" in waiting
    assert "data-obc-follow" in waiting and "http-equiv" not in waiting
    assert (
        '<noscript><meta http-equiv="refresh" content="5"></noscript>'
        in member.get(f"{one}?follow=yes").content.decode()
    )
    assert work() == 1
    done = member.get(one).content.decode()
    assert "It is done" in done and "board-paper.pdf" in done and "data-obc-follow" not in done
    file = member.get(f"{one}files/3/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="board-paper.pdf"'
    assert file.content.startswith(b"%PDF") and member.get(f"{one}files/99/").status_code == 404
    with zipfile.ZipFile(io.BytesIO(member.get(f"{one}all.zip").content)) as packed:
        assert "board-paper.docx" in packed.namelist()


def test_measuring_is_offered_where_records_are_named_and_only_values_come_in(at, work, records):
    from obc.bootstrap import long_work, submissions
    from obc.domain.measurement.indicators.values import ValueSet

    analyst = at("analyst")
    one = analyst.post(HERE, {"what": "measure:"}).headers["Location"]
    assert work() == 1
    run = long_work.run_of(CONTRACT, int(one.rstrip("/").rsplit("/", 1)[-1]))
    assert run.state == "done", run.message
    kept = long_work.measured(run)
    assert isinstance(kept, ValueSet) and kept.records_hash and kept.values
    assert str(records) not in run.asked["records"] + analyst.get(one).content.decode()
    csv = analyst.get(f"{one}files/1/")
    assert csv.headers["Content-Disposition"].endswith('"values.csv"') and len(csv.content.splitlines()) > 1_000
    assert "Submit these figures" in analyst.get(one).content.decode()
    assert "Submit these figures" not in at("manager").get(one).content.decode()
    assert at("manager").post(one, {"verb": "submit", "period": "1"}).status_code == 422
    assert analyst.post(one, {"verb": "submit", "period": "99"}).status_code == 422
    assert analyst.post(one, {"verb": "submit", "period": "1"}).status_code == 302
    given = submissions.submission(CONTRACT, "year-1")
    assert given.state == "scored" and submissions.values_of(given).records_hash == kept.records_hash


def test_measuring_without_records_says_why_it_cannot_be_had(at, monkeypatch):
    monkeypatch.delenv("OBC_RECORDS", raising=False)
    analyst = at("analyst")
    assert "named no folder of records" in analyst.get(HERE).content.decode()
    answer = analyst.post(HERE, {"what": "measure:"})
    assert answer.status_code == 422 and "named no folder" in answer.content.decode()
    assert at("manager").post(HERE, {"what": "measure:"}).status_code == 422


def test_the_process_that_measures_knows_neither_the_database_nor_the_key(monkeypatch, tmp_path):
    from obc.bootstrap import compute_zone
    from obc.bootstrap.compute import Job

    given: dict[str, object] = {}

    class Process:
        def __init__(self, *words, env, **others):
            given.update(env=env, words=words)

    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("OBC_SECRET_KEY", "nobody knows")
    monkeypatch.setattr(compute_zone.subprocess, "Popen", Process)
    compute_zone.Zone(Job(kind="measure", folder=tmp_path, out=tmp_path, on=date(2016, 4, 1)))
    assert set(given["env"]) <= set(compute_zone.PASSED_ON)
    assert not {"DATABASE_URL", "OBC_SECRET_KEY", "OBC_HOME"} & set(given["env"])


def test_work_that_cannot_be_done_says_what_to_mend_and_can_be_tried_again(at, work, records):
    for path in records.rglob("*.parquet"):
        path.write_bytes(b"nothing of use")
    analyst = at("analyst")
    one = analyst.post(HERE, {"what": "measure:"}).headers["Location"]
    assert work() == 1
    shown = analyst.get(one).content.decode()
    assert "It could not be done" in shown and "Try again" in shown and str(records) not in shown
    assert at("manager").post(one, {"verb": "again"}).status_code == 422
    assert analyst.post(one, {"verb": "again"}).status_code == 302
    assert analyst.post(one, {"verb": "again"}).status_code == 422, "it waits already"
    assert analyst.post(one, {"verb": "cancel"}).status_code == 302 and work() == 0
    assert "It was stopped" in analyst.get(one).content.decode()


def test_a_run_that_is_stopped_ends_within_seconds_and_leaves_nothing(at, held, django, monkeypatch):
    from django.db import connection

    from obc.bootstrap import work
    from obc.store.models import Paper, Run

    monkeypatch.setattr(work, "PULSE", 0.2)
    analyst = at("analyst")
    one = analyst.post(HERE, {"what": "report:business-case"}).headers["Location"]
    papers = Paper.objects.count()

    def worker() -> None:
        work.work_once(django.clock)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    run = Run.objects.filter(pk=int(one.rstrip("/").rsplit("/", 1)[-1]))
    for _ in range(300):
        if run.get().doing:
            break
        time.sleep(0.1)
    assert "being worked out" in analyst.get(one).content.decode()
    assert analyst.post(one, {"verb": "cancel"}).status_code == 302
    thread.join(timeout=10)
    assert not thread.is_alive() and run.get().state == Run.State.CANCELLED
    assert Paper.objects.count() == papers and not run.get().result


def test_a_forecast_takes_the_figures_that_stand_and_keeps_them_with_its_name(at, held, work, django):
    from obc.bootstrap import long_work, submissions
    from obc.store import people

    finance, analyst = at("finance"), people.person("analyst", CONTRACT)
    for quarter in (1, 2):
        values = submissions.values_in("figures.csv", counts(held.contract, 2, quarter))
        submissions.submit(held, values, 2, quarter, analyst, django.clock())
    assert finance.post(HERE, {"what": "forecast:", "choice": "99"}).status_code == 422
    one = finance.post(HERE, {"what": "forecast:", "choice": "2"}).headers["Location"]
    assert work() == 1
    shown = finance.get(one).content.decode()
    assert "Forecast, year 2" in shown and "forecast-year-2.html" in shown, shown
    run = long_work.run_of(CONTRACT, int(one.rstrip("/").rsplit("/", 1)[-1]))
    made_from = submissions.values_in_paper(run.asked["values"]).values
    quarters = {(one.start, one.end) for one in held.contract.quarters(2)[:2]}
    given = {(v.period_start, v.period_end) for v in made_from if v.numerator == 300 and v.denominator == 400}
    assert quarters <= given, "both quarters stand in it, as they were submitted"
    assert at("representative").get(one).status_code == 403
