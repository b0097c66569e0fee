"""Signatures: Ed25519 (RFC 8032) over the raw bytes of a statement, detached, one file a party."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from pydantic import BaseModel, ConfigDict, ValidationError

from obc.domain.core.kernel.provenance import canonical_json, digest


class Signature(BaseModel):
    """What a signature file holds. The key is not in it: it is checked against the one the contract lists."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: str
    algorithm: Literal["Ed25519"] = "Ed25519"
    statement: str
    signature: str


class KeyPair(BaseModel):
    """A party's keys: the private one in PEM (PKCS 8), the public one as the contract lists it (32 bytes, base64)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    private_pem: str
    public_key: str


def new_keys(seed: bytes | None = None) -> KeyPair:
    """A new pair of keys. With 32 bytes of `seed`, always the same pair: for demonstrations only."""
    private = Ed25519PrivateKey.from_private_bytes(seed) if seed else Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return KeyPair(private_pem=pem, public_key=base64.b64encode(public).decode())


def sign(document: bytes, party: str, private_pem: str) -> bytes:
    """The content of a party's signature file for a statement. Raises ValueError for a key of another kind."""
    return canonical_json(Signature(party=party, statement=digest(document), signature=mark(document, private_pem)))


def public_of(private_pem: str) -> str:
    """The public key of a private one. Raises ValueError for a key of another kind."""
    public = _private(private_pem).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(public).decode()


def mark(content: bytes, private_pem: str) -> str:
    """A bare signature over any bytes, in base64. Raises ValueError for a key of another kind."""
    return base64.b64encode(_private(private_pem).sign(content)).decode()


def marked(content: bytes, signature: str, public_key: str) -> bool:
    """Whether a bare signature over these bytes holds under a public key (32 bytes, base64)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def party_of(content: bytes) -> str:
    """Whose signature a file says it is; nobody's where it is no signature file."""
    try:
        return Signature.model_validate(json.loads(content)).party
    except (ValidationError, ValueError):
        return ""


def refusals(document: bytes, signatures: Mapping[str, bytes], keys: Mapping[str, str]) -> tuple[str, ...]:
    """Why the signatures do not hold, one reason each; nothing where every party of `keys` has signed these bytes.

    `signatures` are the contents of signature files by file name; `keys` the public keys by party, from the
    contract. A contract that lists no keys cannot be verified.
    """
    if not keys:
        return ("the contract lists no keys to check signatures against",)
    reasons: list[str] = []
    signed: set[str] = set()
    for name, content in sorted(signatures.items()):
        try:
            given = Signature.model_validate(json.loads(content))
        except (ValidationError, ValueError):
            reasons.append(f"{name}: no signature file")
            continue
        if given.party not in keys:
            reasons.append(f"{name}: '{given.party}' is no signatory of the contract")
        elif not _holds(document, given, keys[given.party]):
            reasons.append(f"{name}: the signature of {given.party} does not belong to this statement")
        else:
            signed.add(given.party)
    return (*reasons, *(f"no valid signature of {party}" for party in keys if party not in signed))


def _private(pem: str) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("the key is no Ed25519 key")
    return key


def _holds(document: bytes, given: Signature, public_key: str) -> bool:
    return given.statement == digest(document) and marked(document, given.signature, public_key)
