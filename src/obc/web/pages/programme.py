"""The programme: its gates and its risks, and what members of its bodies do about them."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import programmes
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problems, refusal
from obc.domain.programme.gates.gate import GATE, Condition
from obc.domain.programme.risks.risk import RISK
from obc.domain.programme.risks.scale import LIKELIHOOD, SEVERITY, Rating
from obc.services import keep_risks, pass_gate
from obc.services.governance import Governance
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.downloads import showed

ACT = Right.ACT_IN_PROGRAMME


@page("programmes/<slug:book>/", Right.READ_PROGRAMME)
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the programme board: where does each contract stand, what is due, what stands in the way?"""
    shown = programmes.overview(visit.held, now().date())
    gates = visit.held.governance.gates.records
    return showed(request, "programme.jinja", {"visit": visit, "document": shown, "gates": gates})


@page("programmes/<slug:book>/risks/", Right.READ_PROGRAMME, to_send=ACT)
def risks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For risk owners and the board: which risks are beyond what we carry, and who does what about them?"""
    if request.method == "POST":
        return _done(request, visit, _RISK, "programme.risks", visit.held.id)
    records = [one for one in visit.held.governance.risks.records if RISK.verbs(one.state)]
    context = {
        "visit": visit,
        "document": programmes.risks(visit.held, now().date()),
        "risks": records,
        "steps": (("severity", SEVERITY), ("likelihood", LIKELIHOOD)),
    }
    return showed(request, "risks.jinja", context)


@page("programmes/<slug:book>/gates/<slug:record>/", Right.READ_PROGRAMME, to_send=ACT)
def gate(request: HttpRequest, visit: Visit, record: str) -> HttpResponse:
    """For members of the body that decides: what is asked, what was found, how do I vote, what was decided?"""
    if request.method == "POST":
        return _done(request, visit, _GATE, "programme.gate", visit.held.id, record)
    governed = visit.held.governance
    found = next((one for one in governed.gates.records if one.id == record), None)
    if found is None:
        raise Http404
    context = {
        "visit": visit,
        "gate": found,
        "body": governed.programme.body(found.body),
        "allowed": GATE.verbs(found.state),
        "findings": {one.criterion: one for one in found.findings},
        "people": governed.people.people,
    }
    return render(request, "gate.jinja", context)


def _done(request: HttpRequest, visit: Visit, acts: "_Acts", back: str, *parts: str) -> HttpResponse:
    """Do what was sent, and go back to the page, which says what came of it."""
    verb, why = request.POST.get("verb", ""), request.POST.get("why", "").strip()
    try:
        if verb not in acts:
            raise refusal("the page", verb or "nothing", "no act of this page", "use its buttons")
        done = programmes.doing(visit.held, visit.person.id, now(), why)
        acts[verb](visit.held.governance, request.POST.get("record", parts[-1]), request, done)
        messages.success(request, f"Done: {verb}.")
    except Problems as problems:
        for one in problems.problems:
            messages.error(request, f"Refused. {one.where}: found {one.found}; {one.expected}")
    return redirect(back, *parts)


_Acts = dict[str, Callable[[Governance, str, HttpRequest, Doing], object]]


def _assess(governed: Governance, risk: str, request: HttpRequest, doing: Doing) -> None:
    numbers = [request.POST.get(name, "") for name in ("severity", "likelihood")]
    if not all(one in ("1", "2", "3", "4", "5") for one in numbers):
        raise refusal(f"risk '{risk}'", "assess", "no step", "choose severity and likelihood")
    severity, likelihood = map(int, numbers)
    rating = Rating(severity=severity, likelihood=likelihood, because=doing.why or None)
    keep_risks.assess(governed, risk, rating, None, doing)


def _decide(says: str) -> Callable[[Governance, str, HttpRequest, Doing], None]:
    def decided(governed: Governance, gate: str, request: HttpRequest, doing: Doing) -> None:
        conditions = ()
        if says == "go with conditions":
            try:
                conditions = (
                    Condition(
                        id="condition-1",
                        what=request.POST.get("what", ""),
                        criterion=request.POST.get("criterion") or None,
                        owner=request.POST.get("owner", ""),
                        due=date.fromisoformat(request.POST.get("due", "")),
                    ),
                )
            except ValueError as error:
                found = "a condition without what, who or by when"
                raise refusal(f"gate '{gate}'", says, found, "fill all three in, the day as 2016-10-01") from error
        pass_gate.decide_gate(governed, gate, says, doing, conditions, request.POST.get("to") or None)

    return decided


def _judge(governed: Governance, gate: str, request: HttpRequest, doing: Doing) -> None:
    met = request.POST.get("met") == "yes"
    pass_gate.judge(governed, gate, request.POST.get("criterion", ""), met, request.POST.get("says", ""), doing)


def _vote(governed: Governance, gate: str, request: HttpRequest, doing: Doing) -> None:
    ballot = request.POST.get("ballot", "")
    if ballot not in ("go", "go with conditions", "stop", "abstain"):
        raise refusal(f"gate '{gate}'", "vote", "no vote", "choose one")
    pass_gate.vote(governed, gate, ballot, doing)


_GATE: _Acts = {
    "open": lambda governed, gate, _, doing: pass_gate.open_gate(governed, gate, doing),
    "gather": lambda governed, gate, _, doing: pass_gate.gather(governed, gate, doing),
    "judge": _judge,
    "vote": _vote,
    "go": _decide("go"),
    "go with conditions": _decide("go with conditions"),
    "stop": _decide("stop"),
}
_RISK: _Acts = {
    "assess": _assess,
    "escalate": lambda governed, risk, _, doing: keep_risks.escalate(governed, risk, None, doing),
}
