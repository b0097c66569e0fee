"""Keys of the parties in the database, and their history as a file that travels with a statement.

No private key of a party ever comes here. The history is signed with a key of this installation, which is made once
and stays in its home: it vouches for the days on which signatures were taken in.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from obc.bootstrap.books import Held
from obc.bootstrap.proving import KEYS, KEYS_SIGNATURE
from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.workflow import key_acts
from obc.domain.contract.workflow.keys import (
    KIND,
    KeyHistory,
    PartyKey,
    Rotation,
    TakenIn,
    Term,
    key_id,
    key_on,
    terms,
)
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.trail import Action, act
from obc.loaders.contract_archive import zipped
from obc.reports import signature as signatures
from obc.store import book as books

OWN_KEY = "signing-key.pem"


@dataclass(frozen=True)
class Shown:
    """A key as its page shows it: `term`, if it ever was in force, and whether it is now."""

    key: PartyKey
    office: str
    term: Term | None
    now: bool


def shown(held: Held, today: date) -> tuple[Shown, ...]:
    """Every key of every party: those the contract lists first, then those that followed."""
    agreement, keys = held.contract.agreement, books.standing(held.id, KIND, PartyKey)
    offices = {one.party: one.office for one in agreement.signatories}
    known = {
        one.party: terms(one.public_key, one.party, held.id, keys, signatures.marked) for one in agreement.signatories
    }
    found = []
    for one in key_acts.listed(keys, agreement):
        mine = known.get(one.party, ())
        term = next((term for term in mine if term.public_key == one.public_key), None)
        found.append(Shown(one, offices.get(one.party, ""), term, key_on(mine, today) == one.public_key))
    return tuple(found)


def propose(held: Held, content: bytes, by: Person, at: datetime, why: str) -> PartyKey:
    """Take the file of a rotation in. Raises `Problems`."""
    try:
        rotation = Rotation.model_validate_json(content)
    except ValidationError as error:
        expected = "send the file that 'obc keys rotate' wrote"
        raise refusal("the rotation", "the file", "no rotation of a key", expected) from error
    agreement, day = held.contract.agreement, at.date()
    with books.acting(held.id) as write:
        keys = books.standing(held.id, KIND, PartyKey)
        after = key_acts.proposed(keys, rotation, agreement, by, day, signatures.marked)
        write(lambda last: _line(last, None, after, "propose", by, at, why))
    return after


def change(held: Held, id_: str, verb: str, by: Person, at: datetime, why: str, begins: date | None = None) -> PartyKey:
    """Confirm, withdraw or revoke a key. `begins`: from which day a revocation holds. Raises `Problems`."""
    agreement, day = held.contract.agreement, at.date()
    acts: dict[str, Callable[[PartyKey], PartyKey]] = {
        "confirm": lambda one: key_acts.confirmed(one, agreement, by, day),
        "withdraw": lambda one: key_acts.withdrawn(one, agreement, by),
        "revoke": lambda one: key_acts.revoked(one, agreement, by, begins or day, why),
    }
    if verb not in acts:
        raise refusal("the keys", "the page", f"'{verb}'", "use the buttons of the page")
    with books.acting(held.id) as write:
        keys = books.standing(held.id, KIND, PartyKey)
        one = next((one for one in key_acts.listed(keys, agreement) if one.id == id_), None)
        if one is None:
            raise refusal("the keys", id_, "no such key", "choose one from the list")
        before, after = (one if one in keys else None), acts[verb](one)
        write(lambda last: _line(last, before, after, verb, by, at, why))
    return after


def in_force(book: str, agreement: Agreement, party: str, day: date) -> dict[str, str]:
    """The key that a party's signature is checked against on a day, by party; none where it has none in force."""
    root = next((one.public_key for one in agreement.signatories if one.party == party), None)
    if root is None:
        return {}
    key = key_on(terms(root, party, book, books.standing(book, KIND, PartyKey), signatures.marked), day)
    if key is None:
        raise refusal("the signature", party, "a party without a key in force", "list a new key, by a variation")
    return {party: key}


def history(book: str, one: Submission, as_of: date) -> KeyHistory:
    """The keys of a contract since those that it lists, and when the signatures under a statement were taken in."""
    keys = tuple(key for key in books.standing(book, KIND, PartyKey) if key.state in ("confirmed", "revoked"))
    taken = tuple(TakenIn(party=given.party, signature=given.paper, on=given.at.date()) for given in one.signatures)
    return KeyHistory(contract=book, as_of=as_of, keys=keys, taken_in=taken)


def bundle(files: dict[str, bytes], kept: KeyHistory) -> bytes:
    """A statement's files with the history of keys beside them, in a ZIP: what `obc verify` takes once unpacked."""
    return zipped({**files, KEYS: kept.document, KEYS_SIGNATURE: _vouched(kept.document)})


def own_public_key() -> str:
    """The public key with which this installation vouches for what it writes."""
    return signatures.public_of(_own_key())


def _vouched(content: bytes) -> bytes:
    private = _own_key()
    return f"{signatures.public_of(private)} {signatures.mark(content, private)}\n".encode()


def _own_key() -> str:
    """The private key of this installation; made when it is first needed, and readable by its owner only."""
    from django.conf import settings

    file = Path(settings.HOME) / OWN_KEY
    if not file.exists():
        pair = signatures.new_keys()
        unfinished = file.with_name(f".{OWN_KEY}.{key_id(pair.public_key)}")
        unfinished.touch(mode=0o600, exist_ok=False)
        unfinished.write_text(pair.private_pem)
        with suppress(FileExistsError):  # somebody else was quicker: theirs is the one
            file.hardlink_to(unfinished)
        unfinished.unlink()
    return file.read_text()


def _line(
    last: tuple[Action, ...], before: PartyKey | None, after: PartyKey, verb: str, by: Person, at: datetime, why: str
) -> Action:
    done = max(at, last[0].at) if last else at
    return act(last, before, after, kind=KIND, verb=verb, by=by, at=done, why=why)
