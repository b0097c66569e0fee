"""Published: what everybody may see, with small numbers hidden."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from obc.bootstrap import showing, submissions
from obc.domain.contract.workflow.rights import Right
from obc.domain.measurement.indicators.values import ALL
from obc.web.access import Visit, page

PROFILE = "nhs"
"""Counts of 1 to 7 are hidden, the others rounded to 5."""


@page("contracts/<slug:book>/published/", Right.READ_PUBLISHED)
def published(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the public: has care become better, and what was paid for it?"""
    contract = visit.held.contract
    open_ = [one for one in submissions.submissions(visit.held.id) if one.state == "published"]
    titles = {one.id: one.title for one in contract.definitions}
    shown = []
    for one in open_:
        rows = [row for row in showing.published(one, PROFILE) if row.provider == ALL]
        statement = submissions.statement_of(one)
        period = contract.period(one.year)
        whole = [row for row in rows if row.period == period]
        shown.append({"one": one, "rows": whole, "account": statement.settlements[0] if statement else None})
    return render(request, "published.jinja", {"visit": visit, "shown": shown, "titles": titles})


@page("contracts/<slug:book>/published/<slug:id_>/values.csv", Right.READ_PUBLISHED)
def values_csv(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For the public: the same figures as a file."""
    from obc.web.downloads import download

    one = submissions.submission(visit.held.id, id_)
    if one is None or one.state != "published":
        raise Http404
    return download("values.csv", showing.published_csv(one, PROFILE))
