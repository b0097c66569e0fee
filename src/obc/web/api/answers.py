"""How the API answers: each answer with its tag, long lists in parts, and a word when it is asked too much."""

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled

from obc.bootstrap import submissions
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.provenance import digest
from obc.web.access import Visit
from obc.web.pages.submissions import may_see

LONGEST = 1_000
"""Rows of one answer."""
NOTHING = "There is nothing here for you to see."


class Answering(NinjaAPI):
    """Answers with the `ETag` of what it says: who has it already is told so (304) and sent nothing."""

    def create_response(
        self, request: HttpRequest, data: Any, *, status: int | None = None, temporal_response: Any = None
    ) -> HttpResponse:
        """The answer; of one that was asked for before, its tag alone."""
        made = super().create_response(request, data, status=status, temporal_response=temporal_response)
        if request.method not in ("GET", "HEAD") or made.status_code != 200:
            return made
        tag = f'"{digest(bytes(made.content))}"'
        made.headers["ETag"] = tag
        return get_conditional_response(request, etag=tag, response=made)


def slowed_down(request: HttpRequest, throttled: Throttled, api: NinjaAPI) -> HttpResponse:
    """Too many requests: when to come again, in words; the header `Retry-After` says the same."""
    seconds = max(1, ceil(throttled.wait or 1))
    return api.create_response(request, {"detail": f"Too many requests. Ask again in {seconds} s."}, status=429)


def part(items: Any, offset: int, limit: int) -> dict[str, Any]:
    """Some of a long list, and how long it is."""
    return {"total": len(items), "offset": offset, "limit": limit, "items": tuple(items[offset : offset + limit])}


def visible(found: Visit, id_: str) -> Submission:
    """A submission that the asker may see; for others there is none."""
    one = submissions.submission(found.held.id, id_)
    if one is None or not may_see(found, one):
        raise HttpError(404, NOTHING)
    return one
