"""Statements: signed and verified."""

from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import refusal
from obc.reports import signature as signatures
from obc.services.restate import read_statement
from obc.services.verify import Verdict
from obc.services.verify import verify as verify_statement


def verify(statement: Path, contract: Contract) -> Verdict:
    """Check a statement and the signatures beside it."""
    given = {path.name: path.read_bytes() for path in sorted(statement.parent.glob(f"{statement.stem}.*.sig"))}
    return verify_statement(bytes_of(statement), given, contract, signatures.refusals)


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
