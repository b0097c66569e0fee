"""What is due next, for the person who looks: the one thing each page begins with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from obc.bootstrap import disputing, handing_in, offers
from obc.domain.contract.workflow.clock import awaits
from obc.domain.contract.workflow.parties import consents, is_commissioner
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import Submission
from obc.web.access import Visit, now


@dataclass(frozen=True)
class Due:
    """Something that waits for the visitor."""

    what: str
    address: str


def due_next(visit: Visit, given: Sequence[Submission]) -> tuple[Due, ...]:
    """What waits for this visitor in this contract, the oldest first. `given`: its submissions, the newest first."""
    found: list[Due] = []
    agreement = visit.held.contract.agreement
    listed = given[::-1] if visit.may(Right.READ_AGREED) else ()
    for one in listed:
        address = reverse("submissions.one", args=[visit.held.id, one.id])
        mine = visit.person.id in one.givers
        if one.state == "scored" and visit.may(Right.PUBLISH):
            found.append(Due(f"Take up the figures of {one.period} for review", address))
        asked = one.state == "under review" and visit.may(Right.REVIEW) and not mine
        if asked and consents(agreement, visit.person, one.agreed):
            found.append(Due(f"Agree or dispute the figures of {one.period}", address))
        if one.state in ("scored", "under review") and _hands_in(visit, mine):
            lacking = sum(item.missing for item in handing_in.asked_of(one))
            if lacking:
                there = reverse("returns.handed_in", args=[visit.held.id, one.id])
                found.append(Due(f"Hand in {lacking} figures beside those of {one.period}", there))
        corrected = any(later.restates == one.id and later.state != "sent back" for later in listed)
        found += _disputes(visit, one, corrected)
        if one.unanswered and visit.may(Right.ANSWER_CONCERN):
            found.append(Due(f"Answer a concern about quality in {one.period}", address))
        if one.state == "agreed by both" and one.quarter is None and visit.may(Right.APPROVE_SETTLEMENT) and not mine:
            side = is_commissioner(agreement, visit.person.organisation)
            if not any(is_commissioner(agreement, a.organisation) == side for a in one.approved):
                found.append(Due(f"Approve the settlement of {one.period}", address))
        if one.state == "settled" and visit.may(Right.PUBLISH):
            found.append(Due(f"Publish the settlement of {one.period}", address))
    if visit.may(Right.ANSWER_OFFER):
        for offer in offers.offers_of(visit.held):
            if visit.person.organisation in offer.waits_for:
                address = reverse("offers.one", args=[visit.held.id, offer.id])
                found.append(Due(f"Answer the offer: {offer.proposal.title}", address))
    if not listed and visit.may(Right.SUBMIT):
        found.append(Due("Submit the first figures", reverse("figures.new", args=[visit.held.id])))
    return tuple(found)


def _hands_in(visit: Visit, mine: bool) -> bool:
    """Whether it is the visitor's to hand in: of those who may, who has no word to give on the figures anyway."""
    has_a_word = visit.may(Right.REVIEW) or visit.may(Right.APPROVE_SETTLEMENT)
    return visit.may(Right.HAND_IN) and (mine or not has_a_word)


def _disputes(visit: Visit, one: Submission, corrected: bool) -> Iterator[Due]:
    """Disputes that wait for the visitor's side, with the days they have; and money held for those that are over."""
    if visit.may(Right.REVIEW) and one.state != "restated":
        for dispute in one.open_disputes:
            if awaits(visit.held.contract.agreement, dispute, visit.person.organisation):
                clock = disputing.clock_of(one, dispute, now().date())
                left = f": {clock.days_left} working days left" if clock and not clock.run_out else ""
                address = reverse("disputes.one", args=[visit.held.id, one.id, dispute.id])
                yield Due(f"Answer a dispute in {one.period}{left}", address)
    if visit.may(Right.SUBMIT) and one.over_since_settled and not corrected:
        address = reverse("submissions.one", args=[visit.held.id, one.id])
        yield Due(f"Submit {one.period} anew, as its disputes ended", address)
