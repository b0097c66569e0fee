"""Audit: who did what, when and why, and whether the chain of it holds."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from obc.bootstrap import auditing
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.trail import changes, head
from obc.web.access import Visit, page
from obc.web.downloads import download


@page("contracts/<slug:book>/audit/", Right.READ_AUDIT)
def trail(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For auditors: what happened, in order, and can I trust that this is all of it?"""
    actions = auditing.actions(visit.held.id)
    listed = Paginator(actions[::-1], 50).get_page(request.GET.get("page"))
    context = {
        "visit": visit,
        "listed": listed,
        "changes": {one.number: changes(one) for one in listed},
        "findings": auditing.findings(visit.held.id),
        "head": head(actions),
    }
    return render(request, "audit.jinja", context)


@page("contracts/<slug:book>/audit.json", Right.READ_AUDIT)
def export(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For auditors: the whole trail as a file that `obc audit verify` checks away from here."""
    content = json.dumps(auditing.export(visit.held.id), ensure_ascii=False, indent=1).encode()
    return download("audit.json", content)
