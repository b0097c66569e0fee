"""Downloads: files by their ending, never shown as a page of ours."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from obc.web.drawn import taken

TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".html": "text/html; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


def download(name: str, content: bytes) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type=TYPES[Path(name).suffix])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def showed(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page, or the file that `?download=` asks for: of its `document`, or of a table that it draws itself.

    So whoever may see a page may take away what it shows, and nobody else: the page itself gives the files.
    """
    file = request.GET.get("download")
    if file is None:
        return render(request, template, dict(context), status=status)
    document = context.get("document")
    content = document.parts.file(file) if document else None
    if content is None:
        content = taken(render_to_string(template, dict(context), request), file)
    if content is None:
        raise Http404
    return download(file, content)
