"""Refusals that come before any page of ours is asked: in our words, and with no detail of the inside."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from obc.web.access import refused

FORGED = (
    "What you sent did not come from a page of ours, or the page was open for too long. "
    "Nothing was changed. Go back, load the page again, and send it once more."
)
TOO_LARGE = "What you sent is too large. Nothing was changed. Send less at a time."
UNREADABLE = "What you sent cannot be read. Nothing was changed."


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of its page."""
    return refused(request, FORGED, 403)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that is no proper one: too large, for another host, or malformed."""
    if isinstance(exception, RequestDataTooBig):
        return refused(request, TOO_LARGE, 413)
    return refused(request, UNREADABLE, 400)
