"""A worked contract under another name, so that a test file has a book, and a time, of its own."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from obc.loaders.contract_archive import archive, zipped


def copied(contract: str, name: str) -> bytes:
    """The folder of a worked contract as a ZIP, its id replaced."""
    with ZipFile(BytesIO(archive(contract))) as packed:
        files = {one: packed.read(one) for one in packed.namelist()}
    at = next(one for one in files if one.rsplit("/", 1)[-1] == "contract.yaml")
    files[at] = re.sub(rf"^id: {contract}$".encode(), f"id: {name}".encode(), files[at], flags=re.MULTILINE)
    return zipped(files)


def held_copy(contract: str, name: str, at: datetime):
    """The copy in the database, with the demonstration's people in it."""
    from obc.bootstrap import books, demonstration

    if books.held(name) is None:
        books.hold_archive(None, copied(contract, name), demonstration.LOADER, at, "a copy for a test")
    return demonstration.load(name, at)
