"""Signatures are made over raw bytes: no byte of a statement can change unnoticed."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.reports.signature import new_keys, refusals, sign

DOCUMENT = canonical_json({"settlements": [{"party": "a", "payable_minor": 123456}], "schema_version": 1})
LEAD, PAYER = new_keys(b"1" * 32), new_keys(b"2" * 32)
KEYS = {"lead": LEAD.public_key, "payer": PAYER.public_key}
SIGNED = {
    "statement.lead.sig": sign(DOCUMENT, "lead", LEAD.private_pem),
    "statement.payer.sig": sign(DOCUMENT, "payer", PAYER.private_pem),
}


def test_a_statement_that_all_have_signed_is_accepted() -> None:
    assert refusals(DOCUMENT, SIGNED, KEYS) == ()


def test_every_change_of_a_single_byte_is_refused() -> None:
    for i in range(len(DOCUMENT)):
        changed = DOCUMENT[:i] + bytes([DOCUMENT[i] ^ 1]) + DOCUMENT[i + 1 :]
        assert len(refusals(changed, SIGNED, KEYS)) == 4


@given(st.integers(0, len(DOCUMENT)), st.binary(min_size=1, max_size=3))
def test_bytes_put_in_or_cut_off_are_refused(place: int, more: bytes) -> None:
    assert refusals(DOCUMENT[:place] + more + DOCUMENT[place:], SIGNED, KEYS)
    if place < len(DOCUMENT):
        assert refusals(DOCUMENT[:place], SIGNED, KEYS)


def test_every_signatory_must_have_signed() -> None:
    one = {name: content for name, content in SIGNED.items() if "lead" in name}
    assert refusals(DOCUMENT, one, KEYS) == ("no valid signature of payer",)
    assert refusals(DOCUMENT, {}, KEYS) == ("no valid signature of lead", "no valid signature of payer")
    assert "lists no keys" in refusals(DOCUMENT, SIGNED, {})[0]


def test_a_signature_of_somebody_else_does_not_count() -> None:
    stranger = new_keys()
    assert refusals(DOCUMENT, SIGNED | {"x.sig": sign(DOCUMENT, "x", stranger.private_pem)}, KEYS) == (
        "x.sig: 'x' is no signatory of the contract",
    )
    forged = {"statement.lead.sig": sign(DOCUMENT, "lead", stranger.private_pem)}
    assert "does not belong to this statement" in refusals(DOCUMENT, SIGNED | forged, KEYS)[0]


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b"[1]", b'{"party":"lead"}', b"\xff"])
def test_another_file_is_no_signature(content: bytes) -> None:
    reasons = refusals(DOCUMENT, SIGNED | {"statement.lead.sig": content}, KEYS)
    assert reasons == ("statement.lead.sig: no signature file", "no valid signature of lead")


@pytest.mark.parametrize("change", [{"signature": "?"}, {"signature": ""}, {"statement": digest(b"another")}])
def test_a_mended_signature_file_is_refused(change: dict[str, str]) -> None:
    content = json.loads(SIGNED["statement.lead.sig"]) | change
    assert "does not belong" in refusals(DOCUMENT, SIGNED | {"statement.lead.sig": canonical_json(content)}, KEYS)[0]


def test_a_key_that_is_none_verifies_nothing() -> None:
    assert "does not belong" in refusals(DOCUMENT, SIGNED, KEYS | {"lead": "AAAA"})[0]


def test_keys_from_a_seed_are_the_same_and_others_are_not() -> None:
    assert new_keys(b"1" * 32) == LEAD
    assert new_keys() != new_keys()
    assert len(base64.b64decode(LEAD.public_key)) == 32


def test_signing_twice_gives_the_same_bytes() -> None:
    assert sign(DOCUMENT, "lead", LEAD.private_pem) == SIGNED["statement.lead.sig"]


def test_a_key_of_another_kind_cannot_sign() -> None:
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ValueError, match="no Ed25519 key"):
        sign(DOCUMENT, "lead", other.decode())
