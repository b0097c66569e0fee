"""Changes of a contract in the database: proposed, agreed by every party, taken in, effective."""

from datetime import datetime

from django.db import transaction

from obc.bootstrap.books import Held, hold_archive
from obc.bootstrap.managing import variation_text
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.fixed_outcomes import endorsed_by_nobody
from obc.domain.contract.variations.proposal import Proposal, Wish
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems
from obc.loaders.procurement import bank_holidays
from obc.services.change_book import ChangeBook
from obc.services.register import Doing
from obc.store.book import Trail


def change_book(held: Held) -> ChangeBook:
    """The changes of a contract, by its own book."""
    return ChangeBook(held.contract, bank_holidays(), Trail(held.id), endorsed_by_nobody)


def changes_of(held: Held) -> tuple[Proposal, ...]:
    """Every change, the newest first."""
    return change_book(held).proposals.records[::-1]


def proposal(held: Held, name: str) -> Proposal | None:
    """One of them; None where there is none."""
    return next((one for one in changes_of(held) if one.id == name), None)


def versions(held: Held, one: Proposal) -> tuple[Contract, Contract] | None:
    """The contract without a change and with it; None for one that no longer fits the contract."""
    try:
        return change_book(held).versions(one)
    except Problems:
        return None


def propose(held: Held, wish: Wish, by: Person, at: datetime) -> Proposal:
    """Propose a change. Raises `Problems`."""
    return change_book(held).propose(wish, Doing(by, at, wish.because))


def take_in(held: Held, name: str, content: bytes, by: Person, at: datetime) -> Proposal:
    """Take the contract's new folder in, and let the change take effect if it reads as agreed. Raises `Problems`."""
    with transaction.atomic():  # the new version is not held where the change does not take effect
        newer = hold_archive(held.id, content, by, at, f"the change '{name}'")
        return change_book(newer).take_effect(name, Doing(by, at, f"the folder reads as agreed in '{name}'"))


def listing(one: Proposal) -> str:
    """What contract.yaml lists for a change that all have agreed, as YAML; nothing before."""
    return variation_text(one) if one.state in ("agreed", "effective") else ""
