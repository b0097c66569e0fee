"""Returns: what is handed in beside the figures of a year, by form."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from obc.bootstrap import handing_in
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.web.access import Visit, now, page
from obc.web.downloads import showed
from obc.web.pages.submissions import may_hand_in, visible


@page("contracts/<slug:book>/submissions/<slug:id_>/returns/", Right.READ_WORKING, to_send=Right.HAND_IN)
def handed_in(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For finance of both sides: what did care cost by open book, and what else hangs the settlement on our word?"""
    one = visible(visit, id_)
    asked = handing_in.asked_of(one)
    if not asked:
        raise Http404
    may = may_hand_in(visit, one)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            if not may:
                raise refusal(one.id, "the form", f"figures that are {one.state}", "hand in with those that stand")
            rows = [_row(request, number, item.input.input) for number, item in enumerate(asked)]
            seen = request.POST.get("seen") or None
            made = handing_in.hand_in(visit.held, one, handing_in.written(one, rows), seen, visit.person, now())
            messages.success(request, _said(made.id == one.id))
            return redirect("submissions.one", visit.held.id, made.id)
        except Problems as found:
            problems = found.problems
    context = {
        "visit": visit,
        "one": one,
        "asked": asked,
        "currency": visit.held.contract.agreement.currency,
        "sure": handing_in.SURE,
        "settled": one.state in handing_in.SETTLED,
        "may": may,
        "typed": request.POST,
        "problems": problems,
    }
    return showed(request, "returns.jinja", context, 422 if problems else 200)


def _row(request: HttpRequest, number: int, figure: str) -> dict[str, str]:
    typed = {part: request.POST.get(f"{part}-{number}", "").strip() for part in ("value", "evidence", "source")}
    return {**typed, "figure": figure, "value": typed["value"].removeprefix("£").replace(",", "")}


def _said(same: bool) -> str:
    if same:
        return "Handed in. Both sides agree the figures with these before them."
    return "Handed in: the year is submitted anew with the same figures. Both sides review, agree and approve it."
