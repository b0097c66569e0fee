"""A CSV file as text: its encoding, its header, and which line of the file each of its rows begins on."""

import codecs
import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from obc.domain.core.kernel.problem import Problem, Problems

_CHUNK = 1 << 24
_SEPARATORS = (",", ";", "\t", "|")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF8 = "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')"


@dataclass(frozen=True)
class CsvText:
    """A CSV file that can be read: `simple` when every row is one line and no line is blank."""

    path: Path
    header: tuple[str, ...]
    separator: str
    simple: bool

    def rows_begin(self) -> tuple[np.ndarray, np.ndarray]:
        """The line on which each row begins, and its first byte (from 0).

        Rows are counted without the header. A line that begins within quotation marks belongs to the row before;
        blank lines are no rows, unless there is one column only.
        """
        ends, within, returns = self._line_ends()
        starts = np.append(0, ends[:-1] + 1)
        begins = ~np.append(False, within[:-1])
        if len(self.header) > 1:
            begins &= ends - starts - returns > 0
        rows = np.flatnonzero(begins)[1:]
        return rows + 1, starts[rows]

    def _line_ends(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where each line ends, whether within quotation marks, and whether a carriage return stands before."""
        ends, within, returns = [], [], []
        offset, quotes, last = 0, 0, b""
        with self.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                raw = np.frombuffer(last + chunk, dtype=np.uint8)
                here = np.flatnonzero(raw == ord("\n"))
                marks = np.flatnonzero(raw == ord('"'))
                here, marks = here[here >= len(last)], marks[marks >= len(last)]
                ends.append(here + offset - len(last))
                within.append((np.searchsorted(marks, here) + quotes) % 2 == 1)
                returns.append((here > 0) & (raw[here - 1] == ord("\r")))
                offset, quotes, last = offset + len(chunk), quotes + marks.size, chunk[-1:]
        if last != b"\n":
            ends, within, returns = [*ends, [offset]], [*within, [False]], [*returns, [False]]
        return np.concatenate(ends), np.concatenate(within).astype(bool), np.concatenate(returns).astype(bool)


def read_csv_text(path: Path, shown: str) -> CsvText:
    """Look through the whole file once. Raises `Problems` where it cannot be read as CSV in UTF-8."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK)
        _check_start(head, shown)
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk, lines, quotes, blank, last = head, 0, 0, False, b""
        while chunk:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                _wrong_encoding(
                    shown, lines + 1 + chunk[: max(0, error.start - len(decoder.getstate()[0]))].count(b"\n")
                )
            joined = last + chunk
            blank = blank or b"\n\n" in joined or b"\n\r\n" in joined
            lines, quotes, last = lines + chunk.count(b"\n"), quotes + chunk.count(b'"'), chunk[-2:]
            chunk = stream.read(_CHUNK)
    if decoder.getstate()[0]:
        _wrong_encoding(shown, lines + 1)
    if quotes % 2:
        _refuse(shown, _last_open_quote(path), "a quotation mark that is never closed", "close it, or write it twice")
    header, separator = _header(head, shown)
    return CsvText(path, header, separator, simple=not quotes and not blank)


def read_header(path: Path, shown: str) -> tuple[str, ...]:
    """The names of the columns, without looking at the rest. Raises `Problems`."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    _check_start(head, shown)
    return _header(head, shown)[0]


def _check_start(head: bytes, shown: str) -> None:
    if not head.strip():
        _refuse(shown, None, "an empty file", "write a header line with the names of the columns")
    if head[:2] in _UTF16 or b"\0" in head[:4096]:
        _refuse(shown, 1, "text in UTF-16, or no text at all", _UTF8)


def _header(head: bytes, shown: str) -> tuple[tuple[str, ...], str]:
    first = head.decode("utf-8-sig", errors="ignore").split("\n", 1)[0].rstrip("\r")
    separator = max(_SEPARATORS, key=first.count)
    names = tuple(
        field.strip() for field in next(csv.reader(StringIO(first), delimiter=separator, skipinitialspace=True), [])
    )
    check_names(names, shown)
    return names, separator


def check_names(names: tuple[str, ...], shown: str) -> None:
    """Raises `Problems` where columns share a name; capitals make no difference."""
    folded = [name.casefold() for name in names]
    twice = [name for name in names if name and folded.count(name.casefold()) > 1]
    if twice:
        _refuse(shown, 1, f"the column {', '.join(twice)} more than once", "give every column a name of its own")


def _last_open_quote(path: Path) -> int:
    """The line of the last quotation mark: the one that nothing closes begins there or before."""
    raw = path.read_bytes()
    return raw[: raw.rfind(b'"')].count(b"\n") + 1


def _wrong_encoding(shown: str, line: int) -> None:
    _refuse(shown, line, "bytes that are not UTF-8, as Windows-1252 or Latin-1 has them", _UTF8)


def _refuse(shown: str, line: int | None, found: str, expected: str) -> None:
    raise Problems((Problem(file=shown, line=line, where="the file", found=found, expected=expected),))
