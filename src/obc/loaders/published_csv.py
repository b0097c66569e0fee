"""A published CSV file: its rows by column, with their lines, where its header is exactly the one expected."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from obc.domain.core.kernel.problem import Problem, Problems


def rows_of(path: Path, header: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line it ends on. Raises `Problems` for another header, a short row, or no text at all."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise refused(path, None, error.strerror or "no file", "give the path of a file") from error
    except UnicodeDecodeError:
        raise refused(path, None, "bytes that are not UTF-8", "save the file as CSV in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        found = next(reader, [])
        if tuple(found) != tuple(header):
            strange = [name for name in found if name not in header] or ["another order"]
            raise refused(path, 1, f"another header: {', '.join(strange)}", f"the columns {', '.join(header)}")
        for row in reader:
            if len(row) != len(header):
                raise refused(path, reader.line_num, f"{len(row)} cells", f"write {len(header)}, one a column")
            yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise refused(path, reader.line_num, f"a file that is no CSV ({error})", "save it as CSV") from None


def refused(path: Path, line: int | None, found: str, expected: str) -> Problems:
    """One problem of a published file."""
    return Problems((Problem(file=path.name, line=line, where="the file", found=found, expected=expected),))
