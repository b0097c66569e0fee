"""What the API answers with about programmes: rows as the pages have them, with ids and days that programs read."""

from datetime import date
from typing import Literal

from ninja import Schema

from obc.web.api.shapes import Page


class ProgrammeShown(Schema):
    """A programme, and what the asker is in it."""

    id: str
    title: str
    roles: tuple[str, ...]
    organisation: str


class DueShown(Schema):
    """Something with a day, and whose it is."""

    day: date
    what: str
    kind: str
    id: str
    owner: str
    overdue: bool


class GateShown(Schema):
    """A gate with how far its evidence has come."""

    id: str
    title: str
    contract: str
    kind: str
    body: str
    due: date | None
    state: str
    criteria_met: int
    criteria: int
    decision: str | None
    conditions_open: int


class TaskShown(Schema):
    """A task with its days, as the plan works them out today."""

    id: str
    title: str
    owner: str
    state: str
    begins: date
    last_day: date
    promised: date | None
    days_late: int
    slack: int
    critical: bool


class RiskShown(Schema):
    """A risk with its three scores."""

    id: str
    title: str
    category: str
    score_before: int
    score: int
    band: str
    score_after: int
    owner: str
    review_by: date
    state: str


class LeverShown(Schema):
    """A lever of the catalogue, what the ladder says of it now, and who has it in hand."""

    id: str
    title: str
    manner: str
    permitted: bool
    because: str
    takes: str | None


class InHandShown(Schema):
    """A lever in hand; `state` is as on the day of the answer."""

    id: str
    lever: str
    title: str
    what: str
    owner: str
    risk: str | None
    since: date | None
    lapses: date | None
    state: str


class EscalationShown(Schema):
    """A breach on its way; `permitted`: the moves that the rules let be made today."""

    id: str
    contract: str
    party: str
    about: str
    breach: str
    state: str
    since: date
    due: date | None
    permitted: tuple[str, ...]


class PromiseShown(Schema):
    """An action with its owner and day."""

    id: str
    title: str
    owner: str
    due: date
    state: str
    late: bool


class FindingShown(Schema):
    """What was said, and what was done about it."""

    id: str
    says: str
    said_by: tuple[str, ...]
    state: str
    did: str | None
    answer: str | None


class ScoreShown(Schema):
    """A score that the asker may see."""

    bidder: str
    question: str
    by: str
    score: int
    evidence: str
    because: str


class TableShown(Schema):
    """A table of a page: its cells as they are written there."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Dues(Page):
    """What is overdue or falls due, the earliest first."""

    items: tuple[DueShown, ...]


class Gates(Page):
    """Gates, in the order of the file."""

    items: tuple[GateShown, ...]


class Tasks(Page):
    """Tasks, late ones first."""

    items: tuple[TaskShown, ...]


class Risks(Page):
    """Risks, in the order in which they came."""

    items: tuple[RiskShown, ...]


class Levers(Page):
    """Levers of the catalogue, by family."""

    items: tuple[LeverShown, ...]


class LeversInHand(Page):
    """Levers in hand, in the order in which they came."""

    items: tuple[InHandShown, ...]


class Escalations(Page):
    """Escalations, in the order in which they were opened."""

    items: tuple[EscalationShown, ...]


class Promises(Page):
    """Actions, those that are open first."""

    items: tuple[PromiseShown, ...]


class Findings(Page):
    """What was heard, in the order in which it came."""

    items: tuple[FindingShown, ...]


class Scores(Page):
    """Scores of bidders. `may`: own while scoring is open, the panel's once it has closed, or nothing."""

    may: Literal["nothing", "own", "panel"]
    state: str
    items: tuple[ScoreShown, ...]


class Tables(Page):
    """The tables of a page, in their order."""

    items: tuple[TableShown, ...]
