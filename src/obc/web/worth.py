"""Pages that say what a change is worth: the page itself, or a file of what it shows."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from obc.web.downloads import showed


def showed_with(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page; with `?download=`, the file of its document. A page with problems is said to be one (422)."""
    earning = context["earning"]
    if context.get("problems") or earning is None:
        return render(request, template, dict(context), status=422 if context.get("problems") else 200)
    return showed(request, template, {**context, "document": earning.document})
