"""Notices: which line of a trail is told to whom, in words without a figure and without a name."""

from dataclasses import dataclass
from types import MappingProxyType

from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.trail import Action


@dataclass(frozen=True)
class Event:
    """Something that people are told of: those with the `right`, but for who did it.

    `page` is where it can be seen: the name of the page, and whether the record is part of its address.
    """

    subject: str
    says: str
    right: Right
    page: str
    of_record: bool = False


_FIGURES = "submissions.one"

EVENTS = MappingProxyType(
    {
        "submitted": Event(
            "figures wait to be taken up", "Figures were submitted and checked.", Right.PUBLISH, _FIGURES, True
        ),
        "taken up": Event(
            "figures are under review",
            "Figures were taken up for review: agree them, or dispute a line.",
            Right.REVIEW,
            _FIGURES,
            True,
        ),
        "sent back": Event("figures were sent back", "Figures have to be mended.", Right.SUBMIT, _FIGURES, True),
        "disputed": Event(
            "a line is in dispute", "A line of the figures under review is disputed.", Right.REVIEW, _FIGURES, True
        ),
        "agreed": Event(
            "a settlement waits for approval",
            "All parties agree on the figures. One person of each side approves the settlement.",
            Right.APPROVE_SETTLEMENT,
            _FIGURES,
            True,
        ),
        "settled": Event(
            "a statement waits for signatures",
            "Both sides approved, and it is settled. Each party signs the statement with its own key.",
            Right.APPROVE_SETTLEMENT,
            _FIGURES,
            True,
        ),
        "published": Event(
            "a settlement is published", "A settlement is open to the public.", Right.READ_AGREED, _FIGURES, True
        ),
        "dispute answered": Event(
            "a dispute was answered",
            "A dispute was answered: take it back, go on, or accept.",
            Right.REVIEW,
            _FIGURES,
            True,
        ),
        "concern raised": Event(
            "a concern about quality waits for an answer",
            "A patient and carer representative raised a concern. Nothing is settled until it is answered.",
            Right.ANSWER_CONCERN,
            _FIGURES,
            True,
        ),
        "concern answered": Event(
            "a concern about quality was answered", "A concern was answered.", Right.RAISE_CONCERN, _FIGURES, True
        ),
        "variation proposed": Event(
            "a change of the contract is proposed",
            "A change of the contract waits for the word of every party.",
            Right.PROPOSE_VARIATION,
            "variations.listed",
        ),
        "variation agreed": Event(
            "a change of the contract is agreed",
            "Every party agreed to a change of the contract.",
            Right.PROPOSE_VARIATION,
            "variations.listed",
        ),
        "offer made": Event(
            "an offer was made", "An offer on the terms waits for an answer.", Right.ANSWER_OFFER, "offers.one", True
        ),
        "clock runs out": Event(
            "a clock is about to run out",
            "The time to answer a proposed change of the contract is about to run out.",
            Right.PROPOSE_VARIATION,
            "variations.listed",
        ),
        "dispute runs out": Event(
            "the time for a dispute is about to run out",
            "The step that a dispute has reached is about to run out, and your side has the next word.",
            Right.REVIEW,
            _FIGURES,
            True,
        ),
        "key proposed": Event(
            "a key waits to be confirmed",
            "A new key of a party was proposed. A second person of that party confirms it.",
            Right.MANAGE_KEYS,
            "keys.listed",
        ),
        "gate due": Event(
            "a gate is due",
            "A gate of the programme is due within four weeks, or overdue.",
            Right.ACT_IN_PROGRAMME,
            "gates.gate",
            True,
        ),
    }
)
"""What people are told of. A thing of the field that is not here is on the pages, and in nobody's mail."""

_SUBMISSION = MappingProxyType(
    {
        "submit": "submitted",
        "take up": "taken up",
        "send back": "sent back",
        "dispute": "disputed",
        "answer dispute": "dispute answered",
        "settle": "settled",
        "publish": "published",
        "raise concern": "concern raised",
        "answer concern": "concern answered",
    }
)


def event_of(action: Action) -> str | None:
    """What a line tells people of; None where it tells nobody anything."""
    if action.kind == "submission":
        if action.verb == "agree" and '"state":"agreed by both"' in action.after:
            return "agreed"
        return _SUBMISSION.get(action.verb)
    if action.kind.startswith("change-of-"):
        return {"propose": "variation proposed", "agree as the last": "variation agreed"}.get(action.verb)
    if action.kind == "offer" and action.before is None:
        return "offer made"
    if action.kind == "party-key" and action.verb == "propose":
        return "key proposed"
    return None
