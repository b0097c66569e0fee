"""What the API answers with, where it is no model of the domain."""

from datetime import date
from typing import Literal

from ninja import Schema

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
