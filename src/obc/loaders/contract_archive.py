"""A folder of a contract, or of a programme, as one file: for the database, for sending, for keeping."""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import refusal
from obc.loaders.contract import load_contract
from obc.loaders.places import find_contract

KINDS = (".yaml", ".csv", ".md")
MOST = 5_000_000
"""Bytes, unpacked: a contract is text that people write."""
MOST_FILES = 200
_ALWAYS = (1980, 1, 1, 0, 0, 0)


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


def unpack(content: bytes, folder: Path) -> None:
    """Write the files of an archive into a folder. Raises `Problems` for what no contract's folder would hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST:
                raise refusal("the archive", "its files", "more than a contract's", f"send up to {MOST:,} bytes")
            for one in members:
                target = (folder / one.filename).resolve()
                if folder.resolve() not in target.parents or target.suffix not in KINDS:
                    raise refusal("the archive", one.filename[:80], "no file of a contract", f"send {', '.join(KINDS)}")
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(one) as source:  # read no more than announced: a bomb may lie about its size
                    target.write_bytes(source.read(one.file_size))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise refusal("the archive", "the file", "no ZIP that can be read", "send the folder as a ZIP file") from error


def load_archive(content: bytes) -> Contract:
    """The contract in an archive. Raises `Problems`, all at once."""
    with tempfile.TemporaryDirectory(prefix="obc-contract-") as place:
        unpack(content, Path(place))
        return load_contract(place)
