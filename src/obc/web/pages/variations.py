"""Variations: what is to change in the contract, in plain words, and whose word is still missing."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from pydantic import ValidationError

from obc.bootstrap import books, variations
from obc.domain.contract.variations.proposal import Wish
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.downloads import download

LARGEST = 5_000_000
"""Bytes of a contract's folder."""


@page("contracts/<slug:book>/changes/", Right.READ_CONTRACT, to_send=Right.PROPOSE_VARIATION)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For leads of both sides: what would change, who has agreed, and from when does it hold?"""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            made = variations.propose(visit.held, _wish(request), visit.person, now())
            messages.success(request, f"Proposed. It waits for {', '.join(made.waits_for)}.")
            return redirect("variations.listed", visit.held.id)
        except Problems as found:
            problems = found.problems
    context = {
        "visit": visit,
        "changes": variations.proposals(visit.held),
        "listing": variations.listing,
        "problems": problems,
        "sent": request.POST,
    }
    return render(request, "changes.jinja", context, status=422 if problems else 200)


@page("contracts/<slug:book>/changes/<slug:change>/", Right.PROPOSE_VARIATION, to_send=Right.PROPOSE_VARIATION)
def act(request: HttpRequest, visit: Visit, change: str) -> HttpResponse:
    """For each party: agree, refuse, withdraw; for the manager: take the new folder in, so that it takes effect."""
    try:
        book = variations.change_book(visit.held)
        verb, why = request.POST.get("verb", ""), request.POST.get("why", "").strip() or "as discussed"
        doing = Doing(visit.person, now(), why)
        if verb == "take effect":
            variations.take_in(visit.held, change, _folder(request), visit.person, now())
        elif verb in ("agree", "refuse", "withdraw"):
            getattr(book, verb)(change, doing)
        if verb:
            messages.success(request, f"Done: {verb}.")
    except Problems as problems:
        for one in problems.problems:
            messages.error(request, f"{one.where}: found {one.found}; {one.expected}")
    return redirect("variations.listed", visit.held.id)


@page("contracts/<slug:book>/contract.zip", Right.READ_CONTRACT)
def folder(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For analysts and lawyers: the contract's folder, as it holds now."""
    return download("contract.zip", books.folder_of(visit.held))


def _wish(request: HttpRequest) -> Wish:
    rows = zip(*(request.POST.getlist(key) for key in ("file", "at", "reads")), strict=True)
    changes = [{"file": file, "at": at, "reads": reads or None} for file, at, reads in rows if at.strip()]
    given = {key: request.POST.get(key, "").strip() for key in ("id", "title", "because", "effective")}
    try:
        date.fromisoformat(given["effective"])
        return Wish.model_validate({**given, "changes": changes})
    except (ValidationError, ValueError) as error:
        found = error.errors() if isinstance(error, ValidationError) else [{"loc": ("effective",), "msg": "no day"}]
        problems = (
            Problem(file="the proposal", where=".".join(map(str, one["loc"])), found=one["msg"], expected="fill it in")
            for one in found
        )
        raise Problems(tuple(problems)) from error


def _folder(request: HttpRequest) -> bytes:
    file = request.FILES.get("folder")
    if file is None or file.size > LARGEST:
        found = "nothing" if file is None else f"{file.size:,} bytes"
        problem = Problem(file="the folder", where="the file", found=found, expected=f"send a ZIP up to {LARGEST:,}")
        raise Problems((problem,))
    return file.read()
