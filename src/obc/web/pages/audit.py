"""Audit: who did what, when and why, and whether the chain of it holds."""

import json
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from obc.bootstrap import auditing
from obc.bootstrap.programmes import HeldProgramme
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem
from obc.domain.core.kernel.trail import Action, changes, head
from obc.web.access import Visit, page
from obc.web.downloads import download

A_PAGE = 50
"""Actions on one page."""


@dataclass(frozen=True)
class Sought:
    """Which actions are asked for; what is empty asks for nothing. Days are local ones, both included."""

    kind: str
    by: str
    since: str
    until: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Sought":
        """What the address says."""
        return cls(*(request.GET.get(name, "").strip()[:80] for name in ("kind", "by", "since", "until")))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Days that are none."""
        expected = "write a day as 2016-04-30"
        return tuple(
            Problem(file="the page", where=name, found=f"'{text}'", expected=expected)
            for name, text in (("since", self.since), ("until", self.until))
            if text and _day(text) is None
        )

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return urlencode({name: text for name, text in vars(self).items() if text})

    def among(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        """The actions asked for, the newest first."""
        since, until = _day(self.since), _day(self.until)
        return tuple(
            one
            for one in reversed(actions)
            if self.kind in ("", one.kind)
            and self.by in ("", one.by)
            and (since is None or timezone.localtime(one.at).date() >= since)
            and (until is None or timezone.localtime(one.at).date() <= until)
        )


@page("contracts/<slug:book>/audit/", Right.READ_AUDIT)
def trail(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For auditors: what happened, in order, and can I trust that this is all of it?"""
    return _shown(request, visit)


@page("contracts/<slug:book>/audit/actions.<str:ending>", Right.READ_AUDIT)
def actions(request: HttpRequest, visit: Visit, ending: str) -> HttpResponse:
    """For auditors: the actions that the page lists, all of them, to sort and count."""
    return _listed(request, visit, ending)


@page("contracts/<slug:book>/audit.json", Right.READ_AUDIT)
def export(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For auditors: the whole trail as a file that `obc audit verify` checks away from here."""
    return _exported(visit)


@page("programmes/<slug:book>/audit/", Right.READ_AUDIT)
def programme_trail(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For auditors: who decided what on the way to the contract, and can I trust that this is all of it?"""
    return _shown(request, visit)


@page("programmes/<slug:book>/audit/actions.<str:ending>", Right.READ_AUDIT)
def programme_actions(request: HttpRequest, visit: Visit, ending: str) -> HttpResponse:
    """For auditors: the actions that the page lists, all of them, to sort and count."""
    return _listed(request, visit, ending)


@page("programmes/<slug:book>/audit.json", Right.READ_AUDIT)
def programme_export(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For auditors: the whole trail as a file that `obc audit verify` checks away from here."""
    return _exported(visit)


def _shown(request: HttpRequest, visit: Visit) -> HttpResponse:
    happened = auditing.actions(visit.held.id)
    sought = Sought.of(request)
    listed = Paginator(sought.among(happened), A_PAGE).get_page(request.GET.get("page"))
    prefix = "audit.programme_" if isinstance(visit.held, HeldProgramme) else "audit."
    context = {
        "visit": visit,
        "listed": listed,
        "all": len(happened),
        "sought": sought,
        "kinds": sorted({one.kind for one in happened}),
        "people": sorted({one.by for one in happened}),
        "changes": {one.number: changes(one) for one in listed},
        "findings": auditing.findings(visit.held.id),
        "head": head(happened),
        "pages": {name: f"{prefix}{name}" for name in ("actions", "export")},
    }
    return render(request, "audit.jinja", context, status=422 if sought.problems else 200)


def _exported(visit: Visit) -> HttpResponse:
    content = json.dumps(auditing.export(visit.held.id), ensure_ascii=False, indent=1).encode()
    return download("audit.json", content)


def _listed(request: HttpRequest, visit: Visit, ending: str) -> HttpResponse:
    if ending not in ("csv", "xlsx"):
        raise Http404
    found = Sought.of(request).among(auditing.actions(visit.held.id))
    return download(f"actions.{ending}", auditing.listed(found, ending))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
