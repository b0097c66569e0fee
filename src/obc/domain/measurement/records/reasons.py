"""Reasons: what can be wrong with a row of records."""

from typing import Literal

Reason = Literal[
    "malformed line",
    "missing value",
    "unreadable value",
    "unknown code",
    "wrong order",
    "in the future",
    "before birth",
    "after death",
    "no such row",
    "repeated",
    "contradicted",
]
"""Why a row has a fault. repeated: the same row again. contradicted: another row of the same key says something
else, and nothing says which is later. no such row: what it belongs to is not among the accepted rows."""

MISSING: tuple[Reason, ...] = ("missing value",)
INVALID: tuple[Reason, ...] = ("malformed line", "unreadable value", "unknown code")
INCONSISTENT: tuple[Reason, ...] = (
    "wrong order",
    "in the future",
    "before birth",
    "after death",
    "no such row",
    "repeated",
    "contradicted",
)
"""What a reason is a fault of: of what is there, of how it is written, of how it agrees with the rest."""
