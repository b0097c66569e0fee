"""Downloads: files by their ending, never shown as a page of ours."""

from pathlib import Path

from django.http import HttpResponse

TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


def download(name: str, content: bytes) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type=TYPES[Path(name).suffix])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
