"""Tokens: how a program shows on whose behalf it asks."""

from datetime import datetime

from obc.store import tokens


def give(user: str, book: str, purpose: str, until: datetime, may_send: bool = False) -> str:
    """A new token, which can be read this once. Without `may_send` it reads only. Raises `Problems`."""
    return tokens.give(user, book, purpose, until, may_send)


def recognised(token: str, now: datetime) -> tuple[str, str, bool] | None:
    """The user and the only book of a token that holds, and whether it may send; None for any other."""
    return tokens.recognised(token, now)


def revoke(token: str, now: datetime) -> bool:
    """End a token before its day."""
    return tokens.revoke(token, now)
