"""Restating in the database: what corrected figures change, before anybody approves them, and what was booked."""

from datetime import datetime
from functools import lru_cache

from obc.bootstrap import submissions
from obc.bootstrap.books import Held
from obc.domain.contract.workflow.changed import ChangedLine, changed_lines, put_right
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, refusal
from obc.domain.money.settlement.ledger import Entry
from obc.domain.money.settlement.restatement import restate


def former_of(book: str, one: Submission) -> Submission | None:
    """The settled submission whose figures this one corrects."""
    return submissions.submission(book, one.restates) if one.restates else None


def following(book: str, one: Submission) -> Submission | None:
    """The newest submission that corrects this one; those that were sent back do not."""
    later = (given for given in submissions.submissions(book) if given.state != "sent back")
    return next((given for given in later if given.restates == one.id), None)


def changes(one: Submission, former: Submission) -> tuple[ChangedLine, ...]:
    """Every line that the corrected figures change."""
    return _changes(former.values, one.values)


def adjusting(book: str, one: Submission, former: Submission) -> tuple[Entry, ...]:
    """The money that moves if these figures are settled, or that moved when they were. Raises `Problems`."""
    if one.adjusting:
        return submissions.adjusting_in(one.adjusting).entries
    return restate(submissions.ledger_of(book, former), submissions.settlement_of(one).settlements)


def correct(held: Held, id_: str, by: Person, at: datetime) -> tuple[Submission, tuple[Problem, ...]]:
    """Submit a settled year anew, with its figures as the disputes that are over since then left them. `Problems`."""
    one = submissions.submission(held.id, id_)
    over = one.over_since_settled if one else ()
    if one is None or not over:
        raise refusal("submissions", id_, "no dispute that is over", "end one, or submit corrected figures")
    right = [claim for dispute in over if dispute.ended == "as claimed" for claim in dispute.claims]
    values = put_right(held.contract, submissions.values_of(one), right)
    return submissions.submit(held, values, one.year, one.quarter, by, at)


@lru_cache(maxsize=32)
def _changes(before: str, after: str) -> tuple[ChangedLine, ...]:
    return changed_lines(submissions.values_in_paper(before), submissions.values_in_paper(after))
