"""Data quality: how good the figures are, and which of their gaps cost most."""

from django.http import HttpRequest, HttpResponse

from obc.bootstrap import chasing
from obc.domain.contract.workflow.rights import Right
from obc.web.access import Visit, page
from obc.web.downloads import showed
from obc.web.pages.indicators import given, profile


@page("contracts/<slug:book>/data-quality/", Right.READ_AGREED)
def data_quality(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For provider analysts and those who pay: which data do we chase before the year is settled?"""
    document = chasing.data_quality(visit.held, given(visit), profile(visit))
    return showed(request, "data_quality.jinja", {"visit": visit, "document": document})
