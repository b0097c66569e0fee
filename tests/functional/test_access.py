"""Who may see what: every page, every role, and a contract in which one has none."""

import re

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
        if page.right is None or page.path.startswith(kind):
            yield page, _address(page, book)


def _address(page, book: str, id_: str | None = None) -> str:
    """Where a page is in a contract; `id_` in place of every other part of its address, or what there is not."""

    def given(part: re.Match[str]) -> str:
        kind, name = part.groups()
        number = "999999" if id_ is None or not id_.isdigit() else id_
        return book if name == "book" else number if kind == "int" else id_ or f"no-such-{name.strip('_')}"

    return "/" + re.sub(r"<(\w+):(\w+)>", given, page.path)


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
            there = 404 if "no-such" in address or "999999" in address else 200
            assert member.get(address).status_code == (there if Role.BOARD in GRANTED[page.right] else 403), address
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


def test_ones_own_account_is_there_for_whoever_signed_in_and_for_nobody_else(client):
    from obc.web.urls import PAGES

    own = [f"/{page.path}" for page in PAGES if page.right == Right.OWN_ACCOUNT]
    assert {"/account/", "/account/notices/"} <= set(own)
    for address in own:
        assert client.get(address).status_code == 302, address
    for user in ("manager", "board", "administrator"):
        _signed_in(client, user)
        assert [client.get(address).status_code for address in own] == [200] * len(own)


def test_a_page_outside_contracts_and_programmes_is_for_everybody_or_ones_own():
    from obc.web.urls import PAGES

    elsewhere = [
        page for page in PAGES if not page.path.startswith(("contracts/<slug:book>/", "programmes/<slug:book>/"))
    ]
    assert {page.right for page in elsewhere} <= {None, Right.OWN_ACCOUNT}


def test_no_record_of_one_contract_is_seen_through_another(client, held):
    """Somebody with roles in two contracts asks, in one, for what belongs to the other: by every page and id."""
    from datetime import UTC, datetime

    from obc.bootstrap import books, people
    from obc.store.models import Standing
    from obc.store.people import add_user
    from obc.web.urls import PAGES

    at = datetime(2016, 5, 1, tzinfo=UTC)
    add_user("in-two", "In Two", "a password of theirs")
    for book in (CONTRACT, OTHER):
        side = books.held(book).contract.agreement.commissioners[0].id
        if not people.ever_held(book, "in-two", Role.COMMISSIONER_MANAGER):
            people.give(book, "in-two", Role.COMMISSIONER_MANAGER, side, people.OPERATOR, at, "both")
    _signed_in(client, "in-two")
    here = set(Standing.objects.filter(book=OTHER).values_list("record", flat=True))
    there = sorted(set(Standing.objects.filter(book=CONTRACT).values_list("record", flat=True)) - here)
    with_parts = [page for page in PAGES if page.path.startswith("contracts/") and page.path.count("<") > 1]
    assert there and len(with_parts) > 10
    for page in with_parts:
        for id_ in there[:: max(1, len(there) // 8)]:
            answer = client.get(_address(page, OTHER, id_))
            assert answer.status_code in (302, 403, 404), (page.path, id_, answer.status_code)


def test_the_api_knows_no_more_than_the_pages(client, held):
    """Every address of the API: nothing for a stranger, nothing of a contract in which one has no role or no token."""
    from datetime import UTC, datetime, timedelta

    from django.test import Client

    from obc.bootstrap import tokens
    from obc.web.api.routes import api

    until = datetime.now(UTC) + timedelta(days=1)
    program = {"HTTP_AUTHORIZATION": f"Bearer {tokens.give('manager', CONTRACT, 'a walk', until)}"}
    stranger = Client(SERVER_NAME="localhost")
    _signed_in(client, "manager")
    walked = 0
    for path, verbs in api.get_openapi_schema()["paths"].items():
        for verb in verbs:
            parts = re.sub(r"\{(?!book)\w+\}", "1", path)
            other = PROGRAMME if "/programmes/" in path else OTHER
            theirs, none = parts.replace("{book}", other), parts.replace("{book}", "no-such-contract")
            asked = getattr(stranger, verb)
            assert asked(theirs).status_code in (401, 403), (verb, path)
            if "{book}" in path:
                for address in (theirs, none):
                    refused = (404, 422) if verb == "get" else (400, 404, 422)  # not 404: it could not be read
                    assert getattr(stranger, verb)(address, **program).status_code in refused, (verb, path)
                    assert verb != "get" or client.get(address).status_code in refused, path
                walked += 1
    assert walked >= 5


def test_nobody_can_make_themselves_an_account(client):
    assert b"closed" in client.get("/account/signup/").content.lower()
