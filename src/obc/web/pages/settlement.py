"""Settlement: what was scored, what is paid, and the document that proves it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import figures_out, showing, submissions
from obc.domain.contract.workflow.parties import consents
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.problem import Problems
from obc.web.access import Visit, now, page
from obc.web.downloads import download, showed
from obc.web.pages.published import profile
from obc.web.pages.submissions import visible

LARGEST_SIGNATURE = 10_000
"""Bytes of a signature file."""


@page("contracts/<slug:book>/submissions/<slug:id_>/scorecard/", Right.READ_AGREED)
def scorecard(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For both sides: which points were earned, and how far is the next threshold?"""
    one = visible(visit, id_)
    shown = showing.scorecard(one, profile(visit))
    if shown is None:
        return _not_yet(request, visit, one, "a scorecard", "Only a whole year is scored.")
    return showed(request, "document.jinja", {"visit": visit, "one": one, "document": shown, "files": ()})


@page("contracts/<slug:book>/submissions/<slug:id_>/settlement/", Right.READ_AGREED)
def settlement(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For finance on both sides, and auditors: what is due to whom, and how did each pound come about?"""
    one = visible(visit, id_)
    shown = showing.statement(one, profile(visit))
    if shown is None:
        return _not_yet(request, visit, one, "a settlement", "It is settled once both sides have approved.")
    verdict = showing.verdict(one)
    exact = (
        ("statement.zip", "the signed document with its signatures, to verify offline"),
        ("statement.json", "the document alone, to sign"),
        ("statement.pdf", "to print"),
        ("ledger.csv", "every entry"),
    )
    files = exact if visit.may(Right.READ_WORKING) else ()  # the signed document holds every count
    missing = [
        party
        for party in consents(visit.held.contract.agreement, visit.person, ())
        if visit.may(Right.APPROVE_SETTLEMENT) and party not in {given.party for given in one.signatures}
    ]
    context = {"visit": visit, "one": one, "document": shown, "files": files, "verdict": verdict, "missing": missing}
    return showed(request, "document.jinja", context)


@page("contracts/<slug:book>/submissions/<slug:id_>/statement.json", Right.READ_WORKING)
def statement_json(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For auditors: the document itself, to verify offline."""
    return download("statement.json", _there(submissions.document_of(visible(visit, id_))))


@page("contracts/<slug:book>/submissions/<slug:id_>/statement.zip", Right.READ_WORKING)
def statement_zip(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For auditors: the document and the signatures under it."""
    return download("statement.zip", _there(showing.statement_bundle(visible(visit, id_))))


@page("contracts/<slug:book>/submissions/<slug:id_>/sign/", Right.APPROVE_SETTLEMENT, to_send=Right.APPROVE_SETTLEMENT)
def sign(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For each signatory: put the signature under the statement that was made at home with the party's own key."""
    one = visible(visit, id_)
    file = request.FILES.get("signature")
    if request.method == "POST" and file is not None and file.size < LARGEST_SIGNATURE:
        try:
            submissions.sign(visit.held, one.id, file.read(), visit.person, now())
            messages.success(request, "Signed: the signature holds under your key in the contract.")
        except Problems as problems:
            messages.error(request, f"Refused: {problems}")
    return redirect("settlement.settlement", visit.held.id, one.id)


@page("contracts/<slug:book>/submissions/<slug:id_>/statement.pdf", Right.READ_WORKING)
def statement_pdf(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For finance on both sides: the statement on paper."""
    return download("statement.pdf", _there(showing.statement_pdf(visible(visit, id_))))


@page("contracts/<slug:book>/submissions/<slug:id_>/ledger.csv", Right.READ_WORKING)
def ledger_csv(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For finance: the entries, for the accounts."""
    return download("ledger.csv", _there(figures_out.ledger_csv(visit.held.id, visible(visit, id_))))


@page("contracts/<slug:book>/submissions/<slug:id_>/values.csv", Right.READ_WORKING)
def values_csv(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For analysts: the figures as they were submitted, with their intervals."""
    return download("values.csv", figures_out.values_csv(visible(visit, id_)))


@page("contracts/<slug:book>/submissions/<slug:id_>/values.xlsx", Right.READ_WORKING)
def values_xlsx(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For analysts: the same figures as a workbook."""
    return download("values.xlsx", figures_out.values_xlsx(visible(visit, id_)))


def _not_yet(request: HttpRequest, visit: Visit, one: Submission, what: str, why: str) -> HttpResponse:
    return render(request, "not_yet.jinja", {"visit": visit, "one": one, "what": what, "why": why})


def _there(content: bytes | None) -> bytes:
    if content is None:
        raise Http404
    return content
