"""The page of a register that a programme does not keep yet: it says how one begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from obc.web.access import Visit, refused


def taught(request: HttpRequest, visit: Visit, title: str, file: str, holds: str) -> HttpResponse:
    """There is nothing yet, and how it comes about."""
    if request.method != "GET":
        return refused(request, f"There is no {file} to act on.", 422)
    context = {"visit": visit, "title": title, "file": file, "holds": holds}
    return render(request, "not_kept.jinja", context)
