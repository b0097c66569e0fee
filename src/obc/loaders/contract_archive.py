"""A folder of a contract, or of a programme, as one file: for the database, for sending, for keeping."""

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.loaders.contract import load_contract
from obc.loaders.places import find_contract

KINDS = (".yaml", ".csv", ".md")
MOST = 5_000_000
"""Bytes, unpacked: a contract is text that people write."""
MOST_FILES = 200
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_NAMES_SHOWN = 80
ARCHIVE = "the archive"
"""What messages call a folder that came as one file: nobody has seen where it was unpacked."""


def archive(contract: str | Path) -> bytes:
    """The files of a contract's folder in a ZIP. The same files give the same bytes."""
    return folder_archive(find_contract(contract)[0])


def folder_archive(folder: Path) -> bytes:
    """The files of a folder in a ZIP."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix in KINDS]
    return zipped({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in a ZIP, by name. The same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(files):
            out.writestr(zipfile.ZipInfo(name, _ALWAYS), files[name])
    return packed.getvalue()


def files_in(content: bytes) -> dict[str, bytes]:
    """The files of an archive, by name; those of the one folder that holds them all, where there is one.

    Raises `Problems`, all at once, for what no contract's folder would hold: names that lead out of it, other kinds of
    files, names that stand twice, more than a contract's.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = [one for one in packed.infolist() if not (one.is_dir() or _aside(one.filename))]
            if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST:
                raise refusal(ARCHIVE, "its files", "more than a contract's", f"send up to {MOST:,} bytes")
            if problems := tuple(_strange(members)):
                raise Problems(problems)
            found = {}
            for one in members:
                with packed.open(one) as source:  # read no more than announced: a bomb may lie about its size
                    found[one.filename] = source.read(one.file_size)
            return _without_folder(found)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        raise refusal(ARCHIVE, "the file", "no ZIP that can be read", "send the folder as a ZIP file") from error


def unpack(content: bytes, folder: Path) -> None:
    """Write the files of an archive into a folder. Raises `Problems` as `files_in` does."""
    for name, file in files_in(content).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file)


def load_archive(content: bytes) -> Contract:
    """The contract in an archive. Raises `Problems`, all at once; they name its files as the archive does."""
    with tempfile.TemporaryDirectory(prefix="obc-contract-") as place:
        unpack(content, Path(place))
        try:
            return load_contract(place)
        except Problems as error:
            raise Problems(tuple(_in_archive(one, place) for one in error.problems)) from None


def _aside(name: str) -> bool:
    """What a Mac packs along and nobody wrote."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name == ".DS_Store"


def _strange(members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    seen: set[str] = set()
    for one in members:
        path = PurePosixPath(one.filename)
        leads_out = path.is_absolute() or ".." in path.parts or "\\" in one.filename or ":" in one.filename
        if leads_out or path.suffix not in KINDS or (one.external_attr >> 16) & 0o170000 == 0o120000:
            found, cure = "no file of a contract", f"send {', '.join(KINDS)} within one folder"
        elif one.filename in seen:
            found, cure = "a name that stands twice", "send each file once"
        else:
            seen.add(one.filename)
            continue
        yield Problem(file=ARCHIVE, where=one.filename[:_NAMES_SHOWN], found=found, expected=cure)


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Most people pack the folder, not what is in it."""
    tops = {name.split("/")[0] for name in files}
    if len(tops) == 1 and all("/" in name for name in files):
        return {name.split("/", 1)[1]: file for name, file in files.items()}
    return files


def _in_archive(problem: Problem, place: str) -> Problem:
    file = problem.file.removeprefix(place).lstrip("/")
    expected = problem.expected.replace(place, ARCHIVE)
    return problem.model_copy(update={"file": file or ARCHIVE, "expected": expected})
