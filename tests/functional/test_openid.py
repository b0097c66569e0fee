"""Signing in at one's own organisation: whom it vouches for comes in if they are known, and nobody else does."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from oidc_provider import CLIENT, SECRET, provider

CONTRACT = "oxfordshire-mental-health"
HERE = f"/contracts/{CONTRACT}/"


@pytest.fixture(scope="module")
def listening():
    with provider() as made:
        yield made


@pytest.fixture
def organisation(django, listening):
    """The provider, set as the organisation that signs people in; two people of ours, known by their addresses."""
    from django.test import override_settings

    from obc.bootstrap import demonstration, people
    from obc.store.models import Subject
    from obc.store.people import add_user

    at = datetime(2016, 4, 1, tzinfo=UTC)
    demonstration.load(CONTRACT, at)
    for name in ("by-openid", "by-openid-too"):
        add_user(name, "Somebody", None, f"{name}@example.org")
        if not people.ever_held(CONTRACT, name, people.Role.BOARD):
            people.give(CONTRACT, name, people.Role.BOARD, "a-body", people.OPERATOR, at, "to read")
    Subject.objects.all().delete()
    listening.claims, listening.algorithm, listening.key = {}, "RS256", listening.published
    given = {"ISSUER": listening.issuer, "CLIENT_ID": CLIENT, "SECRET": SECRET, "NAME": "Our Trust"}
    with override_settings(OIDC=given):
        yield listening


def _away(client, following="/"):
    sent = client.get("/account/openid/", {"next": following})
    assert sent.status_code == 302, sent.content.decode()
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["nonce"][0]) > 20
    return sent.headers["Location"]


def _through(client, following="/"):
    """The whole way: away, at the provider, and back."""
    answer = requests.get(_away(client, following), allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def _client():
    from django.test import Client

    return Client(SERVER_NAME="localhost")


def _known(name="by-openid", **more):
    return {"email": f"{name}@example.org", "email_verified": True, **more}


def test_who_is_known_by_a_verified_address_comes_in_and_is_then_known_by_subject(organisation):
    organisation.claims = _known()
    client = _client()
    assert b"Sign in with Our Trust" in client.get("/account/login/").content
    answer = _through(client, HERE)
    assert answer.status_code == 302 and answer.headers["Location"] == HERE
    assert client.get(HERE).status_code == 200 and b"by-openid" in client.get("/account/").content
    organisation.claims = {"email": "moved@example.org", "email_verified": False}
    other = _client()
    assert _through(other).status_code == 302 and other.get(HERE).status_code == 200


def test_the_session_is_another_one_after_coming_back(organisation):
    organisation.claims = _known()
    client = _client()
    location = _away(client)
    before = client.cookies["sessionid"].value
    back = urlsplit(requests.get(location, allow_redirects=False, timeout=10).headers["Location"])
    client.get(f"{back.path}?{back.query}")
    assert client.cookies["sessionid"].value != before


@pytest.mark.parametrize(
    "claims",
    [
        _known(nonce="another"),
        _known(iss="https://elsewhere.example.org"),
        _known(aud="another-client"),
        _known(exp=1_000_000_000),
        _known(azp="another-client"),
    ],
)
def test_an_answer_that_is_not_meant_for_us_lets_nobody_in(organisation, claims):
    organisation.claims = claims
    client = _client()
    assert _through(client).status_code == 403 and client.get(HERE).status_code == 302


@pytest.mark.parametrize("forged", ["another key", "HS256", "none"])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(organisation, forged):
    from cryptography.hazmat.primitives.asymmetric import rsa

    organisation.claims = _known()
    if forged == "another key":
        organisation.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        organisation.algorithm = forged
    client = _client()
    assert _through(client).status_code == 403 and client.get(HERE).status_code == 302


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "s-2", "email": "stranger@example.org", "email_verified": True},
        {"sub": "s-2", "email": "by-openid-too@example.org", "email_verified": False},
        {"sub": "s-2", "email": "by-openid-too@example.org"},
        {"sub": "s-2"},
    ],
)
def test_who_is_not_known_here_or_not_for_certain_stays_outside(organisation, claims):
    from django.contrib.auth import get_user_model

    before = get_user_model().objects.count()
    organisation.claims = claims
    client = _client()
    answer = _through(client)
    assert answer.status_code == 403 and b"nobody has let you in" in answer.content
    assert client.get(HERE).status_code == 302 and get_user_model().objects.count() == before


def test_an_address_that_is_passed_on_to_somebody_else_lets_them_not_in(organisation):
    organisation.claims = _known()
    assert _through(_client()).status_code == 302
    organisation.claims = _known(sub="s-9")
    assert _through(_client()).status_code == 403


def test_a_preset_subject_needs_no_address(organisation):
    from obc.store.people import preset_subject

    preset_subject("by-openid-too", organisation.issuer, "s-7")
    organisation.claims = {"sub": "s-7"}
    client = _client()
    assert _through(client).status_code == 302 and client.get(HERE).status_code == 200


def test_a_locked_person_stays_outside(organisation):
    from obc.store.people import lock

    organisation.claims = _known("by-openid-too", sub="s-8")
    lock("by-openid-too", True)
    client = _client()
    _through(client)
    assert client.get(HERE).status_code == 302
    lock("by-openid-too", False)


def test_an_answer_comes_back_to_the_browser_that_asked_and_once(organisation):
    organisation.claims = _known()
    asked, thief = _client(), _client()
    back = urlsplit(requests.get(_away(asked), allow_redirects=False, timeout=10).headers["Location"])
    _away(thief)
    assert thief.get(f"{back.path}?{back.query}").status_code == 403
    assert asked.get(f"{back.path}?{back.query}").status_code == 302
    assert _client().get(f"{back.path}?{back.query}").status_code == 403


def test_nobody_is_led_elsewhere_after_signing_in(organisation):
    organisation.claims = _known()
    assert _through(_client(), "https://evil.example.org/").headers["Location"] == "/"


def test_a_provider_that_is_down_is_said_in_words(organisation):
    from django.test import override_settings

    down = {"ISSUER": "http://127.0.0.1:9", "CLIENT_ID": CLIENT, "SECRET": SECRET, "NAME": ""}
    with override_settings(OIDC=down):
        answer = _client().get("/account/openid/")
    assert answer.status_code == 503 and b"cannot be reached" in answer.content


def test_where_no_organisation_is_set_there_is_no_such_door(django):
    client = _client()
    assert client.get("/account/openid/").status_code == client.get("/account/openid/back/").status_code == 404
    assert b"Sign in with" not in client.get("/account/login/").content
