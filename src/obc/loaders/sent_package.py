"""A packed file that a stranger sent (a workbook is a ZIP), looked through before anything opens it."""

import io
import re
import zipfile
from collections.abc import Iterator

from obc.domain.core.kernel.problem import Problem, Problems, refusal

MOST_FILES = 300
MOST_UNPACKED = 30_000_000
"""Bytes, all files together."""
MOST_TIMES = 200
"""How many times larger than packed a file of some size may be: text is rarely 30 times, a bomb a thousand times."""
FORGIVEN = 1_000_000
"""Bytes below which that does not matter."""
_CHUNK = 65_536

_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_STRANGE = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|\x00")
_CODE = re.compile(r"vbaProject|\.bin$|/activeX/|/embeddings/|/externalLinks/|/ctrlProps/|/macrosheets/", re.IGNORECASE)
_HARMLESS_BINARY = re.compile(r"printerSettings\d*\.bin$")


def parts_of(name: str, content: bytes) -> dict[str, bytes]:
    """The files in a package, by their names. Raises `Problems` for what no workbook of figures would hold.

    Sizes are counted while unpacking, and unpacking stops at the limit: what a package says of itself may be a lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if problems := tuple(_wrong(name, members)):
                raise Problems(problems)
            return dict(_unpacked(name, packed, members))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise refusal(name, "the file", "no workbook that can be opened", "save it again as .xlsx") from error


def _wrong(name: str, members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    def problem(found: str, expected: str) -> Problem:
        return Problem(file=name, where="the file", found=found, expected=expected)

    if len(members) > MOST_FILES:
        yield problem(f"{len(members):,} files packed in it", "send a workbook that holds figures only")
    if sum(one.file_size for one in members) > MOST_UNPACKED:
        yield problem("more than it seems: it unpacks to more than can be read", f"send up to {MOST_UNPACKED:,} bytes")
    names = [one.filename for one in members]
    if len(set(names)) < len(names):
        yield problem("two parts of one name", "save it again as .xlsx")
    for one in members:
        if _STRANGE.search(one.filename):
            yield problem(f"a part called '{one.filename[:60]}', which points elsewhere", "save it again as .xlsx")
        elif _CODE.search(one.filename) and not _HARMLESS_BINARY.search(one.filename):
            yield problem(f"'{one.filename[:60]}': a macro or an embedded object", "save it as .xlsx without macros")
        elif one.flag_bits & 1:
            yield problem("a part that is locked with a password", "send it without a password")
        elif one.file_size > FORGIVEN and one.file_size > MOST_TIMES * max(one.compress_size, 1):
            yield problem("a part that unpacks to a great many times its size", "save it again as .xlsx")


def _unpacked(name: str, packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    left = MOST_UNPACKED
    for one in members:
        with packed.open(one) as source:
            whole = bytearray()
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0 or len(whole) + len(chunk) > one.file_size:
                    raise refusal(name, "the file", "more in it than it says", "save it again as .xlsx")
                whole += chunk
        if whole.startswith(_PACKED):
            raise refusal(name, "the file", f"another packed file in it, '{one.filename[:60]}'", "send figures only")
        yield one.filename, bytes(whole)
