"""Drafts and offers of one contract: drafted by a side, offered, answered; once all accept, a variation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations import draft as drafts
from obc.domain.contract.variations import offer as offers
from obc.domain.contract.variations.difference import changes_between
from obc.domain.contract.variations.draft import Draft
from obc.domain.contract.variations.offer import Offer
from obc.domain.contract.variations.proposal import Wish
from obc.domain.core.kernel.problem import refusal
from obc.services.change_book import ChangeBook
from obc.services.register import Doing, Register


class Terms(NamedTuple):
    """What an offer says beside the draft: a title, a message to the others, the day from which it would hold."""

    id: str
    title: str
    message: str
    effective: date


@dataclass(frozen=True)
class OfferBook:
    """The drafts and offers of one contract. `read`: the contract in a folder that is kept, by its digest."""

    changes: ChangeBook
    folder: str
    read: Callable[[str], Contract]

    @property
    def drafts(self) -> Register[Draft]:
        """Every draft of every organisation; who asks for them minds whose they are."""
        return Register("draft", Draft, (), self.changes.trail)

    @property
    def offers(self) -> Register[Offer]:
        """Every offer, round after round."""
        return Register("offer", Offer, (), self.changes.trail)

    def begin(self, title: str, folder: str, doing: Doing, answers: str | None = None) -> Draft:
        """Begin a draft from a folder: the one in force, one that was sent, or that of an offer it is to answer."""
        draft = Draft(
            id=f"draft-{len(self.drafts.records) + 1}",
            title=title,
            organisation=doing.by.organisation,
            begun=doing.at.date(),
            base=self.folder,
            folder=folder,
            answers=answers,
        )
        return self.drafts.add(draft, "begin", doing)

    def write(self, name: str, verb: Literal["write", "import"], folder: str, doing: Doing) -> Draft:
        """A draft reads otherwise. Raises `Problems` where it is not one of this organisation's, or no longer open."""
        return self._turn(name, verb, doing, folder)

    def set_aside(self, name: str, doing: Doing) -> Draft:
        """A draft is not gone on with."""
        return self._turn(name, "set aside", doing)

    def offer(self, name: str, terms: Terms, doing: Doing) -> Offer:
        """Put a draft to the other parties. An offer that it answers is countered by it. Raises `Problems`."""
        draft, made, where = self.drafts.named(name), doing.at.date(), f"offer '{terms.id}'"
        changes = changes_between(self.changes.contract, self.read(draft.folder))
        if not changes:
            raise refusal(where, "offer", "a draft that reads as the contract in force", "change something first")
        if terms.id in {one.id for one in self.changes.proposals.records}:
            raise refusal(where, "title", "the title of a change that there is", "give it another")
        wish = Wish(id=terms.id, title=terms.title, because=terms.message, effective=terms.effective, changes=changes)
        proposal = self.changes.drawn_up(wish, doing)
        self._turn(name, "offer", doing)
        if draft.answers is not None:
            self.offers.change(
                draft.answers,
                "counter",
                doing,
                lambda one: offers.ended(one, "counter", doing.by, made, f"countered by '{terms.title}'"),
            )
        offer = Offer(
            id=terms.id,
            draft=draft.id,
            folder=draft.folder,
            base=self.folder,
            offered_by=doing.by.id,
            message=terms.message,
            answers=draft.answers,
            proposal=proposal,
        )
        return self._joined(self.offers.add(offers.offered(offer, doing.by, made), "offer", doing), doing)

    def accept(self, name: str, doing: Doing) -> Offer:
        """A party accepts; with the last one the offer becomes a variation. Raises `Problems`."""
        on, in_force = doing.at.date(), self.changes.contract.hash
        verb, _ = offers.accepted(self.offers.named(name), doing.by, on, in_force)
        after = self.offers.change(name, verb, doing, lambda one: offers.accepted(one, doing.by, on, in_force)[1])
        return self._joined(after, doing)

    def end(self, name: str, verb: Literal["decline", "withdraw"], doing: Doing) -> Offer:
        """A party declines, or the one that made the offer takes it back. Raises `Problems`."""
        on, says = doing.at.date(), doing.why
        return self.offers.change(name, verb, doing, lambda one: offers.ended(one, verb, doing.by, on, says))

    def _joined(self, offer: Offer, doing: Doing) -> Offer:
        if offer.state == "accepted":
            self.changes.join(offer.proposal, doing)
        return offer

    def _turn(self, name: str, verb: str, doing: Doing, folder: str | None = None) -> Draft:
        def turn(one: Draft) -> Draft:
            if one.organisation != doing.by.organisation:
                raise refusal(f"draft '{name}'", verb, "a draft of another organisation", "begin one of your own")
            return drafts.moved(one, verb, doing.by.roles, folder)

        return self.drafts.change(name, verb, doing, turn)
