"""Holding: a contract, or a programme, as the database has it, version after version."""

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug


class HeldFolder(Written):
    """A version of a contract or a programme: `folder` is the digest of its files, `hash` that of what they say."""

    id: Slug
    title: str
    hash: str
    folder: str
