"""Who may see what: every page, every role, and a contract in which one has none."""

import pytest

from obc.domain.contract.workflow.rights import GRANTED, Right, Role

CONTRACT, OTHER, PROGRAMME = "oxfordshire-mental-health", "richmond-community", "programme-oxfordshire"


@pytest.fixture(scope="module")
def held(site):
    """Two contracts; the demonstration's users have roles in the first only."""
    from datetime import UTC, datetime

    from obc.bootstrap import books, demonstration

    books.hold(OTHER, demonstration.LOADER, datetime(2016, 4, 1, tzinfo=UTC), "another contract")
    return site


@pytest.fixture
def client(held):
    """Django's own client, with the checks against forged requests switched on."""
    from django.test import Client

    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True)


def _signed_in(client, user: str):
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(username=user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _addresses(book: str):
    from obc.web.urls import PAGES

    kind = "programmes/" if book == PROGRAMME else "contracts/"
    for page in PAGES:
        if page.right is not None and not page.path.startswith(kind):
            continue
        parts = {part.split(":")[1] for part in page.path.replace(">", "<").split("<")[1::2]}
        address = "/" + page.path
        for part in parts:
            given = book if part == "book" else f"no-such-{part.strip('_')}"
            address = address.replace(f"<slug:{part}>", given).replace(f"<int:{part}>", "999999")
        yield page, address


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PUBLIC])
def test_each_role_sees_the_pages_it_has_a_right_to_and_no_others(client, role):
    from obc.bootstrap.demonstration import NAMES

    _signed_in(client, NAMES[role])
    for page, address in _addresses(CONTRACT):
        answer = client.get(address)
        if page.right is None:
            assert answer.status_code == 200, address
        elif role in GRANTED[page.right]:
            assert answer.status_code in (200, 302, 404), (address, answer.status_code)
            assert answer.status_code != 404 or "no-such" in address or "999999" in address, address
        else:
            assert answer.status_code == 403, (address, answer.status_code)


@pytest.mark.parametrize("user", ["manager", "auditor", "administrator", "analyst"])
def test_another_contract_does_not_exist_for_who_has_no_role_in_it(client, user):
    _signed_in(client, user)
    for page, address in _addresses(OTHER):
        if page.right is not None:
            assert client.get(address).status_code == 404, address
    for page, address in _addresses("no-such-contract"):
        if page.right is not None:
            assert client.get(address).status_code == 404, address


def test_a_programme_is_there_for_its_own_people_only(client, held):
    from datetime import UTC, datetime

    from django.test import Client

    from obc.bootstrap import demonstration

    demonstration.load_programme("oxfordshire", datetime(2016, 4, 1, tzinfo=UTC))
    member, outsider = _signed_in(client, "accountable-officer"), _signed_in(Client(SERVER_NAME="localhost"), "manager")
    seen = 0
    for page, address in _addresses(PROGRAMME):
        if page.right is not None:
            assert member.get(address).status_code == (404 if "no-such" in address else 200), address
            assert outsider.get(address).status_code == 404, address
            assert Client(SERVER_NAME="localhost").get(address).status_code == 302, address
            seen += 1
    assert seen >= 3


def test_a_stranger_sees_what_is_published_and_is_asked_to_sign_in_for_the_rest(client):
    for page, address in _addresses(CONTRACT):
        answer = client.get(address)
        if page.right in (None, Right.READ_PUBLISHED):
            assert answer.status_code == 200 or "no-such" in address, address
        else:
            assert answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/"), address


def test_nothing_can_be_sent_without_the_token_of_a_page_of_ours(client):
    _signed_in(client, "manager")
    for _, address in _addresses(CONTRACT):
        assert client.post(address, {"verb": "publish"}).status_code == 403, address


def test_pages_that_take_nothing_say_so_and_others_ask_for_the_right(held):
    from django.test import Client

    client = _signed_in(Client(SERVER_NAME="localhost"), "auditor")
    for page, address in _addresses(CONTRACT):
        status = client.post(address, {"verb": "publish"}).status_code
        if page.right is not None:
            assert status in (403, 404, 405, 422), (address, status)
            assert page.to_send is not None or status in (403, 405), address


def test_every_answer_bears_the_policy(client):
    from obc.web.policy import POLICY

    for address in ("/", "/account/login/", "/no-such-page/", f"/contracts/{CONTRACT}/published/"):
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"] == POLICY and "unsafe" not in POLICY
        assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"


def test_who_guesses_passwords_is_locked_out(client):
    from django.test import Client

    guesser = Client(SERVER_NAME="localhost", REMOTE_ADDR="10.0.0.9")
    for _ in range(5):
        answer = guesser.post("/account/login/", {"login": "board", "password": "guess"}, REMOTE_ADDR="10.0.0.9")
    assert answer.status_code == 429


def test_the_session_is_another_one_after_signing_in(held):
    from django.test import Client

    from obc.bootstrap.demonstration import PASSWORD

    client = Client(SERVER_NAME="localhost")
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies["sessionid"].value
    answer = client.post("/account/login/", {"login": "assessor", "password": PASSWORD})
    assert answer.status_code == 302 and client.cookies["sessionid"].value != before


def test_nobody_can_make_themselves_an_account(client):
    assert b"closed" in client.get("/account/signup/").content.lower()
