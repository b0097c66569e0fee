"""Eight people write on one contract at the same moment, through the pages: nothing is lost, nothing doubled."""

import http.client
import threading
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from returns import counts
from web_visits import signed_in

CONTRACT = "oxfordshire-mental-health"
WRITERS = ("manager", "finance", "joint-group", "provider-lead", "analyst", "programme", "auditor", "manager-2")
REMARKS = 5
TOKEN = "t" * 32
"""A page's token is the cookie's: who can set one can set both, as a browser does with what we send it."""


def test_eight_writers_at_once_on_one_contract_lose_nothing(site, monkeypatch):
    from django.db import connections

    from obc.bootstrap import auditing, books, submissions
    from obc.store import people

    # the server's threads close what they opened after each answer, so that none is left when the server goes
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    held = books.held(CONTRACT)
    values = submissions.values_in("figures.csv", counts(held.contract, 7))
    analyst = people.person("analyst", CONTRACT)
    one, _ = submissions.submit(held, values, 7, None, analyst, datetime(2016, 4, 1, tzinfo=UTC))
    who = {user: people.person(user, CONTRACT) for user in WRITERS}
    assert len(who) == 8 and all(who.values())
    before = len(auditing.actions(CONTRACT))
    sessions = {}
    for user in WRITERS:
        sessions[user] = signed_in(user).cookies["sessionid"].value
    together, answers = threading.Barrier(8), []

    def writer(number: int) -> None:
        user = WRITERS[number]
        connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
        cookie = f"sessionid={sessions[user]}; csrftoken={TOKEN}"
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        together.wait(30)
        for n in range(REMARKS):
            sent = {"csrfmiddlewaretoken": TOKEN, "verb": "comment", "text": f"writer {number}, remark {n}"}
            here = f"/contracts/{CONTRACT}/submissions/{one.id}/act/"
            connection.request("POST", here, urlencode(sent), headers)
            answer = connection.getresponse()
            answers.append((answer.status, answer.read()[:200]))
        connection.close()

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert {status for status, _ in answers} == {302}, answers
    kept = [remark.text for remark in submissions.submission(CONTRACT, one.id).comments]
    assert sorted(kept) == sorted(f"writer {a}, remark {b}" for a in range(8) for b in range(REMARKS))
    assert auditing.findings(CONTRACT) == ()
    written = [line for line in auditing.actions(CONTRACT)[before:] if line.verb == "comment"]
    assert len(written) == 8 * REMARKS
