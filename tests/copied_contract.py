"""A worked contract under another name, so that a test file has a book, and a time, of its own."""

import re
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from obc.loaders.contract_archive import archive, zipped


def copied(contract: str, name: str) -> bytes:
    """The folder of a worked contract as a ZIP, its id and its title replaced."""
    with ZipFile(BytesIO(archive(contract))) as packed:
        files = {one: packed.read(one) for one in packed.namelist()}
    at = next(one for one in files if one.rsplit("/", 1)[-1] == "contract.yaml")
    for line, instead in ((rf"^id: {contract}$", f"id: {name}"), (r"^title: .*$", f"title: A copy called {name}")):
        files[at], found = re.subn(line.encode(), instead.encode(), files[at], flags=re.MULTILINE)
        assert found == 1, line
    return zipped(files)


@contextmanager
def held_copy(contract: str, name: str, at: datetime):
    """The copy in the database, with the demonstration's people in it for as long as the block lasts."""
    from obc.bootstrap import books, demonstration
    from obc.store.models import Membership

    if books.held(name) is None:
        books.hold_archive(None, copied(contract, name), demonstration.LOADER, at, "a copy for a test")
    yield demonstration.load(name, at)
    Membership.objects.filter(book=name, until=None).update(until=at)
