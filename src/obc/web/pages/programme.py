"""The programme: where its contracts stand, what is due, and the way to each of its parts."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from obc.bootstrap import programme_pages
from obc.bootstrap.programmes import HeldProgramme, actor
from obc.domain.contract.workflow.rights import Right
from obc.domain.programme.gates.portfolio import Due
from obc.services.portfolio import portfolio
from obc.web.access import Visit, now, page
from obc.web.downloads import showed


@page("programmes/<slug:book>/", Right.READ_PROGRAMME)
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the programme board: where does each contract stand, what is due and whose it is, what stands in the way?"""
    held, today = visit.held, now().date()
    due = portfolio(held.governance, today).due
    gates = held.governance.gates.records
    context = {
        "visit": visit,
        "document": programme_pages.overview(held, today),
        "gates": [(reverse("gates.gate", args=[held.id, one.id]), one) for one in gates],
        "over": ("passed", "superseded"),
        "mine": [(_address(held, one), one) for one in due if one.owner == visit.person.id],
        "known": actor(held, visit.person.id) is not None,
    }
    return showed(request, "programme.jinja", context)


def _address(held: HeldProgramme, one: Due) -> str:
    """Where something that is due can be done."""
    if one.kind in ("gate", "condition"):
        return reverse("gates.gate", args=[held.id, one.id.split("/")[0]])
    if one.kind == "risk":
        return reverse("risks.risk", args=[held.id, one.id])
    return reverse("plan.tasks", args=[held.id])
