"""Disputes on lines of a submission, in the database: raised, answered, escalated, ended; with papers and a clock."""

from collections.abc import Sequence
from datetime import date, datetime

from obc.bootstrap import submissions
from obc.bootstrap.books import Held
from obc.domain.contract.workflow import disputing
from obc.domain.contract.workflow.changed import put_right
from obc.domain.contract.workflow.clock import Clock, clock
from obc.domain.contract.workflow.dispute import Answer, Attached, Claim, LineDispute
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems, refusal
from obc.loaders.attachments import LARGEST as LARGEST_PAPER
from obc.loaders.attachments import checked_attachment
from obc.loaders.procurement import bank_holidays
from obc.store import papers

__all__ = [
    "LARGEST_PAPER",
    "accept",
    "answer",
    "clock_of",
    "escalate",
    "paper_of",
    "raise_dispute",
    "withdraw",
]

Sent = tuple[str, bytes]
"""The name of a file and its bytes."""


def raise_dispute(
    held: Held, id_: str, claims: Sequence[Claim], why: str, sent: Sequence[Sent], by: Person, at: datetime
) -> Submission:
    """Dispute lines of a submission. Raises `Problems`."""
    if not claims or not why.strip():
        raise refusal("the submission", "dispute", "no line, or no reason", "choose a line and say what is wrong")

    def changed(before: Submission) -> Submission:
        known = {value.key for value in submissions.values_of(before).values}
        if strange := [one.line for one in claims if one.line.key not in known]:
            found = f"no line '{strange[0].indicator}, {strange[0].segment}'"
            raise refusal(before.id, "dispute", found, "choose one of the table")
        name = f"dispute-{_next_dispute(before)}"
        dispute = LineDispute(
            id=name,
            claims=tuple(claims),
            why=why.strip(),
            raised_by=by.organisation,
            by=by.id,
            raised=at.date(),
            attached=_attached(name, 0, sent, by, at),
        )
        return disputing.disputed(before, dispute, by)

    return submissions.act_on(held, id_, "dispute", changed, by, at, why.strip())


def answer(held: Held, id_: str, dispute: str, text: str, sent: Sequence[Sent], by: Person, at: datetime) -> Submission:
    """Answer a dispute, with or without papers. Raises `Problems`."""
    if not text.strip():
        raise refusal("the submission", "answer", "no words", "say what you found")

    def changed(before: Submission) -> Submission:
        so_far = next((len(one.papers) for one in before.disputes if one.id == dispute), 0)
        attached = _attached(dispute, so_far, sent, by, at)
        said = Answer(by=by.id, organisation=by.organisation, at=at, text=text.strip(), attached=attached)
        return disputing.answered(before, dispute, said, by)

    return submissions.act_on(held, id_, "answer dispute", changed, by, at, "an answer to the dispute")


def escalate(held: Held, id_: str, dispute: str, by: Person, at: datetime) -> Submission:
    """Begin the next step of the contract's dispute rule before its day. Raises `Problems`."""

    def changed(before: Submission) -> Submission:
        found = next((one for one in before.open_disputes if one.id == dispute), None)
        running = clock_of(before, found, at.date()) if found else None
        return disputing.escalated(before, dispute, running, by, at.date())

    return submissions.act_on(held, id_, "escalate dispute", changed, by, at, "the next step is asked for")


def withdraw(held: Held, id_: str, dispute: str, by: Person, at: datetime) -> Submission:
    """End one's own dispute: the figure stays. Raises `Problems`."""
    return submissions.act_on(
        held,
        id_,
        "withdraw dispute",
        lambda before: disputing.withdrawn(before, dispute, by, at),
        by,
        at,
        "the figure stays as it was submitted",
    )


def accept(held: Held, id_: str, dispute: str, by: Person, at: datetime) -> Submission:
    """End a dispute of the other side: its figure is right. What is settled changes when it is restated. `Problems`."""

    def changed(before: Submission) -> Submission:
        contract = submissions.contract_of(before)
        after = disputing.accepted(before, contract.agreement, dispute, by, at)
        if after.statement:
            return after
        right = next(one.claims for one in after.disputes if one.id == dispute)
        values = put_right(contract, submissions.values_of(before), right)
        paper, scorecard = submissions.kept(contract, values, before.year, before.quarter)
        return after.model_copy(update={"values": paper, "scorecard": scorecard, "records": None})

    return submissions.act_on(held, id_, "accept dispute", changed, by, at, "the disputed figure is put right")


def clock_of(one: Submission, dispute: LineDispute, day: date) -> Clock | None:
    """The contract's clock for a dispute; None where it sets none, or the bank holidays of the years are not known."""
    schedules = submissions.contract_of(one).schedules
    if schedules is None:
        return None
    try:
        return clock(schedules.disputes, bank_holidays(), dispute, day)
    except Problems:
        return None


def paper_of(one: Submission, paper: str) -> tuple[Attached, bytes] | None:
    """A paper that was brought to a dispute of this submission, and its bytes; None where there is none of that id."""
    for dispute in one.disputes:
        for attached in dispute.papers:
            if attached.id == paper:
                return attached, papers.paper(attached.paper)
    return None


def _next_dispute(one: Submission) -> int:
    """The number of the next dispute; one that was taken over from the former figures keeps its own."""
    return max((int(held.id.rpartition("-")[2]) for held in one.disputes), default=0) + 1


def _attached(dispute: str, so_far: int, sent: Sequence[Sent], by: Person, at: datetime) -> tuple[Attached, ...]:
    made = []
    for n, (name, content) in enumerate(sent, start=so_far + 1):
        kind = checked_attachment(name, content)
        made.append(
            Attached(
                id=f"{dispute}-paper-{n}",
                name=name,
                kind=kind,
                size=len(content),
                paper=papers.keep(content),
                by=by.id,
                at=at,
            )
        )
    return tuple(made)
