"""Published: what everybody may see, with small numbers hidden."""

from django.http import Http404, HttpRequest, HttpResponse

from obc.bootstrap import showing, submissions
from obc.domain.contract.workflow.rights import Right
from obc.web.access import Visit, page
from obc.web.downloads import download, showed

PROFILE = "nhs"
"""Counts of 1 to 7 are hidden, the others rounded to 5."""


def profile(visit: Visit) -> str:
    """How small numbers are shown: as they are to those who work with them, hidden from who looks on."""
    return "none" if visit.may(Right.READ_WORKING) else PROFILE


@page("contracts/<slug:book>/published/", Right.READ_PUBLISHED)
def published(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the public: has care become better, and what was paid for it?"""
    document = showing.public(visit.held, submissions.submissions(visit.held.id), PROFILE)
    return showed(request, "published.jinja", {"visit": visit, "document": document})


@page("contracts/<slug:book>/published/<slug:id_>/figures.csv", Right.READ_PUBLISHED)
def figures_csv(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For the public: all figures of a year as open data, hidden where the page hides them."""
    one = submissions.published(visit.held.id, id_)
    if one is None:
        raise Http404
    return download("figures.csv", showing.published_csv(one, PROFILE))
