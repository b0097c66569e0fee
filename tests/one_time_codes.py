"""The codes that an authenticator app shows."""

import base64
import hashlib
import hmac
import struct


def code_of(secret: str, at: float) -> str:
    """The six digits that an app shows (RFC 6238)."""
    padded = secret + "=" * (-len(secret) % 8)
    counted = hmac.new(base64.b32decode(padded), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    place = counted[-1] & 15
    return f"{(struct.unpack('>I', counted[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
