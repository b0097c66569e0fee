"""Offers: a draft that one party puts to the others, who accept, decline or counter it; kept, round after round."""

from datetime import date
from typing import Literal

from obc.domain.contract.variations import proposal as proposals
from obc.domain.contract.variations.proposal import SPEAKERS, Proposal
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.states import Machine, Move

OFFER = Machine(
    "the offer",
    "offered",
    {
        "offered": {
            "accept": Move("offered", SPEAKERS),
            "accept as the last": Move("accepted", SPEAKERS),
            "decline": Move("declined", SPEAKERS),
            "counter": Move("countered", SPEAKERS),
            "withdraw": Move("withdrawn", SPEAKERS),
        },
    },
)


class Answer(Written):
    """What ended an offer that was not accepted: who of which party, when, and in which words."""

    party: Slug
    by: Slug
    on: date
    says: Text


class Offer(Written):
    """A draft as it was offered. `folder` is the digest of the whole folder, `base` that of the one in force then.

    `proposal` is the change that it makes, with everybody who has accepted it: offering is the proposer's own consent,
    and the clocks of the change mechanism run from the offer. Once all have accepted it is a variation like any other.
    """

    id: Slug
    draft: Slug
    folder: str
    base: str
    offered_by: Slug
    message: Text
    answers: Slug | None = None
    proposal: Proposal
    ended: Answer | None = None
    state: Literal["offered", "accepted", "declined", "countered", "withdrawn"] = "offered"

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The parties that have not said a word yet."""
        return self.proposal.waits_for if self.state == "offered" else ()


def offered(one: Offer, by: Person, on: date) -> Offer:
    """The offer with the consent of the party that makes it."""
    verb, agreed = proposals.agree(one.proposal, by, on)
    state = "accepted" if verb == "agree as the last" else "offered"
    return one.model_copy(update={"proposal": agreed, "state": state})


def accepted(one: Offer, by: Person, on: date, in_force: str) -> tuple[str, Offer]:
    """A party accepts; the verb says whether it was the last. `in_force`: the hash of the contract as it holds now."""
    where = f"offer '{one.id}'"
    if one.state == "offered" and one.proposal.contract_hash != in_force:
        found = "an offer on a version of the contract that no longer holds"
        raise refusal(where, "accept", found, "counter it with a draft of the contract in force")
    last = one.waits_for == (by.organisation,)
    verb = "accept as the last" if last else "accept"
    state = OFFER.after(one.state, verb, by.roles, where)
    return verb, one.model_copy(update={"state": state, "proposal": proposals.agree(one.proposal, by, on)[1]})


def ended(one: Offer, verb: Literal["decline", "counter", "withdraw"], by: Person, on: date, says: str) -> Offer:
    """The offer is over: declined or countered by a party it was made to, or taken back by the one that made it."""
    where, mine = f"offer '{one.id}'", by.organisation == one.proposal.proposed_by
    state = OFFER.after(one.state, verb, by.roles, where)
    if by.organisation not in one.proposal.must_agree:
        found = f"{by.id} of {by.organisation}, which is no party to it"
        raise refusal(where, verb, found, f"it is for {', '.join(one.proposal.must_agree)}")
    if mine != (verb == "withdraw"):
        found = f"{by.organisation}, which {'made it' if mine else 'did not make it'}"
        raise refusal(where, verb, found, "withdraw it instead" if mine else "decline or counter it instead")
    answer = Answer(party=by.organisation, by=by.id, on=on, says=says)
    return one.model_copy(update={"state": state, "ended": answer})


def rounds(offers: tuple[Offer, ...], one: Offer) -> tuple[Offer, ...]:
    """An offer with those before it that it answers, the first one first."""
    by_id, chain = {other.id: other for other in offers}, [one]
    while chain[0].answers and chain[0].answers in by_id:
        chain.insert(0, by_id[chain[0].answers])
    return tuple(chain)
