"""The course of an assessment: from criteria published before anybody scores, to an award after the standstill."""

from datetime import date

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.states import Machine, Move

_LEAD = ("procurement lead", "programme director")
_ASSESSOR = ("assessor",)
_DECIDER = ("accountable officer", "chair")
_REVIEWER = ("governing body member",)

PREPARED, SCORING, MODERATION, RANKED = "being prepared", "scoring", "moderation", "ranked"
STANDSTILL, REVIEW, REVIEWED, AWARDED = "standstill", "review", "standstill after review", "awarded"
ABANDONED = "abandoned"

_STOP = {"abandon": Move(ABANDONED, _DECIDER)}

ASSESSMENT = Machine(
    "the assessment",
    PREPARED,
    {
        PREPARED: {"publish the criteria": Move(SCORING, _LEAD), **_STOP},
        SCORING: {
            "check": Move(SCORING, _LEAD),
            "score": Move(SCORING, _ASSESSOR),
            "close scoring": Move(MODERATION, _LEAD),
            **_STOP,
        },
        MODERATION: {"moderate": Move(MODERATION, _LEAD), "conclude": Move(RANKED, _LEAD), **_STOP},
        RANKED: {"give notice": Move(STANDSTILL, _LEAD), **_STOP},
        STANDSTILL: {
            "receive a representation": Move(REVIEW, _LEAD),
            "award": Move(AWARDED, _DECIDER),
            **_STOP,
        },
        REVIEW: {
            "receive a representation": Move(REVIEW, _LEAD),
            "uphold the decision": Move(REVIEWED, _REVIEWER),
            "go back to moderation": Move(MODERATION, _REVIEWER),
            **_STOP,
        },
        REVIEWED: {"award": Move(AWARDED, _DECIDER), **_STOP},
    },
)


class Representation(Written):
    """What a bidder wrote against the decision, and the day it came."""

    by: Slug
    on: date
    says: Text


class Decision(Written):
    """What a review came to: upheld, back to an earlier step, or abandoned; by whom, and why."""

    on: date
    by: Slug
    outcome: Text
    because: Text


class Procedure(Written):
    """Where an assessment stands.

    `rules`: the hash of what was published; `offers`: that of the bidders as scoring closed; None: it came with a file.
    """

    id: Slug = "assessment"
    state: Text = ASSESSMENT.first
    rules: str | None = None
    offers: str | None = None
    published: date | None = None
    concluded: date | None = None
    winner: Slug | None = None
    notice: date | None = None
    representations: tuple[Representation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    awarded: date | None = None
    why_awarded: Text | None = None
