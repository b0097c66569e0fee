"""Contracts: which there are, and for each what it is about, how it stands, what is due next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from obc.bootstrap import books, programmes, submissions
from obc.domain.contract.workflow.rights import Right
from obc.web.access import ANYBODY, Visit, page, visitor
from obc.web.due import due_next


@page("", None)
def portfolio(request: HttpRequest) -> HttpResponse:
    """For everybody who has a role: which contract waits for me? For the public: what is published?"""
    mine = []
    for held in books.all_held():
        person = visitor(request, held.id)
        if person is not None:
            mine.append(
                {"held": held, "person": person, "due": due_next(Visit(person, held)) if person != ANYBODY else ()}
            )
    steered = [one for one in programmes.all_held() if visitor(request, one.id) not in (None, ANYBODY)]
    return render(request, "portfolio.jinja", {"mine": mine, "programmes": steered})


@page("contracts/<slug:book>/", Right.READ_CONTRACT)
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For commissioner and provider leads: how does the contract stand, and what do I do next?"""
    contract = visit.held.contract
    listed = submissions.submissions(visit.held.id) if visit.may(Right.READ_AGREED) else ()
    agreed = [one for one in listed if one.statement]
    latest = next(iter(agreed), None)
    statement = submissions.statement_of(latest) if latest else None
    context = {
        "visit": visit,
        "contract": contract,
        "due": due_next(visit),
        "latest": latest,
        "account": statement.settlements[0] if statement else None,
    }
    return render(request, "contract.jinja", context)


@page("contracts/<slug:book>/framework/", Right.READ_CONTRACT)
def framework(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For boards and representatives: which outcomes matter, and how is each measured?"""
    contract = visit.held.contract
    titles = {one.id: one.title for one in contract.definitions}
    return render(request, "framework.jinja", {"visit": visit, "contract": contract, "titles": titles})
