"""The second factor: whoever must have one and has none sets it up before they see any page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from obc.bootstrap import accounts

BY_OPENID = "by_openid"
"""Where a session keeps that the person's own organisation signed them in."""

_ON_THE_WAY = frozenset({"account_logout", "account_reauthenticate", "mfa_activate_totp"})
"""What can be reached without one: how to set it up, and the way out."""


class SecondFactor:
    """Leads to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the check comes once it is known which page is meant."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, parts: Any) -> HttpResponse | None:
        """The page that sets one up, in place of any other."""
        if not request.user.is_authenticated or not required(request):
            return None
        if request.resolver_match.url_name in _ON_THE_WAY or accounts.has_second_factor(request.user.get_username()):
            return None
        if request.path.startswith("/api/"):
            return HttpResponse("set up a second factor first", status=403, content_type="text/plain")
        return redirect("mfa_activate_totp")


def required(request: HttpRequest) -> bool:
    """Whether the visitor must have one. Where it is optional, in production only for those whom OpenID signed in."""
    if settings.SECOND_FACTOR != "optional":
        return True
    return settings.PRODUCTION and not request.session.get(BY_OPENID, False)
