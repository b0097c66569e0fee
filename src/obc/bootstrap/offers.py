"""Drafts and offers in the database: folders are papers by their digest, acts are lines of the contract's book."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from obc.bootstrap.books import Held, contract_in
from obc.bootstrap.managing import variation_entry
from obc.bootstrap.variations import change_book, take_in
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.difference import differences
from obc.domain.contract.variations.draft import Draft
from obc.domain.contract.variations.offer import Offer
from obc.domain.contract.variations.proposal import Proposal
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.loaders.contract_archive import files_in, load_archive, zipped
from obc.loaders.contract_writing import agreed_on, rewritten, with_variation
from obc.reports.plain_changes import PlainChange, plain_changes
from obc.services.offer_book import OfferBook, Terms
from obc.services.register import Doing
from obc.store import book as books
from obc.store import papers

_LONGEST = 60


def offer_book(held: Held) -> OfferBook:
    """Drafts and offers of a contract, by its own book."""
    return OfferBook(change_book(held), held.folder, contract_in)


def drafts_of(held: Held, organisation: str) -> tuple[Draft, ...]:
    """The drafts of one organisation, the newest first. Nobody else's are ever shown to it."""
    return tuple(one for one in books.standing(held.id, "draft", Draft)[::-1] if one.organisation == organisation)


def draft_of(held: Held, name: str, organisation: str) -> Draft | None:
    """One of them; None where there is none, or it is another's."""
    found = books.record(held.id, "draft", name, Draft)
    return found if found and found.organisation == organisation else None


def offers_of(held: Held) -> tuple[Offer, ...]:
    """Every offer that was made, the first one first."""
    return books.standing(held.id, "offer", Offer)


def offer_of(held: Held, name: str) -> Offer | None:
    """One of them."""
    return books.record(held.id, "offer", name, Offer)


def begin(held: Held, title: str, by: Person, at: datetime, content: bytes | None = None) -> Draft:
    """Begin a draft: of the contract in force, or of a folder that was sent as a ZIP. Raises `Problems`."""
    folder = held.folder if content is None else _kept(held, content)
    return offer_book(held).begin(title, folder, Doing(by, at, f"a draft: {title}"))


def go_on_from(held: Held, offer: Offer, by: Person, at: datetime) -> Draft:
    """Begin a draft from an offer: a counter-offer where it is open and another's, otherwise a new round."""
    counters = offer.state == "offered" and by.organisation != offer.proposal.proposed_by
    title = f"Answer to {offer.proposal.title}" if counters else f"After {offer.proposal.title}"
    doing = Doing(by, at, f"a draft that goes on from '{offer.proposal.title}'")
    return offer_book(held).begin(title, offer.folder, doing, offer.id if counters else None)


def write(
    held: Held, draft: Draft, changes: Iterable[Change], source: str, by: Person, at: datetime
) -> tuple[PlainChange, ...]:
    """Write values into a draft's folder, all or none. Returns what that changed. Raises `Problems`."""
    files = files_in(papers.paper(draft.folder))
    in_force = files_in(papers.paper(held.folder))
    folder = _kept(held, zipped(rewritten(files, in_force, changes, source, at.date())))
    offer_book(held).write(draft.id, "write", folder, Doing(by, at, f"new values; their source: {source}"))
    return told(contract_in(draft.folder), contract_in(folder))


def bring(held: Held, draft: Draft, content: bytes, by: Person, at: datetime) -> Draft:
    """Take a folder that was worked on elsewhere as the draft. Raises `Problems`, with every one of its files."""
    folder = _kept(held, content)
    return offer_book(held).write(draft.id, "import", folder, Doing(by, at, "a folder that was worked on elsewhere"))


def set_aside(held: Held, draft: Draft, by: Person, at: datetime) -> Draft:
    """Do not go on with a draft. Raises `Problems`."""
    return offer_book(held).set_aside(draft.id, Doing(by, at, "not gone on with"))


def make(held: Held, draft: Draft, title: str, message: str, effective: date, by: Person, at: datetime) -> Offer:
    """Put a draft to the other parties. Raises `Problems`."""
    taken = {one.id for one in offers_of(held)} | {one.id for one in change_book(held).proposals.records}
    terms = Terms(_slug(title, taken), title, message, effective)
    with transaction.atomic():  # the draft is offered, what it answers is countered, and the offer made: or nothing is
        return offer_book(held).offer(draft.id, terms, Doing(by, at, message))


def accept(held: Held, offer: Offer, says: str, by: Person, at: datetime) -> Offer:
    """A party accepts; with the last, the offer is a variation that all have agreed. Raises `Problems`."""
    with transaction.atomic():
        return offer_book(held).accept(offer.id, Doing(by, at, says))


def decline(held: Held, offer: Offer, says: str, by: Person, at: datetime) -> Offer:
    """A party declines. Raises `Problems`."""
    return offer_book(held).end(offer.id, "decline", Doing(by, at, says))


def withdraw(held: Held, offer: Offer, says: str, by: Person, at: datetime) -> Offer:
    """The party that made an offer takes it back. Raises `Problems`."""
    return offer_book(held).end(offer.id, "withdraw", Doing(by, at, says))


def take_effect(held: Held, name: str, by: Person, at: datetime) -> Proposal:
    """Let a change that came of an offer take effect, with the folder that was offered. Raises `Problems`.

    The folder is completed with what only the agreement brings: its day beside each new value, and the variation in
    contract.yaml.
    """
    offer = offer_of(held, name)
    where = f"change '{name}'"
    if offer is None or offer.state != "accepted":
        raise refusal(where, "take effect", "no offer that all accepted", "send the folder as it then reads")
    if offer.base != held.folder:
        found = "a contract that was changed since the offer"
        raise refusal(where, "take effect", found, "write both changes into the folder, and send it")
    variation = offer.proposal.variation
    files = agreed_on(files_in(papers.paper(offer.folder)), offer.proposal.changes, variation.agreed)
    files["contract.yaml"] = with_variation(files["contract.yaml"], variation_entry(offer.proposal))
    return take_in(held, name, zipped(files), by, at)


def folder_of(one: Draft | Offer) -> bytes:
    """The folder of a draft or an offer, as a ZIP."""
    return papers.paper(one.folder)


def told(before: Contract, after: Contract) -> tuple[PlainChange, ...]:
    """What differs between two versions, in plain words."""
    found = [one for one in differences(before, after) if not one.at.startswith("variations / ")]
    return plain_changes(found, before, after)


def _kept(held: Held, content: bytes) -> str:
    packed = zipped(files_in(content))
    loaded = load_archive(packed)
    if loaded.id != held.id:
        raise refusal("contract.yaml", "id", f"'{loaded.id}'", f"send the folder of '{held.id}'")
    return papers.keep(packed)


def _slug(title: str, taken: set[str]) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_LONGEST].strip("-") or "offer"
    made, n = name, 1
    while made in taken:
        n += 1
        made = f"{name}-{n}"
    return made
