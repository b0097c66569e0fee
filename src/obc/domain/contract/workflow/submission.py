"""A submission: the figures of a period, from the provider that gives them to the settlement that all have agreed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from obc.domain.contract.workflow.dispute import LineDispute
from obc.domain.contract.workflow.rights import Role
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.states import Machine, Move

Text = Annotated[str, StringConstraints(min_length=1)]
Quarter = Annotated[int, Field(ge=1, le=4)]

SYSTEM = "obc"
"""Who acts where nobody decides: figures are checked and scored as the contract says."""

_REVIEWERS = (Role.COMMISSIONER_MANAGER, Role.JOINT_GROUP, Role.PROVIDER_LEAD)
_SIGNERS = (Role.COMMISSIONER_FINANCE, Role.JOINT_GROUP, Role.PROVIDER_LEAD)
_HANDERS = (Role.COMMISSIONER_MANAGER, Role.COMMISSIONER_FINANCE, Role.PROVIDER_LEAD, Role.PROVIDER_ANALYST)


def _stays(state: str) -> dict[str, Move]:
    """What can become of a dispute once all else is settled: its money follows when the year is restated."""
    verbs = ("answer dispute", "escalate dispute", "withdraw dispute", "accept dispute")
    return {verb: Move(state, by=_REVIEWERS) for verb in verbs}


LIFE = Machine(
    "the submission",
    "submitted",
    {
        "submitted": {"validate": Move("validated", by=(SYSTEM,))},
        "validated": {"score": Move("scored", by=(SYSTEM,))},
        "scored": {
            "take up": Move("under review", by=(Role.COMMISSIONER_MANAGER, Role.JOINT_GROUP)),
            "hand in": Move("scored", by=_HANDERS),
        },
        "under review": {
            "hand in": Move("under review", by=_HANDERS),
            "dispute": Move("under review", by=_REVIEWERS),
            "answer dispute": Move("under review", by=_REVIEWERS),
            "escalate dispute": Move("under review", by=_REVIEWERS),
            "withdraw dispute": Move("under review", by=_REVIEWERS),
            "accept dispute": Move("under review", by=_REVIEWERS),
            "agree": Move("under review", by=_REVIEWERS),
            "agree as the last": Move("agreed by both", by=_REVIEWERS),
            "send back": Move("sent back", by=(Role.COMMISSIONER_MANAGER, Role.JOINT_GROUP)),
        },
        "agreed by both": {
            "hand in": Move("under review", by=_HANDERS),
            "answer dispute": Move("agreed by both", by=_REVIEWERS),
            "escalate dispute": Move("agreed by both", by=_REVIEWERS),
            "withdraw dispute": Move("under review", by=_REVIEWERS),
            "accept dispute": Move("under review", by=_REVIEWERS),
            "approve": Move("agreed by both", by=_SIGNERS),
            "settle": Move("settled", by=(SYSTEM,)),
        },
        "settled": {
            "sign": Move("settled", by=_SIGNERS),
            **_stays("settled"),
            "publish": Move("published", by=(Role.COMMISSIONER_MANAGER, Role.JOINT_GROUP)),
            "restate": Move("restated", by=(SYSTEM,)),
        },
        "published": {
            "sign": Move("published", by=_SIGNERS),
            **_stays("published"),
            "restate": Move("restated", by=(SYSTEM,)),
        },
        "sent back": {},
        "restated": {},
    },
)
"""The life of a submission. Corrected figures are a new submission; the one before is restated, not rewritten."""


class Consent(Written):
    """Somebody's word for an organisation."""

    by: Slug
    organisation: Slug
    at: datetime


class HandedIn(Written):
    """Returns that somebody handed in for the year; `paper` is the digest of all of them as they then are."""

    by: Slug
    organisation: Slug
    at: datetime
    paper: str


class Signed(Written):
    """A party's signature under the statement: `paper` is the digest of the file that was made with its own key."""

    party: Slug
    by: Slug
    at: datetime
    paper: str


class Concern(Written):
    """What a patient and carer representative fears for quality. It is answered before anything is settled."""

    id: Slug
    raised_by: Slug
    raised: datetime
    text: Text
    answer: Text | None = None
    answered_by: Slug | None = None


class Comment(Written):
    """A remark on a submission, for all who may read it."""

    by: Slug
    at: datetime
    text: Text


class Submission(Written):
    """The figures of one period, as one organisation gave them.

    `values` and `statement` are the digests of the papers that hold them. `handed_in` are the returns that stand beside
    the values, such as open-book costs; the last paper counts. `contract_hash` is the version of the
    contract under which they were given, `folder` the digest of its files: whatever is agreed later, these figures are
    scored and settled by it. `version` counts the submissions of the same period. `records` is the fingerprint of the
    records that they were measured from, where they were.
    """

    id: Slug
    year: int
    quarter: Quarter | None = Field(default=None, description="None: the whole year, which can be settled")
    version: int = 1
    contract_hash: str
    folder: str
    values: str
    rows: int
    records: str | None = None
    submitted_by: Slug
    organisation: Slug
    submitted: datetime
    state: str = LIFE.first
    scorecard: str | None = None
    disputes: tuple[LineDispute, ...] = ()
    concerns: tuple[Concern, ...] = ()
    comments: tuple[Comment, ...] = ()
    handed_in: tuple[HandedIn, ...] = ()
    agreed: tuple[Consent, ...] = ()
    approved: tuple[Consent, ...] = ()
    statement: str | None = None
    held_back: tuple[Slug, ...] = Field(default=(), description="the disputes that were open when it was settled")
    restates: Slug | None = Field(default=None, description="the settled submission whose figures it corrects")
    adjusting: str | None = Field(default=None, description="the entries that bring the ledger to its statement")
    signatures: tuple[Signed, ...] = ()
    published: datetime | None = Field(default=None, description="since when everybody may read it, corrected or not")

    @property
    def period(self) -> str:
        """The period in words."""
        return f"year {self.year}" if self.quarter is None else f"year {self.year}, quarter {self.quarter}"

    @property
    def returns(self) -> str | None:
        """The digest of the returns that count; None where nothing was handed in."""
        return self.handed_in[-1].paper if self.handed_in else None

    @property
    def givers(self) -> frozenset[str]:
        """Who gave figures, and so neither agrees nor approves them."""
        return frozenset((self.submitted_by, *(one.by for one in self.handed_in)))

    @property
    def open_disputes(self) -> tuple[LineDispute, ...]:
        """The lines that are not agreed yet."""
        return tuple(one for one in self.disputes if one.settled is None)

    @property
    def over_since_settled(self) -> tuple[LineDispute, ...]:
        """The disputes under which it was settled and that ended since: what hangs on them is still held."""
        return tuple(one for one in self.disputes if one.settled and one.id in self.held_back)

    @property
    def unanswered(self) -> tuple[Concern, ...]:
        """The concerns that wait for an answer."""
        return tuple(one for one in self.concerns if one.answer is None)


def open_to_all(given: Iterable[Submission]) -> tuple[Submission, ...]:
    """What everybody may read: of each period the version that was published last, in the order of periods.

    A year that is being corrected stays open as it was published, until the corrected one is published in its place.
    """
    published = sorted((one for one in given if one.published), key=lambda one: one.version)
    last = {(one.year, one.quarter or 0): one for one in published}
    return tuple(last[period] for period in sorted(last))
