"""Notices: who is told of what, once, in a mail without a figure and without a name; killed or not."""

import os
import re
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta

import pytest

from copied_contract import held_copy
from returns import counts
from web_visits import signed_in

CONTRACT, COPY = "oxfordshire-mental-health", "a-contract-of-notices"
NOON = datetime(2018, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def held(django):
    """The contract with its people; what happened before is told."""
    from obc.bootstrap import post

    with held_copy(CONTRACT, COPY, NOON) as held:
        post.gather(NOON)
        _drain(NOON)
        yield held


@pytest.fixture
def mails(held):
    """Mails as they are sent."""
    from django.core import mail
    from django.test import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail


def _drain(at):
    from obc.store.models import Notice

    Notice.objects.filter(sent=None).update(sent=at)


def _people(book):
    from obc.bootstrap import demonstration
    from obc.store import people

    return {name: people.person(name, book) for name in demonstration.NAMES.values()}


def _to(mails, user):
    return [one for one in mails.outbox if one.to == [f"{user}@example.org"]]


def test_each_step_of_a_year_is_told_to_those_who_can_act_on_it_and_not_to_who_did_it(held, mails):
    from obc.bootstrap import post, submissions
    from obc.bootstrap.work import work_once
    from obc.domain.contract.workflow import review

    who = _people(held.id)
    agreement = held.contract.agreement

    def told(at=NOON):
        post.gather(at)
        post.send(at)
        found = {one.to[0].partition("@")[0]: one.subject for one in mails.outbox}
        mails.outbox = []
        return found

    values = submissions.values_in("year-3.csv", counts(held.contract, 3))
    one, _ = submissions.submit(held, values, 3, None, who["analyst"], NOON)
    subject = "obc: figures wait to be taken up"
    assert told() == dict.fromkeys(("manager", "manager-2", "joint-group"), subject)
    assert told() == {}, "nobody is told twice"

    def act(verb, by, changed):
        submissions.act_on(held, one.id, verb, lambda before: changed(before, who[by]), who[by], NOON, verb)

    act("take up", "manager", lambda s, by: review.moved(s, "take up", by))
    assert set(told()) == {"manager-2", "joint-group", "provider-lead"}
    act("agree", "joint-group", lambda s, by: review.agreed(s, agreement, by, NOON))
    assert told() == {}, "it is not agreed by all yet"
    act("agree", "provider-lead", lambda s, by: review.agreed(s, agreement, by, NOON))
    assert set(told()) == {"finance", "joint-group"}
    for name in ("finance", "provider-lead"):
        act("approve", name, lambda s, by: review.approved(s, agreement, by, NOON))
    while work_once(lambda: NOON):
        pass
    assert set(told()) == {"finance", "joint-group", "provider-lead"}
    act("publish", "manager", lambda s, by: review.published(s, by, NOON))
    assert {"auditor", "board", "representative", "analyst"} <= set(told())


def test_a_mail_holds_a_link_and_neither_a_figure_nor_a_name(held, mails):
    from django.contrib.auth import get_user_model

    from obc.bootstrap import post
    from obc.domain.contract.workflow.notices import EVENTS

    user = get_user_model().objects.get(username="manager")
    for event in EVENTS:
        post.notices.post("manager", event, f"shown-{event}", "/contracts/x/", held.id, NOON, NOON, together=False)
    assert post.send(NOON) == len(EVENTS)
    for one in _to(mails, "manager"):
        text = one.subject + one.body
        assert "http://localhost:8000/contracts/x/" in one.body and "account/notices/" in one.body
        assert user.first_name not in text and "manager" not in text.lower().replace("commissioner manager", "")
        assert not re.search(r"\d", text.replace("localhost:8000", "")), text
        assert max(map(len, one.body.splitlines())) <= 110


@pytest.mark.parametrize(("way", "at_once", "next_day"), [("all", 2, 0), ("digest", 0, 1), ("none", 0, 0)])
def test_each_person_chooses_how_to_be_told(held, mails, way, at_once, next_day):

    from obc.bootstrap import post

    page = signed_in("finance").post("/account/notices/", {"way": way}, follow=True).content.decode()
    assert re.search(rf'value="{way}" checked', page)
    for n in (1, 2):
        post._tell(held.id, "agreed", f"chosen-{way}-{n}", "year-3", NOON)
    post.send(NOON)
    assert len(_to(mails, "finance")) == at_once
    mails.outbox = []
    post.send(NOON + timedelta(days=1))
    assert len(_to(mails, "finance")) == next_day
    if next_day:
        assert "2 things" in _to(mails, "finance")[0].subject
    post.choose("finance", "all")


def test_a_clock_that_runs_out_is_told_once_to_those_whose_word_is_missing(held, mails, monkeypatch):
    from types import SimpleNamespace

    from obc.bootstrap import post

    holder = held.contract.agreement.holder.id
    waiting = SimpleNamespace(id="smaller-pot", waits_for=(holder,), answer_by=(NOON + timedelta(days=3)).date())
    later = SimpleNamespace(id="later", waits_for=(holder,), answer_by=(NOON + timedelta(days=30)).date())
    book = SimpleNamespace(proposals=SimpleNamespace(records=(waiting, later)))
    monkeypatch.setattr(post.variations, "change_book", lambda one: book)
    for _ in range(2):
        post.watch_clocks(NOON)
    post.send(NOON)
    found = [one for one in mails.outbox if "clock" in one.subject and f"/{held.id}/" in one.body]
    assert [one.to for one in found] == [["provider-lead@example.org"]]


def test_a_step_of_a_dispute_that_runs_out_is_told_to_the_side_with_the_next_word(held, mails):
    from obc.bootstrap import disputing, post, submissions
    from obc.domain.contract.workflow import review
    from obc.domain.contract.workflow.dispute import Claim, Line

    who = _people(held.id)
    values = submissions.values_in("year-5.csv", counts(held.contract, 5))
    one, _ = submissions.submit(held, values, 5, None, who["analyst"], NOON)
    submissions.act_on(
        held, one.id, "take up", lambda s: review.moved(s, "take up", who["manager"]), who["manager"], NOON, "so"
    )
    claim = Claim(line=Line.of(submissions.values_of(one).values[0]))
    disputing.raise_dispute(held, one.id, (claim,), "counted twice", (), who["manager"], NOON)
    dispute = submissions.submission(held.id, one.id).open_disputes[0]
    due = disputing.clock_of(submissions.submission(held.id, one.id), dispute, NOON.date()).running.due
    _drain(NOON)
    for _ in range(2):
        post.watch_clocks(datetime.combine(due, NOON.time(), UTC))
    post.send(datetime.combine(due, NOON.time(), UTC))
    found = [one for one in mails.outbox if "dispute" in one.subject]
    assert [one.to for one in found] == [["provider-lead@example.org"]]


def test_a_gate_that_is_due_is_told_to_those_who_act_in_the_programme(held, mails):
    from obc.bootstrap import demonstration, post
    from obc.services.portfolio import portfolio

    programme = demonstration.load_programme("oxfordshire", NOON)
    gates = [one for one in programme.governance.gates.records if one.due and one.state in ("planned", "open")]
    day = datetime.combine(min(one.due for one in gates), NOON.time(), UTC)
    assert any(one.kind == "gate" for one in portfolio(programme.governance, day.date()).due)
    post.watch_clocks(day)
    post.watch_clocks(day)
    post.send(day)
    found = [one for one in mails.outbox if one.subject == "obc: a gate is due"]
    assert found and f"/programmes/{programme.id}/" in found[0].body
    assert len(found) == len({(one.to[0], one.body) for one in found})


def test_a_mail_server_that_is_down_loses_nothing(held, mails):
    from django.test import override_settings

    from obc.bootstrap import post

    post._tell(held.id, "submitted", "while-down", "year-3", NOON)
    with override_settings(EMAIL_BACKEND="no.such.Backend"):
        assert post.send(NOON) == 0
    assert post.send(NOON) == 0, "not again at once"
    assert post.send(NOON + timedelta(minutes=5)) == 3


SENDER = """
    import sys, time
    from datetime import datetime
    from obc.bootstrap import serving
    serving.set_up(None, "demo")
    from django.core.mail import EmailMessage
    from obc.bootstrap import post
    from obc.store import notices
    at = datetime.fromisoformat(sys.argv[2])
    def stop_here(*_):
        print("here", flush=True)
        time.sleep(60)
    if sys.argv[1] == "while sending":
        sent = EmailMessage.send
        EmailMessage.send = lambda self: (sent(self), stop_here())
        post.send(at)
    else:
        tell = post._tell_of
        post._tell_of = lambda *given: (tell(*given), stop_here())
        post.gather(at)
"""


def _killed(when, at, folder):
    environment = {**os.environ, "OBC_MAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    command = [sys.executable, "-c", textwrap.dedent(SENDER), when, at.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder) as sender:
        assert sender.stdout.readline().strip() == "here"
        sender.send_signal(signal.SIGKILL)


def test_killed_while_gathering_nothing_is_lost_and_nothing_is_told_twice(held, mails, tmp_path):
    from obc.bootstrap import keys, post, proving
    from obc.bootstrap.proving import seed_for_show
    from obc.reports.signature import new_keys
    from obc.store.models import Notice

    party, private = held.contract.agreement.holder.id, tmp_path / "party.pem"
    private.write_text(new_keys(seed_for_show(party)).private_pem)
    new = new_keys(b"k" * 32).public_key
    made = proving.rotate(held.id, party, private, new, NOON.date() + timedelta(days=9))
    keys.propose(held, made.model_dump_json(by_alias=True).encode(), _people(held.id)["provider-lead"], NOON, "so")
    _killed("while gathering", NOON, tmp_path)
    told = Notice.objects.filter(event="key proposed", key__startswith="line-")
    assert not told.exists(), "what was written is undone with the place that was reached"
    for _ in range(2):
        post.gather(NOON)
        names = sorted(told.values_list("user__username", flat=True))
        assert names == ["analyst"], "the second person of that party"


def test_killed_after_a_mail_went_out_it_comes_again_and_is_never_lost(held, mails, tmp_path):
    from django.conf import settings

    from obc.bootstrap import post
    from obc.store.notices import CLAIM

    _drain(NOON)
    post._tell(held.id, "submitted", "killed-in-between", "year-3", NOON)
    folder = settings.HOME / "mail"
    before = set(folder.glob("*")) if folder.exists() else set()
    _killed("while sending", NOON, tmp_path)
    (first,) = set(folder.glob("*")) - before
    assert "figures wait to be taken up" in first.read_text()
    assert post.send(NOON) == 2, "the two that nobody had claimed"
    assert post.send(NOON + CLAIM + timedelta(seconds=1)) == 1, "and again the one that was cut off"
    assert post.send(NOON + timedelta(days=1)) == 0
