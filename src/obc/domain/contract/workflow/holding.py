"""Holding: a contract as the database has it, version after version."""

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug


class HeldContract(Written):
    """A version of a contract: `folder` is the digest of its files, `hash` that of what they say."""

    id: Slug
    title: str
    hash: str
    folder: str
