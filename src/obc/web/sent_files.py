"""Files that people send with a form: stopped once they are too large, named without their folders."""

from pathlib import Path
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from obc.domain.core.kernel.problem import refusal

LARGEST = 20_000_000
"""Bytes of any file that anybody may send."""


class Stopped(FileUploadHandler):
    """Stops keeping a file once it is larger than any may be; the rest of it is passed over."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and stop at the limit."""
        self._seen += len(raw_data)
        if self._seen > LARGEST:
            self.request.META[_STOPPED] = _bare(self.file_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""


def oversized(request: HttpRequest) -> str | None:
    """The name of a file that was stopped."""
    found: str | None = request.META.get(_STOPPED)
    return found


def sent_file(request: HttpRequest, field: str, largest: int) -> tuple[str, bytes] | None:
    """The name and the bytes of a file; None where none was sent. Raises `Problems` where it is too large to read."""
    if stopped := oversized(request):
        raise refusal(stopped, "the file", f"more than {LARGEST:,} bytes", f"send up to {largest:,} bytes")
    file = request.FILES.get(field)
    if file is None:
        return None
    name = _bare(file.name)
    if file.size is None or file.size > largest:
        raise refusal(name, "the file", f"{file.size or 0:,} bytes", f"send up to {largest:,} bytes")
    return name, file.read(largest + 1)


def _bare(name: str | None) -> str:
    return Path((name or "").replace("\\", "/")).name[-80:] or "file"


_STOPPED = "obc.stopped"
