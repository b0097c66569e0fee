"""Offers: what the parties put to each other, round after round, what each is worth, and whose word is missing."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from obc.bootstrap import offers, stakes
from obc.bootstrap.books import contract_in
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.draft import Draft
from obc.domain.contract.variations.offer import Offer, rounds
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems
from obc.web.access import Visit, now, page
from obc.web.downloads import download, showed
from obc.web.parties import named

IN_FORCE = "in-force"
"""What an offer can be compared with beside other offers: the contract as it was when it was made."""


@page("contracts/<slug:book>/offers/", Right.READ_OFFERS)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For both sides: who offered what and when, what is it worth, and what waits for us? Compare any two."""
    made = offers.offers_of(visit.held)
    first, second = request.GET.get("first", ""), request.GET.get("second", "")
    if first and second and {first, second} <= {IN_FORCE, *(one.id for one in made)}:
        if first == IN_FORCE:
            first, second = second, first
        if first != IN_FORCE:
            return redirect("offers.against", visit.held.id, first, second)
    shown = [(one, _told(one), _worth(one)) for one in made[::-1]]
    return showed(request, "offers.jinja", {"visit": visit, "offers": shown, "drafts": _mine(visit)})


@page("contracts/<slug:book>/offers/<slug:offer>/", Right.READ_OFFERS, to_send=Right.ANSWER_OFFER)
def one(request: HttpRequest, visit: Visit, offer: str) -> HttpResponse:
    """For who speaks for a party: accept, decline, counter, or take back; for all of both sides: what is offered?"""
    found = _offer(visit, offer)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _answered(request, visit, found)
        except Problems as refused:
            problems = refused.problems
    context = {
        "visit": visit,
        "offer": found,
        "rounds": rounds(offers.offers_of(visit.held), found),
        "said": _told(found),
        **_earning(visit, contract_in(found.base), contract_in(found.folder), ("without it", "as offered")),
        "problems": problems,
        "sent": request.POST,
    }
    return showed(request, "offer.jinja", context)


@page("contracts/<slug:book>/offers/<slug:offer>/against/<slug:other>/", Right.READ_OFFERS)
def against(request: HttpRequest, visit: Visit, offer: str, other: str) -> HttpResponse:
    """For both sides: between two offers, or an offer and the contract, what differs, and what is that worth?"""
    found = _offer(visit, offer)
    base = None if other == IN_FORCE else _offer(visit, other)
    before = contract_in(base.folder if base else found.base)
    after = contract_in(found.folder)
    names = (base.proposal.title if base else "the contract", found.proposal.title)
    context = {
        "visit": visit,
        "names": names,
        "said": offers.told(before, after),
        **_earning(visit, before, after, ("the first", "the second")),
    }
    return showed(request, "offers_compared.jinja", context)


@page("contracts/<slug:book>/offers/<slug:offer>/folder.zip", Right.READ_OFFERS)
def folder(request: HttpRequest, visit: Visit, offer: str) -> HttpResponse:
    """For analysts and lawyers of both sides: the folder as it was offered."""
    return download("contract.zip", offers.folder_of(_offer(visit, offer)))


def offered(request: HttpRequest, visit: Visit, draft: Draft) -> Offer:
    """The offer that a form makes of a draft. Raises `Problems`, all at once."""
    given = {key: request.POST.get(key, "").strip() for key in ("title", "message", "effective")}
    problems = [
        Problem(file="the form", where=key, found="nothing", expected=cure)
        for key, cure in (("title", "give it a title"), ("message", "say why, in a sentence"))
        if not given[key]
    ]
    effective = None
    try:
        effective = date.fromisoformat(given["effective"])
    except ValueError:
        found, cure = f"'{given['effective']}'", "write a day as 2027-04-01"
        problems.append(Problem(file="the form", where="effective", found=found, expected=cure))
    if problems or effective is None:
        raise Problems(tuple(problems))
    made = offers.make(visit.held, draft, given["title"], given["message"], effective, visit.person, now())
    messages.success(request, f"Offered. It waits for {named(visit.held.contract.agreement, made.waits_for)}.")
    return made


def _answered(request: HttpRequest, visit: Visit, found: Offer) -> HttpResponse:
    verb, says = request.POST.get("verb", ""), request.POST.get("says", "").strip()
    if verb == "go on":
        made = offers.go_on_from(visit.held, found, visit.person, now())
        return redirect("editor.one", visit.held.id, made.id)
    if verb == "accept":
        after = offers.accept(visit.held, found, says or "accepted", visit.person, now())
        if after.state == "accepted":
            messages.success(request, "All have accepted: it is a change of the contract now.")
            return redirect("variations.one", visit.held.id, after.id)
        messages.success(request, f"Accepted. It waits for {named(visit.held.contract.agreement, after.waits_for)}.")
    elif verb in ("decline", "withdraw"):
        if not says:
            raise Problems(
                (Problem(file="the form", where="says", found="nothing", expected="say why, in a sentence"),)
            )
        (offers.decline if verb == "decline" else offers.withdraw)(visit.held, found, says, visit.person, now())
        messages.success(request, "Declined." if verb == "decline" else "Withdrawn.")
    return redirect("offers.one", visit.held.id, found.id)


def _offer(visit: Visit, name: str) -> Offer:
    found = offers.offer_of(visit.held, name)
    if found is None:
        raise Http404
    return found


def _mine(visit: Visit) -> tuple[Draft, ...]:
    drafts = offers.drafts_of(visit.held, visit.person.organisation) if visit.may(Right.DRAFT) else ()
    return tuple(one for one in drafts if one.state == "open")


def _told(one: Offer) -> tuple[object, ...]:
    return offers.told(contract_in(one.base), contract_in(one.folder))


def _worth(one: Offer) -> str:
    return stakes.worth_of(contract_in(one.base), contract_in(one.folder), one.proposal.proposed)


def _earning(visit: Visit, before: Contract, after: Contract, names: tuple[str, str]) -> dict[str, object]:
    last = stakes.last_year(visit.held.id) if visit.may(Right.READ_WORKING) else None
    return stakes.on_page(stakes.earning(before, after, now().date(), last, stakes.SPREAD, names))
