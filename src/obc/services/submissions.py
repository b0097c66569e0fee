"""Submissions: figures come in, are checked, reviewed, agreed, settled and published; each act leaves a line."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.checking import wrong_with
from obc.domain.contract.workflow.returns import completed
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.circumstances import Circumstances

KIND = "submission"


class Register(Protocol):
    """The submissions of a contract, with everybody else kept waiting."""

    def submissions(self) -> tuple[Submission, ...]:
        """All of them, the first one first."""
        ...

    def write(
        self, before: Submission | None, after: Submission, verb: str, by: Person, at: datetime, why: str
    ) -> None:
        """One line more in the trail."""
        ...


def found(register: Register, id_: str) -> Submission:
    """A submission by its id. Raises `Problems`."""
    for one in register.submissions():
        if one.id == id_:
            return one
    raise refusal("submissions", id_, "no such submission", "choose one from the list")


def submit(
    register: Register,
    contract: Contract,
    values: ValueSet,
    keep: Callable[[ValueSet], tuple[str, str | None]],
    *,
    folder: str,
    year: int,
    quarter: int | None,
    by: Person,
    at: datetime,
) -> tuple[Submission, tuple[Problem, ...]]:
    """Take figures in: checked whole before anything is kept. Returns the submission and what to mind.

    `folder` is the digest of the contract's files. `keep` files the values with what was worked out from their counts,
    and their scorecard where they can be scored; it gives the digests of both. Raises `Problems`: the errors of the
    figures, all at once.
    """
    problems = wrong_with(contract, year, quarter, values)
    if any(one.severity == "error" for one in problems):
        raise Problems(problems)
    others = [one for one in register.submissions() if (one.year, one.quarter) == (year, quarter)]
    for one in others:
        if one.state not in ("sent back", "settled", "published", "restated"):
            found_ = f"one for {one.period} by {one.submitted_by}, {one.state}"
            raise refusal("submissions", one.id, found_, "it has to be sent back or settled before another comes in")
    kept, scorecard = keep(completed(contract, values))
    version = len(others) + 1
    name = f"year-{year}" + (f"-quarter-{quarter}" if quarter else "") + (f"-{version}" if version > 1 else "")
    given = Submission(
        id=name,
        year=year,
        quarter=quarter,
        version=version,
        contract_hash=contract.hash,
        folder=folder,
        values=kept,
        rows=len(values.values),
        submitted_by=by.id,
        organisation=by.organisation,
        submitted=at,
    )
    register.write(None, given, "submit", by, at, f"figures for {given.period}")
    ready = review.scored(given, scorecard, review.SYSTEM_PERSON)
    register.write(given, ready, "check and score", review.SYSTEM_PERSON, at, "no error was found in the figures")
    return ready, problems


def change(
    register: Register,
    id_: str,
    verb: str,
    changed: Callable[[Submission], Submission],
    *,
    by: Person,
    at: datetime,
    why: str,
) -> Submission:
    """One act on a submission, written to the trail. Raises `Problems`."""
    before = found(register, id_)
    after = changed(before)
    register.write(before, after, verb, by, at, why)
    return after


def circumstances(submission: Submission) -> Circumstances:
    """The disputes under which a submission is settled."""
    return Circumstances(disputes=submission.open_disputes)
