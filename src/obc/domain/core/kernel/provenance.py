"""Provenance: where a figure comes from, how good it is, and the bytes that stand for it."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel

ILLUSTRATIVE = "illustrative"
"""The source of a number that no source gives."""


class Evidence(StrEnum):
    """How far a value can be relied on. Missing is never zero."""

    NOT_DUE = "not due"
    MISSING = "missing"
    INSUFFICIENT = "insufficient"
    DISPUTED = "disputed"
    PROVISIONAL = "provisional"
    FINAL = "final"

    @classmethod
    def weakest(cls, *states: "Evidence") -> "Evidence":
        """What a figure made of several is worth: no more than its weakest part (order of declaration)."""
        order = list(cls)
        return min(states, key=order.index, default=cls.MISSING)

    @property
    def usable(self) -> bool:
        """Whether a number stands behind it."""
        return self in (Evidence.PROVISIONAL, Evidence.FINAL)


def canonical_json(content: Any) -> bytes:
    """The one spelling of `content`: UTF-8, keys sorted, no spaces, a newline at the end.

    Decimals, dates and models have one text form each; floats are refused, since they have none that
    every language agrees on (RFC 8785 needs a float printer; we need none).
    """
    return (json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def digest(content: bytes | Any) -> str:
    """`sha256:` and the hexadecimal hash of bytes, or of the canonical JSON of anything else."""
    raw = content if isinstance(content, bytes) else canonical_json(content)
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _plain(content: Any) -> Any:
    kind = type(content)
    if kind in _AS_IT_IS:
        return content
    if kind is dict:  # by far the most there is: its text and numbers are not looked at twice
        return {str(key): item if type(item) in _AS_IT_IS else _plain(item) for key, item in content.items()}
    match content:
        case str():
            return str(content)
        case int():
            return content
        case float():
            raise TypeError("a float has no canonical form: give an integer or a Decimal")
        case Decimal():
            text = format(content.normalize(), "f")
            return "0" if text == "-0" else text
        case date():
            return content.isoformat()
        case BaseModel():
            return _plain(content.model_dump(by_alias=True))
        case dict():
            return _plain(dict(content))
        case list() | tuple():
            return [_plain(item) for item in content]
    raise TypeError(f"{kind.__name__} has no canonical form")


_AS_IT_IS = {type(None), bool, int, str}
"""What stands in JSON as it is."""


SourceKind = Literal["stated", "illustrative"]


def kind_of(source: str) -> SourceKind:
    """Whether a source is one, or says that there is none."""
    return "illustrative" if source.startswith(ILLUSTRATIVE) else "stated"
