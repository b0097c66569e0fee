"""Filing: a file is there whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def file_all(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write each file of `contents` (path within the folder → bytes) and return the paths in the same order.

    Each is written beside its place and then renamed into it, so that nobody ever reads half of one.
    """
    return tuple(_file(folder / name, content) for name, content in contents.items())


def _file(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(waiting).chmod(0o644)
        Path(waiting).replace(path)
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise
    return path
