"""Attacks: what somebody may try who means no good, and what becomes of it."""

import io
import json
import logging
import socket
import threading
import zipfile
from contextlib import closing, suppress

import pytest

from crawler import Seen, crawl, send_everything
from returns import counts
from web_visits import signed_in

CONTRACT, OTHER, PROGRAMME = "oxfordshire-mental-health", "richmond-community", "programme-oxfordshire"
HOME = f"/contracts/{CONTRACT}/"
PAYLOAD = """"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}"""
USERS = ("analyst", "manager", "provider-lead", "representative", "accountable-officer")


@pytest.fixture(scope="module")
def held(django):
    """Two contracts and a programme, with figures, a run in each contract, and a proposed change."""
    from obc.bootstrap import books, demonstration, long_work, submissions
    from obc.store import people

    at = django.clock()
    held = demonstration.load(CONTRACT, at)
    other = books.hold(OTHER, demonstration.LOADER, at, "another contract")
    demonstration.load_programme("oxfordshire", at)
    analyst = people.person("analyst", CONTRACT)
    values = submissions.values_in("figures.csv", counts(held.contract, 3))
    submissions.submit(held, values, 3, None, analyst, at)
    long_work.ask(held, "report", "contract", "", analyst, at)
    long_work.ask(other, "report", "contract", "", analyst, at)
    return held


@pytest.fixture
def at(held):
    """`at('analyst')`: that user's browser; `at(None)`: a stranger's."""
    return signed_in


def _is_strict(answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe-" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_every_page_comes_under_the_strict_policy_and_keeps_to_it(at):
    for user in (None, "manager", "accountable-officer"):
        reached = 0
        for address, answer, seen in crawl(at(user), most=16):
            _is_strict(answer)
            assert seen.inline == [], (address, seen.inline)
            assert answer.status_code < 400, (address, answer.status_code)
            reached += 1
        assert reached >= (2 if user is None else 8), user


def test_sign_in_errors_and_the_document_of_the_api_come_under_it_too(at, monkeypatch):
    from obc.bootstrap import books

    client = at(None, raise_request_exception=False)
    login = client.get("/account/login/")
    answers = [login, client.get("/no/such/page/"), client.get("/api/v1/openapi.json"), client.get("/api/v1/contracts")]
    answers.append(client.post("/account/login/", {"login": "x", "password": "y"}))
    answers.append(client.get("/", headers={"Host": "evil.example"}))
    answers.append(at("manager", enforce_csrf_checks=True).post(f"{HOME}runs/", {"what": "report:contract"}))

    def broken(*_: object) -> None:
        raise ZeroDivisionError("the secret of the inside")

    monkeypatch.setattr(books, "held", broken)
    answers.append(client.get(HOME))
    assert [one.status_code for one in answers] == [200, 404, 200, 401, 200, 400, 403, 500]
    for one in answers:
        _is_strict(one)
        text = one.content.decode()
        if one.headers["Content-Type"].startswith("text/html"):
            assert Seen("/", text).inline == []
        assert "Traceback" not in text and "ZeroDivisionError" not in text and "the secret" not in text
    assert "did not come from a page of ours" in answers[6].content.decode()


def test_what_is_typed_comes_back_as_text_wherever_it_is_shown(at):
    sent, kept = 0, 0
    for user in USERS:
        for address, answer in send_everything(at(user), PAYLOAD, most=20):
            assert answer.status_code < 500, address
            _no_markup(address, answer)
            sent += 1
    assert sent >= 10
    for user in ("manager", None):
        for address, answer, _ in crawl(at(user), most=30):
            _no_markup(address, answer)
            kept += "&lt;img src=x onerror" in answer.content.decode()
    assert kept >= 2, "the text was kept, and is shown as text"
    shown = at("auditor").get(f"{HOME}audit.json")
    assert shown.headers["Content-Disposition"].startswith("attachment") and json.loads(shown.content)


def _no_markup(address: str, answer) -> None:
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        text = answer.content.decode()
        assert "<img src=x" not in text and "<script>alert" not in text, address


INJECTED = (
    "1' OR '1'='1",
    "1; DROP TABLE store_line;--",
    '"',
    "%00",
    "\x00",
    "../../etc/passwd",
    "9" * 40,
    "-1",
    "é" * 300,
)


def test_no_text_in_an_address_reaches_the_database_as_more_than_text(at):
    from obc.store.models import Line
    from obc.web.urls import PAGES

    before, manager = Line.objects.count(), at("auditor")
    asked_of = [
        "/" + page.path.replace("<slug:book>", CONTRACT).replace("<slug:id_>", "year-3")
        for page in PAGES
        if page.right is not None and page.path.startswith("contracts/")
    ]
    # each of them with another text: all of them with all texts would take minutes and tell no more
    for number, address in enumerate(one for one in asked_of if "<" not in one):
        text = INJECTED[number % len(INJECTED)]
        asked = dict.fromkeys(("page", "segments", "by", "follow", "q", "next", "limit", "offset", "as"), text)
        assert manager.get(address, asked).status_code in (200, 302, 400, 403, 404, 422), (address, text)
    for text in INJECTED:
        _asks_with(manager, text)
    assert Line.objects.count() == before


def _asks_with(manager, text: str) -> None:
    for part in ("submissions", "audit", "runs", "changes"):
        answer = manager.get(f"/api/v1/contracts/{CONTRACT}/{part}", {"limit": text, "offset": text})
        assert answer.status_code in (200, 422), part
    for path in (
        f"/contracts/{text}/",
        f"{HOME}submissions/{text}/",
        f"{HOME}runs/{text}/",
        f"{HOME}runs/1/files/{text}/",
    ):
        assert manager.get(path).status_code in (302, 404), path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/secret-key",
        "/static/..%2f..%2fobc.sqlite3",
        "/static//etc/passwd",
        f"{HOME}runs/1/files/..%2f1/",
        f"{HOME}submissions/..%2f..%2f/values.csv",
    ],
)
def test_no_way_leads_out_of_a_folder(at, path):
    assert at("manager").get(path).status_code == 404


def _zip(**files: bytes) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name.replace("__", "/"), content)
    packed.seek(0)
    packed.name = "folder.zip"
    return packed


@pytest.fixture
def change(at):
    """The address that takes a contract's folder in."""
    return f"{HOME}changes/no-such-change/"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("leaves the folder", "no file of a contract"),
        ("a bomb", "more than a contract"),
        ("many files", "more than a contract"),
        ("no ZIP", "no ZIP that can be read"),
        ("lies about its size", "."),
    ],
)
def test_archives_that_mean_harm_are_refused_in_words(held, tmp_path, kind, words):
    from obc.domain.core.kernel.problem import Problems
    from obc.loaders.contract_archive import unpack

    content = {
        "leaves the folder": lambda: _zip(**{"..__..__evil.yaml": b"x: 1"}).read(),
        "a bomb": lambda: _zip(**{"contract.yaml": b"\0" * 200_000_000}).read(),
        "many files": lambda: _zip(**{f"f{n}.yaml": b"" for n in range(5_000)}).read(),
        "no ZIP": lambda: b"PK\3\4 but no more",
        "lies about its size": lambda: _lying(),
    }[kind]()
    manager, sent = signed_in("manager"), io.BytesIO(content)
    sent.name = "folder.zip"
    drafts = manager.get(f"{HOME}drafts/").content.count(b"/drafts/draft-")
    answer = manager.post(f"{HOME}drafts/", {"title": "A folder that means harm", "folder": sent})
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    assert manager.get(f"{HOME}drafts/").content.count(b"/drafts/draft-") == drafts
    folder = tmp_path / "inside"
    folder.mkdir()
    with pytest.raises(Problems, match=words):
        unpack(content, folder)
    assert not (tmp_path / "evil.yaml").exists() and not (tmp_path.parent / "evil.yaml").exists()
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 10_000_000


def _lying() -> bytes:
    """A ZIP that announces 10 bytes and holds 50 million."""
    content = _zip(**{"contract.yaml": b"\0" * 50_000_000}).read()
    real, told = (50_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert real in content
    return content.replace(real, told)


def test_bodies_that_are_too_large_are_refused_in_words(at):
    analyst = at("analyst", raise_request_exception=False)
    much = analyst.post(f"{HOME}runs/", {"what": "x" * 3_000_000}, content_type="application/x-www-form-urlencoded")
    assert much.status_code in (400, 413)
    many = analyst.post(f"{HOME}runs/", {f"f{n}": "1" for n in range(5_000)})
    assert many.status_code in (400, 413)
    rows = {"year": 1, "values": ["x" * 3_000_000]}
    api = analyst.post(f"/api/v1/contracts/{CONTRACT}/submissions", rows, content_type="application/json")
    assert api.status_code in (400, 413)
    for one in (many, api):
        assert "Nothing was changed" in one.content.decode(), one.content[:500]


def test_the_server_itself_stops_reading_what_is_too_large(django):
    import waitress

    def never(*_: object) -> None:
        raise AssertionError("nothing of it reaches the application")

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = waitress.create_server(never, host="127.0.0.1", port=port, **django.LIMITS)

    def runs() -> None:
        with suppress(OSError):  # it is closed under its own feet
            server.run()

    thread = threading.Thread(target=runs, daemon=True)
    thread.start()
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as ask:
        ask.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000000\r\n\r\n" + b"x" * 1_000)
        assert b"413" in ask.recv(1_000).splitlines()[0]
    server.close()
    thread.join(timeout=5)


def test_the_ids_of_another_contract_open_nothing(at):
    from obc.store.models import Run

    foreign, own = Run.objects.filter(book=OTHER).first(), Run.objects.filter(book=CONTRACT).first()
    manager = at("manager")
    assert manager.get(f"{HOME}runs/{own.pk}/").status_code == 200
    for path in ("", "files/1/", "all.zip"):
        assert manager.get(f"{HOME}runs/{foreign.pk}/{path}").status_code == 404, path
        assert manager.get(f"/contracts/{OTHER}/runs/{foreign.pk}/{path}").status_code == 404, path
    assert manager.post(f"{HOME}runs/{foreign.pk}/", {"verb": "cancel"}).status_code == 404
    assert manager.get(f"/api/v1/contracts/{CONTRACT}/runs/{foreign.pk}").status_code == 404
    assert manager.get(f"/api/v1/contracts/{OTHER}/runs/{foreign.pk}").status_code == 404
    assert manager.get(f"/contracts/{PROGRAMME}/").status_code == 404
    assert at("accountable-officer").get(f"/programmes/{CONTRACT}/").status_code == 404
    assert at("accountable-officer").get(f"/programmes/{PROGRAMME}/papers/{own.pk}/").status_code == 404
    assert Run.objects.get(pk=foreign.pk).state == "waiting"


def test_a_session_that_somebody_else_chose_is_worth_nothing(at):
    from obc.bootstrap.demonstration import PASSWORD

    client = at(None)
    client.cookies["sessionid"] = "a-session-that-the-attacker-knows"
    answer = client.post("/account/login/", {"login": "board", "password": PASSWORD})
    assert answer.status_code == 302
    mine = client.cookies["sessionid"].value
    assert mine != "a-session-that-the-attacker-knows"
    attacker = at(None)
    attacker.cookies["sessionid"] = "a-session-that-the-attacker-knows"
    assert attacker.get(HOME).status_code == 302
    client.post("/account/logout/")
    late = at(None)
    late.cookies["sessionid"] = mine
    assert late.get(HOME).status_code == 302, "a session that was signed out of is over"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(at, away):
    from obc.bootstrap.demonstration import PASSWORD

    answer = at(None).post("/account/login/", {"login": "board", "password": PASSWORD, "next": away})
    assert answer.status_code == 302 and answer.headers["Location"] == "/"


def test_another_host_is_refused_and_is_in_no_link(at):
    for headers in ({"Host": "evil.example"}, {"Host": "localhost@evil.example"}):
        answer = at(None).get("/", headers=headers)
        assert answer.status_code == 400 and "evil" not in answer.content.decode()
    forwarded = at(None).get("/account/login/", headers={"X-Forwarded-Host": "evil.example"})
    assert forwarded.status_code == 200 and "evil" not in forwarded.content.decode()


def test_cookies_cannot_be_read_by_scripts_nor_travel_from_other_sites(at):
    from obc.bootstrap.demonstration import PASSWORD

    client = at(None)
    client.get("/account/login/")
    client.post("/account/login/", {"login": "board", "password": PASSWORD})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"] and client.cookies[name]["samesite"] == "Lax", name


def test_logs_hold_no_person(at, caplog):
    from obc.bootstrap.demonstration import PASSWORD

    client = at(None, raise_request_exception=False)
    with caplog.at_level(logging.WARNING):
        for _ in range(6):
            client.post("/account/login/", {"login": "somebody-private", "password": "wrong, and secret"})
        analyst = at("analyst")
        analyst.get("/no/such/page/")
        analyst.post(f"{HOME}runs/", {"what": "measure:"})
    text = caplog.text
    for secret in ("somebody-private", "wrong, and secret", PASSWORD, "analyst"):
        assert secret not in text, text
