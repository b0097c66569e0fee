"""Keys on the server: rotated by two people of the party, revoked by one, heeded online and offline."""

import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from command import obc
from copied_contract import held_copy
from obc.bootstrap.proving import seed_for_show
from obc.domain.core.kernel.problem import Problems
from obc.reports.signature import new_keys, sign
from returns import counts

ORIGINAL, CONTRACT = "oxfordshire-mental-health", "a-contract-of-keys"
NOON = datetime(2019, 5, 1, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(scope="module")
def held(django):
    """A contract of this file's own."""
    with held_copy(ORIGINAL, CONTRACT, NOON) as made:
        yield made


@pytest.fixture(scope="module")
def settled(held):
    """The contract with a settled year and its parties' people."""
    from obc.bootstrap import demonstration, submissions
    from obc.bootstrap.work import work_once
    from obc.domain.contract.workflow import review
    from obc.store import people

    who = {name: people.person(name, held.id) for name in demonstration.NAMES.values()}
    values = submissions.values_in("year-4.csv", counts(held.contract, 4))
    one, _ = submissions.submit(held, values, 4, None, who["analyst"], NOON)
    agreement = held.contract.agreement

    def act(verb, by, changed):
        submissions.act_on(held, one.id, verb, lambda before: changed(before, who[by]), who[by], NOON, verb)

    act("take up", "manager", lambda s, by: review.moved(s, "take up", by))
    for name in ("joint-group", "provider-lead"):
        act("agree", name, lambda s, by: review.agreed(s, agreement, by, NOON))
    for name in ("finance", "provider-lead"):
        act("approve", name, lambda s, by: review.approved(s, agreement, by, NOON))
    while work_once(lambda: NOON):
        pass
    assert submissions.submission(held.id, one.id).state == "settled"
    return held, one.id, who


@pytest.fixture
def demo_keys(tmp_path):
    """The demonstration's private keys, which anybody can work out, in files of the parties."""

    def file_of(party):
        file = tmp_path / f"{party}.pem"
        file.write_text(new_keys(seed_for_show(party)).private_pem)
        return file

    return file_of


@pytest.fixture
def verify(settled, tmp_path):
    """`obc verify` of a statement, against the folder of the contract."""
    from obc.bootstrap import books
    from obc.loaders.contract_archive import unpack

    folder = tmp_path / "contract"
    folder.mkdir()
    unpack(books.folder_of(settled[0]), folder)
    return lambda statement, *more: obc("verify", statement, "--contract", folder, *more)


def _unpacked(held, id_, folder):
    from obc.bootstrap import showing, submissions

    with ZipFile(BytesIO(showing.statement_bundle(submissions.submission(held.id, id_)))) as packed:
        packed.extractall(folder)
    return folder / "statement.json"


def test_a_key_is_rotated_and_revoked_and_each_signature_counts_by_its_day(settled, demo_keys, verify, tmp_path):
    from obc.bootstrap import keys, showing, submissions

    held, id_, who = settled
    lead, payer, other = (
        held.contract.agreement.holder.id,
        *(one.party for one in held.contract.agreement.signatories[:2]),
    )
    new = new_keys(b"n" * 32)
    written = tmp_path / "rotation.json"
    begins = TODAY + timedelta(days=10)
    rotate = ("keys", "rotate", "--contract", CONTRACT, "--party", lead, "--old", demo_keys(lead))
    made = obc(*rotate, "--new", new.public_key, "--from", begins, written)
    assert made.status == 0, made.err

    with pytest.raises(Problems, match="each party looks after its own"):
        keys.propose(held, written.read_bytes(), who["manager"], NOON, "not mine")
    forged = json.loads(written.read_text()) | {"begins": str(TODAY)}
    with pytest.raises(Problems, match="one that does not hold"):
        keys.propose(held, json.dumps(forged).encode(), who["provider-lead"], NOON, "earlier")
    one = keys.propose(held, written.read_bytes(), who["provider-lead"], NOON, "a new machine")
    with pytest.raises(Problems, match="a second person"):
        keys.change(held, one.id, "confirm", who["provider-lead"], NOON, "it is ours")
    assert keys.in_force(held.id, held.contract.agreement, lead, begins) != {lead: new.public_key}
    assert keys.change(held, one.id, "confirm", who["analyst"], NOON, "it is ours").state == "confirmed"

    document = submissions.document_of(submissions.submission(held.id, id_))
    later = NOON + timedelta(days=11)
    old_one = sign(document, lead, demo_keys(lead).read_text())
    with pytest.raises(Problems, match="does not belong"):
        submissions.sign(held, id_, old_one, who["provider-lead"], later)
    submissions.sign(held, id_, sign(document, lead, new.private_pem), who["provider-lead"], later)
    submissions.sign(held, id_, sign(document, payer, demo_keys(payer).read_text()), who["joint-group"], later)
    submissions.sign(held, id_, sign(document, other, demo_keys(other).read_text()), who["joint-group"], later)

    statement = _unpacked(held, id_, tmp_path / "first")
    accepted = verify(statement, "--vouched-by", keys.own_public_key())
    assert accepted.status == 0, accepted.out
    (tmp_path / "first" / "keys.json").unlink()
    assert verify(statement).status == 1, "without its history the new key is nobody's"

    # revoked from a later day: what was signed before stays good
    later_still = later + timedelta(days=20)
    keys.change(held, one.id, "revoke", who["provider-lead"], later_still, "the laptop was stolen", later_still.date())
    assert verify(_unpacked(held, id_, tmp_path / "second")).status == 0
    assert not showing.verdict(submissions.submission(held.id, id_)).reasons
    with pytest.raises(Problems, match="without a key in force"):
        submissions.sign(held, id_, sign(document, lead, new.private_pem), who["provider-lead"], later_still)

    # a signature that nobody took in before counts as of today, and is refused
    folder = tmp_path / "third"
    statement = _unpacked(held, id_, folder)
    history = keys.history(held.id, submissions.submission(held.id, id_), later_still.date())
    stripped = history.model_copy(update={"taken_in": ()})
    with ZipFile(BytesIO(keys.bundle({}, stripped))) as packed:
        packed.extractall(folder)
    refused = verify(statement)
    assert refused.status == 1 and "was revoked from 2019-06-01" in refused.out


def test_a_history_that_was_changed_or_comes_from_elsewhere_is_refused(settled, verify, tmp_path):
    from obc.bootstrap import keys

    held, id_, _ = settled
    statement = _unpacked(held, id_, tmp_path)
    known = statement.with_name("keys.json")
    stranger = verify(statement, "--vouched-by", new_keys().public_key)
    assert stranger.status == 1 and "not the word of" in stranger.out
    known.write_bytes(known.read_bytes().replace(b"20", b"21", 1))
    changed = verify(statement, "--vouched-by", keys.own_public_key())
    assert changed.status == 1 and "does not belong to it" in changed.out
    known.write_text("nonsense")
    assert "no history of keys" in verify(statement).out


def test_the_keys_page_shows_each_key_and_a_party_acts_on_its_own_only(settled):
    from django.contrib.auth import get_user_model
    from django.test import Client

    held, _, _ = settled
    first, mine = held.contract.agreement.signatories[0], held.contract.agreement.holder.id
    address = f"/contracts/{CONTRACT}/keys/"
    client = Client(SERVER_NAME="localhost")
    for user in ("provider-lead", "board"):
        client.force_login(get_user_model().objects.get(username=user), "django.contrib.auth.backends.ModelBackend")
        text = client.get(address).content.decode()
        assert first.public_key in text and "Oxfordshire Clinical Commissioning Group: key" in text
        assert (f"--party {mine}" in text) is (user == "provider-lead")
        sent = {"verb": "revoke", "key": "no-such-key", "why": "x", "begins": str(date(2019, 5, 1))}
        assert client.post(address, sent).status_code == (422 if user == "provider-lead" else 403)
    client.force_login(
        get_user_model().objects.get(username="provider-lead"), "django.contrib.auth.backends.ModelBackend"
    )
    for sent, words in (
        ({"verb": "revoke", "key": "x", "begins": "soon"}, b"no day"),
        ({"verb": "revoke", "key": "x", "begins": "2019-05-01", "why": ""}, b"no reason"),
        ({"verb": "propose"}, b"none, or one too large"),
        ({"verb": "eat"}, b"use the buttons"),
    ):
        assert words in client.post(address, sent).content


def test_no_private_key_of_a_party_is_in_the_database_nor_in_the_home(settled):
    from django.conf import settings

    from obc.store.models import Line

    assert not Line.objects.filter(after__contains="PRIVATE KEY").exists()
    kept = [path.name for path in settings.HOME.rglob("*.pem")]
    assert kept == ["signing-key.pem"] and (settings.HOME / "signing-key.pem").stat().st_mode & 0o077 == 0
