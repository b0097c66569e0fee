"""Tokens: given, recognised, revoked."""

import secrets
from datetime import datetime

from django.contrib.auth import get_user_model

from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.provenance import digest
from obc.store.models import Membership, Token


def give(user: str, book: str, purpose: str, until: datetime, may_send: bool) -> str:
    """A new token for somebody's program, in one book. It can be read this once. Raises `Problems`."""
    if not Membership.objects.filter(user__username=user, book=book, until=None).exists():
        raise refusal("the token", user, f"nobody with a role in {book}", "give the role first")
    token = f"obc_{secrets.token_urlsafe(32)}"
    owner = get_user_model().objects.get(username=user)
    Token.objects.create(
        digest=digest(token.encode()), user=owner, book_id=book, purpose=purpose, until=until, may_send=may_send
    )
    return token


def recognised(token: str, now: datetime) -> tuple[str, str, bool] | None:
    """The user and the book of a token that holds, and whether it may send; None for any other."""
    found = Token.objects.filter(digest=digest(token.encode()), revoked=None, until__gt=now, user__is_active=True)
    return found.values_list("user__username", "book_id", "may_send").first()


def revoke(token: str, now: datetime) -> bool:
    """End a token before its day. Returns whether there was one."""
    return bool(Token.objects.filter(digest=digest(token.encode()), revoked=None).update(revoked=now))
