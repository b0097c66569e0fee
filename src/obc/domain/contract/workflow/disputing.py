"""Disputing: a line is disputed, answered, escalated, and ends at one of its two figures. Nobody ends it for others."""

from datetime import date, datetime

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.workflow.clock import Clock
from obc.domain.contract.workflow.dispute import Answer, End, LineDispute
from obc.domain.contract.workflow.parties import is_commissioner
from obc.domain.contract.workflow.review import moved, refused
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person


def disputed(submission: Submission, dispute: LineDispute, by: Person) -> Submission:
    """Lines that a party does not accept; the rest can be agreed. Words given before no longer count."""
    held = {line.key for one in submission.open_disputes for line in one.lines}
    if again := [line for line in dispute.lines if line.key in held]:
        raise refused(submission, f"'{again[0].indicator}', in dispute already", "settle that dispute first")
    after = moved(submission, "dispute", by)
    return after.model_copy(update={"disputes": (*submission.disputes, dispute), "agreed": ()})


def answered(submission: Submission, dispute: str, answer: Answer, by: Person) -> Submission:
    """What a party says to a dispute, with what shows it."""
    found = _open(submission, dispute)
    after = found.model_copy(update={"answers": (*found.answers, answer)})
    return _with(moved(submission, "answer dispute", by), after)


def escalated(submission: Submission, dispute: str, clock: Clock | None, by: Person, day: date) -> Submission:
    """The next step of the contract's dispute rule, before its day."""
    found = _open(submission, dispute)
    if clock is None or clock.following is None:
        raise refused(submission, f"no step after this one for '{dispute}'", "end it: withdraw it, or accept it")
    after = found.model_copy(update={"escalated": (*found.escalated, day)})
    return _with(moved(submission, "escalate dispute", by), after)


def withdrawn(submission: Submission, dispute: str, by: Person, at: datetime) -> Submission:
    """It is over: the figure counts as it was submitted. Only the party that raised it can say so."""
    found = _open(submission, dispute)
    if found.raised_by != by.organisation:
        raise refused(submission, f"a dispute that {found.raised_by} raised", "only who raised it can withdraw it")
    return _ended(submission, found, "withdraw dispute", "as submitted", by, at)


def accepted(submission: Submission, agreement: Agreement, dispute: str, by: Person, at: datetime) -> Submission:
    """It is over: the figure that was held against it is right. Only the other side can say so.

    The figures themselves are changed by who keeps them; here the dispute ends, and words must be given anew.
    """
    found = _open(submission, dispute)
    if is_commissioner(agreement, found.raised_by) == is_commissioner(agreement, by.organisation):
        raise refused(submission, f"a dispute of {found.raised_by}, of your own side", "the other side can accept it")
    if not all(one.known for one in found.claims):
        raise refused(submission, "a dispute without another figure", "ask for the figure, or send the figures back")
    return _ended(submission, found, "accept dispute", "as claimed", by, at)


def _ended(submission: Submission, found: LineDispute, verb: str, end: End, by: Person, at: datetime) -> Submission:
    after = found.model_copy(update={"settled": at.date(), "ended": end, "ended_by": by.organisation})
    anew = {"agreed": (), "approved": ()} if end == "as claimed" or submission.state == "agreed by both" else {}
    return _with(moved(submission, verb, by), after).model_copy(update={} if submission.statement else anew)


def _open(submission: Submission, dispute: str) -> LineDispute:
    found = next((one for one in submission.open_disputes if one.id == dispute), None)
    if found is None:
        raise refused(submission, f"no open dispute '{dispute}'", "name one that is open")
    return found


def _with(submission: Submission, dispute: LineDispute) -> Submission:
    rest = tuple(dispute if one.id == dispute.id else one for one in submission.disputes)
    return submission.model_copy(update={"disputes": rest})
