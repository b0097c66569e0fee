"""Keys: which key of which party is in force, the next one, and one that must not be trusted any more."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import keys
from obc.domain.contract.workflow.parties import consents
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.web.access import Visit, now, page

LARGEST = 10_000
"""Bytes of a rotation."""


@page("contracts/<slug:book>/keys/", Right.READ_CONTRACT, to_send=Right.MANAGE_KEYS)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For each party's leads: which key do we sign with, is it still only ours, and whose key is checked against?"""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            messages.success(request, _act(request, visit))
            return redirect("keys.listed", visit.held.id)
        except Problems as found:
            problems = found.problems
    context = {
        "visit": visit,
        "shown": keys.shown(visit.held, now().date()),
        "mine": consents(visit.held.contract.agreement, visit.person, ()) if visit.may(Right.MANAGE_KEYS) else (),
        "own": keys.own_public_key(),
        "problems": problems,
        "sent": request.POST if problems else {},
        "today": now().date(),
    }
    return render(request, "keys.jinja", context, status=422 if problems else 200)


def _act(request: HttpRequest, visit: Visit) -> str:
    verb, why = request.POST.get("verb", ""), request.POST.get("why", "").strip()
    if verb == "propose":
        file = request.FILES.get("rotation")
        if file is None or file.size > LARGEST:
            raise refusal("the rotation", "the file", "none, or one too large", "send what 'obc keys rotate' wrote")
        made = keys.propose(visit.held, file.read(), visit.person, now(), why or "a new key")
        return f"Key {made.id} is proposed. A second person of {made.party} confirms it."
    begins = None
    if verb == "revoke":
        try:
            begins = date.fromisoformat(request.POST.get("begins", ""))
        except ValueError:
            raise refusal("the key", "revoke", "no day", "write it as 2016-10-01") from None
        if not why:
            raise refusal("the key", "revoke", "no reason", "say what happened to it")
    changed = keys.change(visit.held, request.POST.get("key", ""), verb, visit.person, now(), why or verb, begins)
    return f"Key {changed.id} is {changed.state}."
