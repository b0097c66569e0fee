"""Who may do what is given and ended by an administrator, on record, and duties stay apart."""

import pytest

from obc.domain.core.kernel.problem import Problems
from web_visits import signed_in

CONTRACT = "oxfordshire-mental-health"
PEOPLE = f"/contracts/{CONTRACT}/people/"


@pytest.fixture(scope="module")
def held(django):
    from datetime import UTC, datetime

    from obc.bootstrap import demonstration

    return demonstration.load(CONTRACT, datetime(2016, 4, 1, tzinfo=UTC))


@pytest.fixture
def administrator(held, settings_of):

    return signed_in("administrator")


@pytest.fixture
def settings_of():
    """Mail goes into a list for the time of a test."""
    from django.core import mail
    from django.test import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield


def _user(name: str, email: str = "") -> str:
    from obc.store import people

    people.add_user(name, name.capitalize(), "a password of theirs", email or f"{name}@example.org")
    return name


def _send(client, **sent):
    return client.post(PEOPLE, {"why": "as agreed at the kick-off", **sent}, follow=True)


def test_the_page_says_who_has_which_role_since_when_and_by_whom(administrator):
    from obc.bootstrap import people
    from obc.web.words import day

    (analyst,) = [one for one in people.members(CONTRACT) if one.held.person == "analyst"]
    text = administrator.get(PEOPLE).content.decode()
    assert "analyst@example.org" in text and day(analyst.held.since.date()) in text and "by obc" in text


def test_a_role_that_is_given_and_ended_stands_in_the_trail_with_its_reason(administrator, held):
    from obc.bootstrap import auditing, books

    user = _user("second-manager")
    side = held.contract.agreement.commissioners[0].id
    answer = _send(administrator, verb="give", person=user, role="commissioner manager", organisation=side)
    assert b"is now commissioner manager" in answer.content
    assert books.person(user, CONTRACT).roles == ("commissioner manager",)
    answer = _send(administrator, verb="end", role=f"{user}-commissioner-manager")
    assert b"no longer commissioner manager" in answer.content and books.person(user, CONTRACT) is None
    lines = [one for one in auditing.actions(CONTRACT) if one.record == f"{user}-commissioner-manager"]
    assert [(one.verb, one.by, one.why) for one in lines] == [
        ("give", "administrator", "as agreed at the kick-off"),
        ("end", "administrator", "as agreed at the kick-off"),
    ]
    assert auditing.findings(CONTRACT) == ()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"person": "administrator", "role": "board"}, "gives to themselves"),
        ({"person": "analyst", "role": "provider lead", "side": 1}, "does not approve what they earn"),
        ({"person": "manager", "role": "commissioner finance"}, "does not approve what is paid"),
        ({"person": "analyst", "role": "auditor", "side": 1}, "does not audit their own acts"),
        ({"person": "finance", "role": "provider lead", "side": 1}, "nobody acts for both sides"),
        ({"person": "manager", "role": "commissioner manager"}, "held already"),
        ({"person": "nobody-known", "role": "board"}, "invite them first"),
        ({"person": "manager", "role": "emperor"}, "choose one from the list"),
        ({"person": "a-provider", "role": "commissioner manager", "side": 1}, "commissions nothing here"),
        ({"person": "a-provider", "role": "assessor", "side": 1}, "no interest in a provider"),
        ({"person": "a-provider", "role": "provider lead", "why": " "}, "no reason"),
    ],
)
def test_what_may_not_be_given_is_refused_in_words_and_what_was_typed_is_kept(administrator, held, sent, words):
    from html import unescape

    from obc.bootstrap import auditing

    _user("a-provider")
    agreement = held.contract.agreement
    organisation = agreement.holder.id if sent.pop("side", 0) else agreement.commissioners[0].id
    before = len(auditing.actions(CONTRACT))
    answer = _send(administrator, verb="give", organisation=organisation, **sent)
    text = unescape(answer.content.decode())
    assert answer.status_code == 422 and words in text and f'value="{sent["person"]}"' in text
    assert len(auditing.actions(CONTRACT)) == before


def test_the_last_administrator_cannot_be_ended_nor_locked(administrator, held):
    from datetime import UTC, datetime

    from obc.bootstrap import people

    now = datetime(2016, 5, 1, tzinfo=UTC)
    with pytest.raises(Problems, match="the last administrator"):
        people.end(CONTRACT, "administrator-administrator", people.OPERATOR, now, "gone")
    with pytest.raises(Problems, match="the last administrator"):
        people.lock("administrator", people.OPERATOR, now, "gone")
    assert b"your own" in _send(administrator, verb="lock", person="administrator").content


def test_a_locked_account_is_signed_out_at_once_and_cannot_sign_in(administrator, held):
    from django.test import Client

    user = _user("leaver")
    _send(administrator, verb="give", person=user, role="board", organisation="a-body")
    client = Client(SERVER_NAME="localhost")
    signed = {"login": user, "password": "a password of theirs"}
    assert client.post("/account/login/", signed).status_code == 302
    assert client.get(f"/contracts/{CONTRACT}/").status_code == 200
    assert b"locked out" in _send(administrator, verb="lock", person=user).content
    assert client.get(f"/contracts/{CONTRACT}/").status_code == 302
    client.post("/account/login/", signed)
    assert client.get(f"/contracts/{CONTRACT}/").status_code == 302
    assert b"can sign in again" in _send(administrator, verb="unlock", person=user).content
    assert client.post("/account/login/", signed).status_code == 302
    assert client.get(f"/contracts/{CONTRACT}/").status_code == 200


def test_an_administrator_of_one_contract_does_not_lock_people_of_another(administrator, held):
    from datetime import UTC, datetime

    from obc.bootstrap import books, demonstration, people

    now = datetime(2016, 5, 1, tzinfo=UTC)
    books.hold("richmond-community", demonstration.LOADER, now, "another contract")
    user = _user("in-both")
    _send(administrator, verb="give", person=user, role="board", organisation="a-body")
    people.give("richmond-community", user, people.Role.BOARD, "a-body", people.OPERATOR, now, "there as well")
    for verb in ("lock", "invite again"):
        assert b"other contracts" in _send(administrator, verb=verb, person=user).content, verb
    assert b"nobody with a role here" in _send(administrator, verb="lock", person="somebody-else").content


def test_a_role_that_was_written_into_the_database_by_hand_is_noticed(administrator, held):
    from obc.bootstrap import auditing
    from obc.store.models import Membership

    user = _user("intruder")
    from django.contrib.auth import get_user_model

    forged = Membership.objects.create(
        user=get_user_model().objects.get(username=user), book_id=CONTRACT, role="auditor", organisation="a-body"
    )
    assert [one.where for one in auditing.findings(CONTRACT)] == ["role intruder"]
    forged.delete()
    assert auditing.findings(CONTRACT) == ()


def test_whoever_runs_obc_makes_the_first_administrator_by_commands(held):
    from command import obc

    named = ("--user", "first-of-all")
    made = obc("people", "add", *named, "--name", "First", "--email", "first-of-all@example.org")
    assert made.status == 0 and "/account/enter/first-of-all/" in made.out
    assert "/account/enter/first-of-all/" in obc("people", "link", *named).out
    role, why = ("--role", "administrator"), ("--why", "runs the contract office")
    given = obc("people", "give", CONTRACT, *named, *role, "--for", "a-body", *why)
    assert given.status == 0 and "is now administrator" in given.out
    assert "first-of-all" in obc("people", "show", CONTRACT).out
    shown = obc("people", "show", CONTRACT, "--format", "json").json["roles"]
    (mine,) = [one for one in shown if one["person"] == "first-of-all"]
    assert (mine["sign_in"], mine["given_by"], mine["until"]) == ("invited", "obc", None)
    assert "locked out" in obc("people", "lock", *named, *why).out
    assert "can sign in" in obc("people", "unlock", *named, *why).out
    assert "no longer administrator" in obc("people", "end", CONTRACT, *named, *role, *why).out
    for words, found in (
        (("people", "give", "no-such-book", *named, *role, "--for", "a-body", *why), "nothing of that id"),
        (("people", "give", CONTRACT, *named, "--role", "emperor", "--for", "a-body", *why), "no role"),
        (("people", "add", *named, "--name", "First", "--email", "other@example.org"), "somebody who has an account"),
        (("people", "add", "--user", "No Slug", "--name", " ", "--email", "nowhere"), "lower-case words"),
        (("people", "link", "--user", "administrator"), "somebody who has a password"),
        (("people", "link", "--user", "no-such-user"), "nobody"),
    ):
        refused = obc(*words)
        assert refused.status == 1 and found in refused.out + refused.err, words


def test_who_is_invited_gets_one_link_that_works_once(administrator, held):
    from datetime import UTC, datetime

    from django.core import mail
    from django.test import Client

    from obc.bootstrap import people, post

    answer = _send(
        administrator,
        verb="invite",
        person="new-colleague",
        name="A Colleague",
        email="new@example.org",
        role="board",
        organisation="a-body",
    )
    assert b"is invited" in answer.content and people.account_of("new-colleague").invited
    assert post.send(datetime.now(UTC)) >= 1
    (sent,) = [one for one in mail.outbox if one.to == ["new@example.org"]]
    path = next(line for line in sent.body.splitlines() if "/account/enter/" in line).partition("8000")[2]
    assert "Colleague" not in sent.body and post.send(datetime.now(UTC)) == 0
    stranger = Client(SERVER_NAME="localhost")
    assert stranger.get(path[:-5] + "aaaa/").status_code == 404
    assert b"too short" in stranger.post(path, {"new_password1": "short", "new_password2": "short"}).content
    chosen = {"new_password1": "three words together", "new_password2": "three words together"}
    assert stranger.post(path, chosen).status_code == 302
    assert stranger.get(path).status_code == 404, "it works once"
    signed = stranger.post("/account/login/", {"login": "new-colleague", "password": "three words together"})
    assert signed.status_code == 302 and stranger.get(f"/contracts/{CONTRACT}/").status_code == 200
    taken = _send(administrator, verb="invite", person="other", name="O", email="NEW@example.org", role="board")
    assert b"somebody who has an account" in taken.content


def test_who_lost_phone_and_password_is_let_in_anew(administrator, held):
    from datetime import UTC, datetime

    from django.core import mail
    from django.test import Client

    from obc.bootstrap import post

    user = _user("lost-it-all")
    _send(administrator, verb="give", person=user, role="board", organisation="a-body")
    client = Client(SERVER_NAME="localhost")
    client.post("/account/login/", {"login": user, "password": "a password of theirs"})
    assert client.get(f"/contracts/{CONTRACT}/").status_code == 200
    assert b"gets a new link" in _send(administrator, verb="invite again", person=user).content
    assert client.get(f"/contracts/{CONTRACT}/").status_code == 302
    again = client.post("/account/login/", {"login": user, "password": "a password of theirs"})
    assert again.status_code == 200 and post.send(datetime.now(UTC)) >= 1
    assert any(
        "/account/enter/lost-it-all/" in one.body for one in mail.outbox if one.to == ["lost-it-all@example.org"]
    )


def test_the_link_of_an_invitation_ends_after_seven_days(administrator, held):
    from datetime import datetime, timedelta
    from unittest.mock import patch

    from django.contrib.auth import get_user_model
    from django.contrib.auth.tokens import default_token_generator as links

    user = get_user_model().objects.get(username=_user("late-comer"))
    for days, works in ((6, True), (8, False)):
        with patch.object(type(links), "_now", lambda self, days=days: datetime.now() - timedelta(days=days)):
            link = links.make_token(user)
        assert links.check_token(user, link) is works
