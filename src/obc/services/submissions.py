"""Submissions: figures come in, are checked, reviewed, agreed, settled and published; each act leaves a line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.checking import Key, wrong_with
from obc.domain.contract.workflow.place import Place
from obc.domain.contract.workflow.quarters import not_adding_up, years_of
from obc.domain.contract.workflow.returns import completed
from obc.domain.contract.workflow.submission import HandedIn, Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.circumstances import Circumstances

KIND = "submission"
Places = Mapping[Key, Place]
NO_PLACES: Places = MappingProxyType({})


class Register(Protocol):
    """The submissions of a contract, with everybody else kept waiting."""

    def submissions(self) -> tuple[Submission, ...]:
        """All of them, the first one first."""
        ...

    def values(self, one: Submission) -> ValueSet:
        """The figures that a submission brought."""
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


class Given(NamedTuple):
    """What somebody submits: figures, where each stood in what was sent, and what could not be read of it."""

    values: ValueSet
    places: Places = NO_PLACES
    unread: tuple[Problem, ...] = ()


def submit(
    register: Register,
    contract: Contract,
    given: Given,
    keep: Callable[[ValueSet], tuple[str, str | None]],
    *,
    folder: str,
    year: int,
    quarter: int | None,
    by: Person,
    at: datetime,
    returns: HandedIn | None = None,
) -> tuple[Submission, tuple[Problem, ...]]:
    """Take figures in: checked whole before anything is kept. Returns the submission and what to mind.

    `folder` is the digest of the contract's files. `keep` files the values with what was worked out from their counts,
    and their scorecard where they can be scored; it gives the digests of both. Where the period is settled already,
    the figures correct it: what is still in dispute there is in dispute here, and what was handed in there counts here
    until `returns` or a later act brings others. Raises `Problems`: the errors of the
    figures, all at once.
    """
    values = given.values
    problems = (*given.unread, *wrong_with(contract, year, quarter, values, given.places))
    if any(one.severity == "error" for one in problems):
        raise Problems(problems)
    everything = register.submissions()
    others = [one for one in everything if (one.year, one.quarter) == (year, quarter)]
    for one in others:
        if one.state not in ("sent back", "settled", "published", "restated"):
            found_ = f"one for {one.period} by {one.submitted_by}, {one.state}"
            raise refusal("submissions", one.id, found_, "it has to be sent back or settled before another comes in")
    former = restated_by(others)
    kept, scorecard = keep(completed(contract, values))
    handed_in = (*(former.handed_in if former else ()), *([returns] if returns else ()))
    if former and (kept, handed_in) == (former.values, former.handed_in) and not former.over_since_settled:
        raise refusal("submissions", former.id, "the same figures again", "there is nothing to restate")
    version = len(others) + 1
    name = f"year-{year}" + (f"-quarter-{quarter}" if quarter else "") + (f"-{version}" if version > 1 else "")
    made = Submission(
        id=name,
        year=year,
        quarter=quarter,
        version=version,
        contract_hash=contract.hash,
        folder=folder,
        values=kept,
        rows=len(values.values),
        records=values.records_hash,
        submitted_by=by.id,
        organisation=by.organisation,
        submitted=at,
        restates=former.id if former else None,
        disputes=former.open_disputes if former else (),
        handed_in=handed_in,
    )
    register.write(None, made, "submit", by, at, f"figures for {made.period}")
    ready = review.scored(made, scorecard, review.SYSTEM_PERSON)
    register.write(made, ready, "check and score", review.SYSTEM_PERSON, at, "no error was found in the figures")
    return ready, (*problems, *_to_mind(register, contract, ready, values, everything))


def restated_by(others: Sequence[Submission]) -> Submission | None:
    """Of the submissions of a period, the settled one that another one would correct."""
    return next((one for one in others if one.state in ("settled", "published")), None)


def _to_mind(
    register: Register, contract: Contract, made: Submission, values: ValueSet, others: Sequence[Submission]
) -> Iterator[Problem]:
    """Quarters that do not add up to the year, and other figures from the very same records."""
    if made.quarter is None:
        year = next((one for one in years_of((made.year,), others)), None)
        quarters = enumerate(year.quarters if year else (), start=1)
        given = {n: register.values(one) for n, one in quarters if one and one.state != "sent back"}
        yield from not_adding_up(contract, made.year, values, given)
    for one in others:
        if made.records and (one.records, one.year, one.quarter) == (made.records, made.year, made.quarter):
            found_ = f"{one.period} was submitted before from the same records"
            expected = "say in a remark what was measured otherwise"
            place = Place("figures", None, "the records")
            yield place.wrong(None, found_, expected, warning=True)
            break


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


def circumstances(submission: Submission, year: Period) -> Circumstances:
    """The disputes under which the days of a year are settled."""
    frozen = [one for held in submission.open_disputes for one in held.freezes(submission.year, year.start, year.end)]
    return Circumstances(disputes=tuple(frozen))
