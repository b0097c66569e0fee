"""Sign-in: nobody signs up; an administrator lets people in."""

from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):
    """No page on which strangers make themselves an account."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """See `client_address`."""
        return client_address(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def client_address(request: HttpRequest) -> str:
    """The address that somebody comes from. In production the web server before us adds it at the end of a header."""
    passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.PRODUCTION else ""
    try:
        return str(ip_address(passed_on))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", "127.0.0.1"))


def tried_username(request: HttpRequest | None, credentials: dict[str, str] | None) -> str:
    """As whom somebody tries to sign in, however it is spelt: what wrong passwords are counted by.

    Our sign-in form says `login`, Django `username`: counted by one and looked up by the other, nothing would lock.
    """
    given = credentials or (request.POST if request is not None else {})
    return str(given.get("username") or given.get("login") or "").lower()


def organisation(request: HttpRequest) -> dict[str, str]:
    """What the sign-in page calls the organisation that signs people in; nothing where none does."""
    return {"organisation": (settings.OIDC["NAME"] or "your organisation") if settings.OIDC["ISSUER"] else ""}
