"""Variations: what is to change in the contract, in plain words, what it is worth, and whose word is still missing."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from pydantic import ValidationError

from obc.bootstrap import books, offers, stakes, variations
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.proposal import Proposal, Wish
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.downloads import download, showed
from obc.web.entries import in_file
from obc.web.parties import named

LARGEST = 5_000_000
"""Bytes of a contract's folder."""
NAMES = ("without it", "with it")
_DONE = {
    "take effect": "The change is in force: the contract reads as agreed.",
    "agree": "Agreed.",
    "refuse": "Refused: the contract stays as it is.",
    "withdraw": "Withdrawn.",
}


@page("contracts/<slug:book>/changes/", Right.READ_CONTRACT)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For boards and leads of both sides: what changes, what is it worth, who has agreed, from when does it hold?"""
    shown = []
    for one in variations.changes_of(visit.held):
        both = variations.versions(visit.held, one)
        said = offers.told(*both) if both else ()
        shown.append((one, said, stakes.worth_of(*both, now().date()) if both else ""))
    return render(request, "changes.jinja", {"visit": visit, "changes": shown})


@page("contracts/<slug:book>/propose/", Right.PROPOSE_VARIATION, to_send=Right.PROPOSE_VARIATION)
def propose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For managers and provider leads who know the place in the folder: propose what is to stand there."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            made = variations.propose(visit.held, _wish(request), visit.person, now())
            messages.success(request, f"Proposed. It waits for {named(visit.held.contract.agreement, made.waits_for)}.")
            return redirect("variations.listed", visit.held.id)
        except Problems as found:
            problems = found.problems
    context = {"visit": visit, "problems": problems, "sent": request.POST}
    return render(request, "change_propose.jinja", context, status=422 if problems else 200)


@page("contracts/<slug:book>/changes/<slug:change>/", Right.READ_CONTRACT, to_send=Right.PROPOSE_VARIATION)
def one(request: HttpRequest, visit: Visit, change: str) -> HttpResponse:
    """For each party: read the change, agree, refuse, withdraw; for the manager: let it take effect. For boards: what
    exactly changes, and what is it worth to whom?
    """
    found = variations.proposal(visit.held, change)
    if found is None:
        raise Http404
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _act(request, visit, change)
            return redirect("variations.one", visit.held.id, change)
        except Problems as refused:
            problems = tuple(map(in_file, refused.problems))
    context = {
        "visit": visit,
        "one": found,
        "offer": offers.offer_of(visit.held, change),
        "listing": variations.listing(found),
        "problems": problems,
        **_worth(visit, found, variations.versions(visit.held, found)),
    }
    return showed(request, "change.jinja", context, 422 if problems else 200)


@page("contracts/<slug:book>/contract.zip", Right.READ_CONTRACT)
def folder(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For analysts and lawyers: the contract's folder, as it holds now."""
    return download("contract.zip", books.folder_of(visit.held))


def _act(request: HttpRequest, visit: Visit, change: str) -> None:
    verb, why = request.POST.get("verb", ""), request.POST.get("why", "").strip() or "as discussed"
    if verb == "take effect" and request.FILES.get("folder"):
        variations.take_in(visit.held, change, sent_folder(request), visit.person, now())
    elif verb == "take effect":
        offers.take_effect(visit.held, change, visit.person, now())
    elif verb in ("agree", "refuse", "withdraw"):
        getattr(variations.change_book(visit.held), verb)(change, Doing(visit.person, now(), why))
    else:
        return
    messages.success(request, _DONE[verb])


def _worth(visit: Visit, one: Proposal, both: tuple[Contract, Contract] | None) -> dict[str, object]:
    """What changes and what it is worth; figures of a last year only for those who may see them."""
    if both is None:
        return {"said": (), **stakes.on_page(None)}
    last = stakes.last_year(visit.held.id) if visit.may(Right.READ_WORKING) else None
    on = min(now().date(), one.effective)
    return {"said": offers.told(*both), **stakes.on_page(stakes.earning(*both, on, last, stakes.SPREAD, NAMES))}


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


def sent_folder(request: HttpRequest) -> bytes:
    """The folder that was sent as a ZIP. Raises `Problems`: nothing, or too much."""
    file = request.FILES.get("folder")
    if file is None or file.size > LARGEST:
        found = "nothing" if file is None else f"{file.size:,} bytes"
        problem = Problem(
            file="the folder", where="folder", found=found, expected=f"send a ZIP up to {LARGEST:,} bytes"
        )
        raise Problems((problem,))
    return file.read()
