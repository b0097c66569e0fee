"""Statements: signed and verified."""

import hashlib
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.keys import KeyHistory, Rotation
from obc.domain.core.kernel.problem import refusal
from obc.reports import signature as signatures
from obc.services.restate import read_statement
from obc.services.verify import Verdict
from obc.services.verify import verify as verify_statement

KEYS, KEYS_SIGNATURE = "keys.json", "keys.json.sig"
"""The history of keys, and the signature of the installation under it: beside a statement, where keys changed."""


def verify(statement: Path, contract: Contract, vouched_by: str | None = None) -> Verdict:
    """Check a statement and the signatures beside it, by the history of keys where there is one.

    `vouched_by`: the public key of the installation whose word on the days of signatures is trusted; none: any.
    """
    given = {path.name: path.read_bytes() for path in sorted(statement.parent.glob(f"{statement.stem}.*.sig"))}
    history, by, wrong = read_history(statement.parent)
    if vouched_by is not None and not wrong and vouched_by != by:
        wrong = (f"{KEYS}: {f'the word of {by}' if by else 'no history of keys'}, not the word of {vouched_by}",)
    found = verify_statement(bytes_of(statement), given, contract, signatures.refusals, history, signatures.marked)
    return found._replace(reasons=(*wrong, *found.reasons), signed_by=() if wrong else found.signed_by, vouched_by=by)


def read_history(folder: Path) -> tuple[KeyHistory | None, str, tuple[str, ...]]:
    """The history beside a statement, the key that vouches for it, and what is wrong with it."""
    file, under = folder / KEYS, folder / KEYS_SIGNATURE
    if not file.exists():
        return None, "", ()
    content = file.read_bytes()
    try:
        kept = KeyHistory.model_validate_json(content)
        by, mark = under.read_text().split()
    except (ValidationError, ValueError, OSError):
        return None, "", (f"{KEYS}: no history of keys, or no signature under it ({KEYS_SIGNATURE})",)
    if not signatures.marked(content, mark, by):
        return None, by, (f"{KEYS}: the signature under it does not belong to it",)
    return kept, by, ()


def rotate(contract: str, party: str, old: Path, public_key: str, begins: date) -> Rotation:
    """A new key, signed with the old one, on the party's own machine. Raises `Problems`."""
    try:
        private = bytes_of(old).decode()
        unsigned = Rotation(
            contract=contract,
            party=party,
            replaces=signatures.public_of(private),
            public_key=public_key,
            begins=begins,
            signature="",
        )
        return unsigned.model_copy(update={"signature": signatures.mark(unsigned.signed, private)})
    except ValidationError as error:
        found = "; ".join(one["msg"] for one in error.errors())
        raise refusal("the rotation", "its facts", found, "mend it") from error
    except ValueError as error:
        raise refusal(old.name, "the file", "no private key of ours", "give the file that 'obc key' wrote") from error


def sign(statement: Path, party: str, key: Path) -> Path:
    """Sign a statement for a party; the signature is a file beside it. Returns its path."""
    document = bytes_of(statement)
    read_statement(document)
    try:
        signature = signatures.sign(document, party, bytes_of(key).decode())
    except ValueError as error:
        raise refusal(
            key.name, "the file", "no private key of the kind we sign with", "give the file that 'obc key' wrote"
        ) from error
    return _signature(statement, party, signature)


def seed_for_show(party: str) -> bytes:
    """The seed of a party's key. It stands here for all to read: what it signs proves nothing but the arithmetic."""
    return hashlib.sha256(f"obc demonstration key of {party}".encode()).digest()


def sign_for_show(statement: Path, party: str, seed: bytes) -> Path:
    """Sign with a key that anybody can work out from `seed`: for demonstrations only."""
    content = signatures.sign(bytes_of(statement), party, signatures.new_keys(seed).private_pem)
    return _signature(statement, party, content)


def new_key(out: Path) -> str:
    """Write a new private key into a file that only its owner may read; returns the public key."""
    pair = signatures.new_keys()
    try:
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(pair.private_pem)
    except OSError as error:
        raise refusal(out.name, "the file", error.strerror or "a place to write to", "name a new file") from error
    return pair.public_key


def _signature(statement: Path, party: str, content: bytes) -> Path:
    path = statement.with_name(f"{statement.stem}.{party}.sig")
    path.write_bytes(content)
    return path


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises `Problems` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refusal(path.name, "the file", error.strerror or "no file", "give the path of a file") from error
