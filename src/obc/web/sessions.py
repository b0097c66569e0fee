"""Sessions: how long one lasts, how many a person has."""

import time
from collections.abc import Callable

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from obc.bootstrap import accounts

BEGAN, SEEN = "began", "seen"
"""Where a session keeps when it began, and when it was last used (to the minute)."""


class SessionLimits:
    """Ends a session that was idle, or lasted, too long; and the oldest where a person has too many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, if the session still holds; else ask to sign in again."""
        if request.user.is_authenticated:
            now, session = int(time.time()), request.session
            if BEGAN not in session:
                session[BEGAN] = session[SEEN] = now
                for one in session.get(AUTHENTICATION_METHODS_SESSION_KEY, ()):
                    one["reauthenticated"] = True  # who has just signed in need not show at once that it is them
                accounts.begin_session(request, settings.MOST_SESSIONS)
            if now - session[BEGAN] > settings.SESSION_COOKIE_AGE:
                return _over(request, "You were signed in for long enough: sign in again.")
            if now - session[SEEN] > settings.IDLE_SECONDS:
                return _over(request, "Nothing was done for a while: sign in again.")
            if now - session[SEEN] >= 60:
                session[SEEN] = now
        return self.get_response(request)


def _over(request: HttpRequest, why: str) -> HttpResponse:
    accounts.end_session(request.session.session_key)
    logout(request)
    if request.path.startswith("/api/"):
        return HttpResponse("sign in again", status=401, content_type="text/plain")
    messages.info(request, why)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
