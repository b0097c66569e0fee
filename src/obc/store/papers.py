"""Papers: files by the hash of their bytes."""

from obc.domain.core.kernel.provenance import digest
from obc.store.models import Paper


def keep(content: bytes) -> str:
    """Keep a file, once; returns its digest."""
    name = digest(content)
    Paper.objects.get_or_create(digest=name, defaults={"content": content})
    return name


def paper(name: str) -> bytes:
    """The file of a digest. Raises `Paper.DoesNotExist`, and ValueError where the bytes are no longer those."""
    content = bytes(Paper.objects.get(digest=name).content)
    if digest(content) != name:
        raise ValueError(f"the paper {name} was changed in the database")
    return content
