"""Indicators: how each stands, for whom, exactly how it is counted, and how good its figures are."""

from django.http import Http404, HttpRequest, HttpResponse

from obc.bootstrap import figures, indicators, submissions
from obc.domain.contract.workflow.rights import Right
from obc.web.access import Visit, page
from obc.web.downloads import showed
from obc.web.pages.published import PROFILE, profile
from obc.web.pages.submissions import may_see


@page("contracts/<slug:book>/indicators/<slug:indicator>/", Right.READ_CONTRACT)
def indicator(request: HttpRequest, visit: Visit, indicator: str) -> HttpResponse:
    """For analysts on both sides: is it good enough, for whom is it not, and can I believe the figure?"""
    _known(visit, indicator)
    context = {
        "visit": visit,
        "document": indicators.indicator(visit.held, indicator, given(visit), profile(visit)),
        "queries": indicators.queries(visit.held.folder, indicator),
        "public": False,
    }
    return showed(request, "indicator.jinja", context)


@page("contracts/<slug:book>/published/indicators/<slug:indicator>/", Right.READ_PUBLISHED)
def published(request: HttpRequest, visit: Visit, indicator: str) -> HttpResponse:
    """For the public: has this become better, year after year, and for people like me?"""
    _known(visit, indicator)
    open_ = figures.published_sources(submissions.submissions(visit.held.id))
    context = {
        "visit": visit,
        "document": indicators.indicator(visit.held, indicator, open_, PROFILE),
        "queries": (),
        "public": True,
    }
    return showed(request, "indicator.jinja", context)


def given(visit: Visit) -> figures.Sources:
    """The submissions whose figures the visitor may see."""
    if not visit.may(Right.READ_AGREED):
        return ()
    return figures.sources(one for one in submissions.submissions(visit.held.id) if may_see(visit, one))


def _known(visit: Visit, indicator: str) -> None:
    if all(one.id != indicator for one in visit.held.contract.definitions):
        raise Http404
