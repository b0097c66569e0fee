"""Signing in: lock-out, limits of a session, the second factor before any page."""

import json
import re
import time

import pytest

from one_time_codes import code_of

CONTRACT = "oxfordshire-mental-health"
HERE = f"/contracts/{CONTRACT}/"
TYPED = "a password of theirs"


@pytest.fixture
def user(django, request):
    """A user of each test's own, with a role to read."""
    from datetime import UTC, datetime
    from zlib import crc32

    from django.core.cache import cache

    from obc.bootstrap import demonstration, people
    from obc.store.people import add_user

    at = datetime(2016, 4, 1, tzinfo=UTC)
    demonstration.load(CONTRACT, at)
    cache.clear()  # allauth counts attempts by address: tests share one
    name = f"user-{crc32(request.node.name.encode())}"
    add_user(name, "Somebody", TYPED, f"{name}@example.org")
    people.give(CONTRACT, name, people.Role.BOARD, "a-body", people.OPERATOR, at, "to read")
    return name


def _client(user=None, **more):
    from django.test import Client

    client = Client(SERVER_NAME="localhost", **more)
    if user:
        answer = client.post("/account/login/", {"login": user, "password": TYPED})
        assert answer.status_code == 302, answer.content.decode()
        client.get("/account/")
    return client


def _inside(client) -> bool:
    return client.get(HERE).status_code == 200


def test_the_fifth_wrong_password_locks_the_door_and_the_right_one_does_not_open_it(user):
    from django.core.cache import cache

    guesser = _client(REMOTE_ADDR="10.0.0.9")
    for _ in range(4):
        assert guesser.post("/account/login/", {"login": user, "password": "guess"}).status_code == 200
    assert guesser.post("/account/login/", {"login": user, "password": "guess"}).status_code == 429
    cache.clear()  # the first limit is of minutes, and forgotten; the lock is of half an hour
    assert guesser.post("/account/login/", {"login": user, "password": TYPED}).status_code == 429
    assert not _inside(guesser)
    assert _inside(_client(user)), "the owner, elsewhere, is not kept out"


def test_a_session_that_was_planted_is_not_the_one_that_signs_in(user):
    client = _client()
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies["sessionid"].value
    client.post("/account/login/", {"login": user, "password": TYPED})
    assert client.cookies["sessionid"].value != before
    thief = _client()
    thief.cookies["sessionid"] = before
    assert not _inside(thief) and _inside(client)


@pytest.mark.parametrize(("key", "setting"), [("seen", "IDLE_SECONDS"), ("began", "SESSION_COOKIE_AGE")])
def test_a_session_ends_when_idle_for_too_long_and_in_any_case_after_a_day_of_work(user, key, setting):
    from django.conf import settings

    client = _client(user)
    for past, works in ((getattr(settings, setting) - 100, True), (getattr(settings, setting) + 100, False)):
        session = client.session
        session[key] = int(time.time()) - past
        session.save()
        assert _inside(client) is works, past
    again = client.get("/account/login/")
    assert b"sign in again" in again.content


def test_in_production_half_an_hour_is_idle_for_too_long(tmp_path):
    import os
    import subprocess
    import sys

    environment = {
        **os.environ,
        "OBC_HOME": str(tmp_path),
        "OBC_MODE": "production",
        "OBC_SECRET_KEY": "x" * 50,
        "OBC_HOSTS": "obc.example.org",
    }
    code = "from obc.web import settings as s; print(s.IDLE_SECONDS, s.SESSION_COOKIE_AGE, s.SECOND_FACTOR, s.ADDRESS)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, text=True, capture_output=True, check=True)
    assert done.stdout.split() == ["1800", "28800", "required", "https://obc.example.org"]


def test_everybody_sees_their_sessions_and_ends_the_others(user):
    here, there = _client(user), _client(user, HTTP_USER_AGENT="another browser")
    text = here.get("/account/").content.decode()
    assert "another browser" in text and "(this one)" in text
    assert b"One other session has ended" in here.post("/account/", follow=True).content
    assert _inside(here) and not _inside(there)


def test_of_too_many_sessions_the_oldest_ends(user):
    from django.conf import settings

    clients = [_client(user) for _ in range(settings.MOST_SESSIONS + 1)]
    assert [_inside(one) for one in clients] == [False, *[True] * settings.MOST_SESSIONS]


def test_a_changed_password_ends_the_other_sessions(user):
    here, there = _client(user), _client(user)
    sent = {"oldpassword": TYPED, "password1": "another one of theirs", "password2": "another one of theirs"}
    assert here.post("/account/password/change/", sent).status_code == 302
    assert _inside(here) and not _inside(there)


def test_where_a_second_factor_is_required_nobody_sees_a_page_without_one(user):
    from django.test import override_settings

    with override_settings(SECOND_FACTOR="required"):
        client = _client(user)
        for path in ("/", HERE, "/account/", "/account/2fa/", "/account/password/change/"):
            assert client.get(path).headers["Location"] == "/account/2fa/totp/activate/", path
        assert client.get("/api/v1/contracts").status_code == 403
        page = client.get("/account/2fa/totp/activate/").content.decode()
        secret = re.search(r'id="secret">([A-Z2-7]+)<', page).group(1)
        assert client.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
        done = client.post("/account/2fa/totp/activate/", {"code": code_of(secret, time.time())})
        assert done.headers["Location"] == "/account/2fa/recovery-codes/" and _inside(client)
        codes = re.findall(r"<code>(\d+)</code>", client.get("/account/2fa/recovery-codes/").content.decode())
        assert len(codes) == 10
        _is_sealed(user, secret)

        other = _client()
        asked = other.post("/account/login/", {"login": user, "password": TYPED})
        assert asked.headers["Location"].startswith("/account/2fa/authenticate/") and not _inside(other)
        assert other.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
        assert other.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 302 and _inside(other)

        third = _client()
        third.post("/account/login/", {"login": user, "password": TYPED})
        assert third.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 200, "a code works once"


def _is_sealed(user: str, seed: str) -> None:
    """The database holds a seed, and does not tell it; under another key of the application it fits no code."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP
    from django.test import override_settings

    kept = Authenticator.objects.get(user__username=user, type="totp")
    assert kept.data["secret"] and seed not in json.dumps(kept.data)
    now = code_of(seed, time.time())
    with override_settings(SECRET_KEY="k" * 60):
        assert not TOTP(kept).validate_code(now)


def test_where_it_is_optional_in_production_a_password_alone_is_still_not_enough(user):
    from django.test import override_settings

    with override_settings(SECOND_FACTOR="optional", PRODUCTION=True):
        client = _client(user)
        assert client.get(HERE).headers["Location"] == "/account/2fa/totp/activate/"
        session = client.session
        session["by_openid"] = True
        session.save()
        assert _inside(client)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"OBC_SECOND_FACTOR": "optional"}, ["passwords alone would let people in"]),
        (
            {"OBC_SECOND_FACTOR": "never", "OBC_OIDC_ISSUER": "http://plain.example.org"},
            ["write required, or optional", "give an address with https://", "OBC_OIDC_CLIENT_ID", "OBC_OIDC_SECRET"],
        ),
    ],
)
def test_production_refuses_a_weak_way_in(tmp_path, given, words):
    import os
    import subprocess
    import sys

    environment = {**os.environ, "OBC_HOME": str(tmp_path), "OBC_SECRET_KEY": "x9" * 30, "OBC_HOSTS": "obc.example.org"}
    command = [sys.executable, "-m", "obc.cli.main", "serve", "--production"]
    environment = {**environment, **given, "OBC_MODE": "production", "DATABASE_URL": ""}
    done = subprocess.run(command, env=environment, text=True, capture_output=True, check=False, timeout=120)
    assert done.returncode == 1 and [one for one in words if one not in done.stdout + done.stderr] == []
