"""What the API answers with, where it is no model of the domain."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Schema

from obc.domain.contract.variations.offer import Offer
from obc.domain.contract.variations.proposal import Proposal
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.trail import Action
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.publication.published import PublishedValue


class ContractShown(Schema):
    """A contract, and what the asker is in it."""

    id: str
    title: str
    hash: str
    roles: tuple[str, ...]
    organisation: str


class PartyShown(Schema):
    """A commissioner or a provider."""

    id: str
    name: str
    role: str


class TermsShown(Schema):
    """What a contract is about."""

    id: str
    title: str
    summary: str | None
    hash: str
    currency: str
    structure: str
    parties: tuple[PartyShown, ...]
    years: tuple[int, ...]
    begins: date
    ends: date


class IndicatorShown(Schema):
    """An indicator: what it counts, in words."""

    id: str
    title: str
    why: str
    measure: str
    direction: str
    sentence: str


class OutcomeShown(Schema):
    """An outcome with its indicators."""

    id: str
    title: str
    goal: str
    tier: str
    indicators: tuple[str, ...]


class ReturnShown(Schema):
    """A figure that is asked for beside the measured ones, and what was handed in for it; money in major units."""

    figure: str
    means: str | None
    unit: str
    value: str | None
    evidence: str
    source: str | None


class Page(Schema):
    """Part of a long list: from `offset`, at most `limit`, of `total`."""

    schema_version: Literal[1] = 1
    total: int
    offset: int
    limit: int


class Submissions(Page):
    """Submissions, the newest first."""

    items: tuple[Submission, ...]


class Values(Page):
    """Indicator values as they were submitted."""

    items: tuple[IndicatorValue, ...]


class Published(Page):
    """Indicator values as everybody may see them: what is hidden is null, and `shown` says why."""

    items: tuple[PublishedValue, ...]


class QualityShown(Schema):
    """How far a figure can be relied on: `evidence` in a word, and how many of how many are unknown."""

    indicator: str
    segment: str
    provider: str
    period_start: date
    period_end: date
    evidence: str
    denominator: Decimal | None
    unknown: int | None


class Qualities(Page):
    """How good figures are, in their order."""

    items: tuple[QualityShown, ...]


class HistoryShown(Schema):
    """A figure of an indicator, and the submission that brought it."""

    submission: str
    state: str
    value: IndicatorValue


class History(Page):
    """What an indicator has been, the newest submission first."""

    items: tuple[HistoryShown, ...]


class Changes(Page):
    """Changes of a contract, the newest first."""

    items: tuple[Proposal, ...]


class Offers(Page):
    """Offers of a contract, the first one first."""

    items: tuple[Offer, ...]


class RunShown(Schema):
    """A piece of long work. It is `done_of` of `whole` through the step that `doing` names."""

    number: int
    title: str
    kind: str
    state: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    doing: str
    done_of: int
    whole: int
    message: str
    files: tuple[str, ...]


class Runs(Page):
    """Long work, the newest first."""

    items: tuple[RunShown, ...]


class RoleShown(Schema):
    """A role of somebody in the contract."""

    person: str
    name: str
    role: str
    organisation: str
    until: datetime | None


class People(Page):
    """Roles in the contract."""

    items: tuple[RoleShown, ...]


class Actions(Page):
    """Actions of the trail, in order."""

    head: str
    items: tuple[Action, ...]


class Sent(Schema):
    """Figures of a period: rows of counts."""

    year: int
    quarter: int | None = None
    values: tuple[IndicatorValue, ...]


class Warned(Schema):
    """What to mind about figures that were taken in."""

    submission: Submission
    warnings: tuple[str, ...]


class Refused(Schema):
    """Why nothing was done: every problem, with what to do instead."""

    problems: tuple[dict[str, str | int | None], ...]
