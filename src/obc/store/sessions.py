"""Sessions of people, so that each can see and end their own."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession


def begin(request: Any, most: int) -> None:
    """Note a session; of more than `most` the oldest end."""
    UserSession.objects.create_from_request(request)
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    for one in others.order_by("-created_at", "-pk")[most - 1 :]:
        one.end()


def listed(user: str) -> list[UserSession]:
    """The sessions of a user that hold, the newest first."""
    found = UserSession.objects.filter(user__username=user).order_by("-created_at", "-pk")
    return [one for one in found if not one.purge()]


def forget(key: str | None) -> None:
    """A session is over."""
    UserSession.objects.filter(session_key=key).delete()


def has_second_factor(user: str) -> bool:
    """Whether a user has set one up."""
    return Authenticator.objects.filter(user__username=user, type=Authenticator.Type.TOTP).exists()
