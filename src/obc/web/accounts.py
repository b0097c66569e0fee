"""Sign-in: nobody signs up; an administrator lets people in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):
    """No page on which strangers make themselves an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def organisation(request: HttpRequest) -> dict[str, str]:
    """What the sign-in page calls the organisation that signs people in; nothing where none does."""
    return {"organisation": (settings.OIDC["NAME"] or "your organisation") if settings.OIDC["ISSUER"] else ""}
