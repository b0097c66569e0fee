"""Submissions of a contract in the database: each act is checked, written with its line, and only then answered."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from obc.bootstrap import keys
from obc.bootstrap.books import Held, contract_in
from obc.bootstrap.settling import code_version
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.submission import HandedIn, Submission, open_to_all
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, refusal
from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.core.kernel.trail import Action, act
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.ledger import Ledger
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.engine.sent_values import read_sent
from obc.reports import signature as signatures
from obc.services import submissions as service
from obc.services.score import score_year
from obc.services.settle import Settled, settle_measured
from obc.store import book as books
from obc.store import papers, runs
from obc.store.models import Run


class _Desk:
    """The register of submissions, while nobody else acts on the book."""

    def __init__(self, book: str, write: Callable[[Callable[[tuple[Action, ...]], Action]], Action]):
        self._book, self._write = book, write

    def submissions(self) -> tuple[Submission, ...]:
        return books.standing(self._book, service.KIND, Submission)

    def values(self, one: Submission) -> ValueSet:
        return values_of(one)

    def write(
        self, before: Submission | None, after: Submission, verb: str, by: Person, at: datetime, why: str
    ) -> None:
        def made(last: tuple[Action, ...]) -> Action:
            # who had to wait for somebody else acted after them, though they pressed the button before
            done = max(at, last[0].at) if last else at
            return act(last, before, after, kind=service.KIND, verb=verb, by=by, at=done, why=why)

        self._write(made)


@contextmanager
def desk(book: str) -> Iterator[_Desk]:
    """The submissions of a book, to act on; what is written in the block is written together or not at all."""
    with books.acting(book) as write:
        yield _Desk(book, write)


def submissions(book: str) -> tuple[Submission, ...]:
    """The submissions of a contract, the newest first."""
    return books.standing(book, service.KIND, Submission)[::-1]


def submission(book: str, id_: str) -> Submission | None:
    """One of them."""
    return books.record(book, service.KIND, id_, Submission)


def published(book: str, id_: str) -> Submission | None:
    """One of them, where everybody may read it."""
    return next((one for one in open_to_all(submissions(book)) if one.id == id_), None)


def values_in(name: str, content: bytes) -> ValueSet:
    """The values in a values file that somebody sent: Parquet, CSV or JSON by its ending. Raises `Problems`."""
    with tempfile.TemporaryDirectory(prefix="obc-values-") as place:
        path = Path(place) / f"figures{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return read_sent(path, name)


def contract_of(one: Submission) -> Contract:
    """The contract as it was when the figures were given."""
    return contract_in(one.folder)


def values_of(one: Submission) -> ValueSet:
    """The figures that a submission brought."""
    return values_in_paper(one.values)


def scorecard_of(one: Submission) -> Scorecard | None:
    """What they score; None where a quarter, or too little, was submitted."""
    return scorecard_in(one.scorecard) if one.scorecard else None


def returns_of(one: Submission) -> Returns:
    """What was handed in beside the figures."""
    return returns_in_paper(one.returns) if one.returns else NOTHING_RETURNED


def statement_of(one: Submission) -> Statement | None:
    """The statement that a submission was settled by."""
    return statement_in(one.statement) if one.statement else None


def document_of(one: Submission) -> bytes | None:
    """The bytes of that statement, which all parties sign."""
    return papers.paper(one.statement) if one.statement else None


def submit(
    held: Held,
    values: ValueSet,
    year: int,
    quarter: int | None,
    by: Person,
    at: datetime,
    places: service.Places = service.NO_PLACES,
    unread: tuple[Problem, ...] = (),
    returns: HandedIn | None = None,
) -> tuple[Submission, tuple[Problem, ...]]:
    """Take figures in. Returns the submission and what to mind. Raises `Problems`, with every error of the figures.

    `places`: where each figure stood in what was sent. `unread`: what of it could not be made into figures. `returns`:
    what is handed in with them.
    """
    contract = held.contract
    given = service.Given(values, places, unread)

    def keep(figures: ValueSet) -> tuple[str, str | None]:
        return kept(contract, figures, year, quarter)

    with desk(held.id) as register:
        return service.submit(
            register,
            contract,
            given,
            keep,
            folder=held.folder,
            year=year,
            quarter=quarter,
            by=by,
            at=at,
            returns=returns,
        )


def kept(contract: Contract, values: ValueSet, year: int, quarter: int | None) -> tuple[str, str | None]:
    """Keep figures and their scorecard; a quarter has none, nor has a year for which the contract pays nothing."""
    paper = papers.keep(canonical_json(values))
    if quarter is not None or contract.framework is None or contract.framework.shares(year) is None:
        return paper, None
    return paper, papers.keep(canonical_json(score_year(contract, values, year)))


def act_on(
    held: Held,
    id_: str,
    verb: str,
    changed: Callable[[Submission], Submission],
    by: Person,
    at: datetime,
    why: str,
) -> Submission:
    """One act on a submission; when it was the second approval, the settlement is asked for. Raises `Problems`."""
    with desk(held.id) as register:
        after = service.change(register, id_, verb, changed, by=by, at=at, why=why)
        if after.state == "agreed by both" and review.both_sides(after):
            ask_settlement(held, after, by, at)
    return after


def sign(held: Held, id_: str, content: bytes, by: Person, at: datetime) -> Submission:
    """Take a party's signature file in, if it holds under the key that it has in force that day. Raises `Problems`."""
    one = submission(held.id, id_)
    document = document_of(one) if one else None
    if one is None or document is None:
        raise refusal("submissions", id_, "nothing settled", "sign once it is settled")
    agreement = contract_of(one).agreement
    party = signatures.party_of(content)
    in_force = keys.in_force(held.id, agreement, party, at.date())
    if reasons := signatures.refusals(document, {"the signature": content}, in_force):
        raise refusal("the signature", "the file", reasons[0], "sign this statement: obc sign statement.json …")
    paper = papers.keep(content)
    return act_on(
        held, id_, "sign", lambda before: review.signed(before, agreement, party, paper, by, at), by, at, "signed"
    )


def signatures_of(one: Submission) -> dict[str, bytes]:
    """The signature files under a statement, by the names that they have beside it."""
    return {f"statement.{given.party}.sig": papers.paper(given.paper) for given in one.signatures}


def ask_settlement(held: Held, one: Submission, by: Person, at: datetime) -> Run:
    """Have a submission settled. Asked twice for the same, it is one run."""
    inputs = digest({"kind": "settle", "submission": one, "code": code_version()})
    return runs.ask(held.id, "settle", inputs, {"submission": one.id}, by.id, at)


def settled(held: Held, id_: str, finished: Callable[[str], bool], at: datetime) -> bool:
    """Settle a submission, and write its statement if the run is still this worker's (`finished` says so).

    Where it corrects figures that were settled before, the adjusting entries are kept with it and those are restated.
    """
    one = submission(held.id, id_)
    if one is None:
        raise refusal("submissions", id_, "no such submission", "ask again from its page")
    made = settlement_of(one)
    document = made.statement(code_version()).document
    former = submission(held.id, one.restates) if one.restates else None
    entries = restate(ledger_of(held.id, former), made.settlements) if former else None
    with desk(held.id) as register:
        name = papers.keep(document)
        adjusting = None if entries is None else papers.keep(canonical_json(Ledger(entries=entries)))
        if not finished(name):
            return False
        system = review.SYSTEM_PERSON
        service.change(
            register,
            id_,
            "settle",
            lambda before: review.settled(before, name, adjusting, system),
            by=system,
            at=at,
            why="both sides approved",
        )
        if former:
            why = f"corrected by {one.id}"
            service.change(
                register,
                former.id,
                "restate",
                lambda before: review.moved(before, "restate", system),
                by=system,
                at=at,
                why=why,
            )
    return True


def settlement_of(one: Submission) -> Settled:
    """What a submission settles to under its open disputes. Raises `Problems`."""
    contract = contract_of(one)
    met = service.circumstances(one, contract.period(one.year))
    return settle_measured(contract, values_of(one), [one.year], met, returns=returns_of(one))


def ledger_of(book: str, one: Submission) -> Ledger:
    """What was booked up to a settled submission: the first statement's entries, then each adjustment."""
    before = submission(book, one.restates) if one.restates else None
    if before is None or one.adjusting is None:
        first = statement_of(one)
        return (
            Ledger(entries=tuple(entry for account in first.settlements for entry in account.entries))
            if first
            else Ledger()
        )
    return ledger_of(book, before).with_entries(adjusting_in(one.adjusting).entries)


# Papers never change, so what was read of one can be kept.


@lru_cache(maxsize=64)
def values_in_paper(paper: str) -> ValueSet:
    """The values in a paper, by its digest."""
    return ValueSet.model_validate_json(papers.paper(paper))


@lru_cache(maxsize=64)
def returns_in_paper(paper: str) -> Returns:
    """The returns in a paper."""
    return Returns.model_validate_json(papers.paper(paper))


@lru_cache(maxsize=64)
def scorecard_in(paper: str) -> Scorecard:
    """The scorecard in a paper."""
    return Scorecard.model_validate_json(papers.paper(paper))


@lru_cache(maxsize=64)
def statement_in(paper: str) -> Statement:
    """The statement in a paper."""
    return Statement.model_validate_json(papers.paper(paper))


@lru_cache(maxsize=64)
def adjusting_in(paper: str) -> Ledger:
    """The adjusting entries in a paper."""
    return Ledger.model_validate_json(papers.paper(paper))
