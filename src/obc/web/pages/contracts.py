"""Contracts: which there are, and for each what it is about, how it stands, what is due next."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from obc.bootstrap import programmes, showing, submissions
from obc.bootstrap.portfolio import HeldFor, contracts_for
from obc.domain.contract.agreement.key_dates import key_dates
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import Submission, open_to_all
from obc.web.access import ANYBODY, Visit, now, page, visitor
from obc.web.downloads import showed
from obc.web.due import due_next
from obc.web.pages.submissions import may_see

AHEAD = timedelta(days=400)
"""How far the home of a contract looks ahead: a year, and what is paid soon after."""


@page("", None)
def portfolio(request: HttpRequest) -> HttpResponse:
    """For everybody who has a role: which contract waits for me? For the public: what is published?"""
    user = request.user.get_username() if request.user.is_authenticated else None
    mine = [_card(one) for one in contracts_for(user) if user is None or one.person is not None]
    steered = [one for one in programmes.all_held() if visitor(request, one.id) not in (None, ANYBODY)]
    return render(request, "portfolio.jinja", {"mine": mine, "programmes": steered})


def _card(one: HeldFor) -> dict[str, object]:
    """A contract in the list: how far its figures are, what comes next, what waits for the visitor."""
    visit = Visit(one.person or ANYBODY, one.held)
    working = [given for given in one.submissions if may_see(visit, given)]
    seen = working if visit.may(Right.READ_AGREED) else open_to_all(one.submissions)[::-1]
    today = now().date()
    years = [given for given in seen if given.quarter is None]
    telling = _telling(seen)
    return {
        "held": one.held,
        "person": one.person,
        "due": due_next(visit, one.submissions) if one.person else (),
        "submissions": years[:3],
        "told": showing.standing(one.held, telling).lead if telling else "",
        "next": next(iter(key_dates(one.held.contract, today, today + AHEAD)), None),
    }


@page("contracts/<slug:book>/", Right.READ_CONTRACT)
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For commissioner and provider leads: how does the contract stand, and what do I do next?"""
    contract = visit.held.contract
    given = submissions.submissions(visit.held.id) if visit.may(Right.READ_AGREED) else ()
    seen = [one for one in given if may_see(visit, one)]
    latest = _telling(seen)
    today = now().date()
    context = {
        "visit": visit,
        "contract": contract,
        "due": due_next(visit, given),
        "seen": seen[:5],
        "latest": latest,
        "document": showing.standing(visit.held, latest) if latest else None,
        "dates": key_dates(contract, today, today + AHEAD),
    }
    return showed(request, "contract.jinja", context)


def _telling(seen: Iterable[Submission]) -> Submission | None:
    """The submission that tells most: the newest that is settled, else the newest that is scored."""
    years = [one for one in seen if one.quarter is None and one.state not in ("sent back", "restated")]
    return next((one for one in years if one.statement), next((one for one in years if one.scorecard), None))


@page("contracts/<slug:book>/framework/", Right.READ_CONTRACT)
def framework(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For boards and representatives: which outcomes matter, and how is each measured?"""
    return showed(request, "framework.jinja", {"visit": visit, "document": showing.framework(visit.held)})
