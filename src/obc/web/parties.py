"""Parties by the names that people call them."""

from collections.abc import Iterable

from obc.domain.contract.agreement.agreement import Agreement


def named(agreement: Agreement, parties: Iterable[str]) -> str:
    """The names of parties, by their ids, for a sentence; 'nobody' where there are none."""
    known = {one.id: one.name for one in agreement.commissioners} | {one.id: one.name for one in agreement.providers}
    return " and ".join(known.get(one, one) for one in parties) or "nobody"
