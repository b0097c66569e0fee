"""What has happened so far in the demonstration: a year that is settled and published, and one that waits."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from obc.bootstrap import books, contracts, handing_in, measuring, proving, settling, submissions
from obc.bootstrap.work import work_once
from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.rights import Role
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person
from obc.domain.measurement.indicators.values import ValueSet

BEGUN = datetime(2014, 3, 10, 9, tzinfo=UTC)
"""When the contract was taken in."""


def live(held: books.Held, extract: Path, users: dict[Role, str]) -> bool:
    """Submit, agree, settle, sign and publish contract year 1, and submit the quarters of year 2 and the year.

    `extract`: the records to measure. `users`: who plays which role. Does nothing where figures have been submitted.
    """
    if submissions.submissions(held.id):
        return False
    with measuring.records_of(held.contract, extract) as records:
        values = measuring.measure(held.contract, records).values
    played = {role: books.person(user, held.id) for role, user in users.items()}
    cast = {role: one for role, one in played.items() if one is not None}
    first = _submitted(held, values, 1, None, cast, datetime(2015, 5, 11, 10, tzinfo=UTC))
    _agreed(held, first, cast, datetime(2015, 5, 18, 11, tzinfo=UTC))
    _settled(held, first, cast, datetime(2015, 7, 6, 9, tzinfo=UTC))
    for quarter, (month, year) in enumerate(((8, 2015), (11, 2015), (2, 2016)), start=1):
        at = datetime(year, month, 2, 10, tzinfo=UTC)
        _agreed(held, _submitted(held, values, 2, quarter, cast, at), cast, at.replace(day=9))
    _submitted(held, values, 2, None, cast, datetime(2016, 4, 29, 10, tzinfo=UTC))
    return True


def _submitted(
    held: books.Held, values: ValueSet, year: int, quarter: int | None, cast: dict[Role, Person], at: datetime
) -> str:
    analyst = cast[Role.PROVIDER_ANALYST]
    one = submissions.submit(held, values, year, quarter, analyst, at)[0]
    file = contracts.beside(held.id, contracts.RETURNS)
    if quarter is None and file:
        returned = settling.returns_of(file, held.contract).of_year(year)
        handing_in.hand_in(held, one, returned, one.returns, analyst, at)
    return one.id


def _agreed(held: books.Held, id_: str, cast: dict[Role, Person], at: datetime) -> None:
    agreement = held.contract.agreement
    manager = cast[Role.COMMISSIONER_MANAGER]
    _act(held, id_, "take up", partial(review.moved, verb="take up", by=manager), manager, at)
    for role in (Role.JOINT_GROUP, Role.PROVIDER_LEAD):
        by = cast[role]
        _act(held, id_, "agree", partial(review.agreed, agreement=agreement, by=by, at=at), by, at)


def _settled(held: books.Held, id_: str, cast: dict[Role, Person], at: datetime) -> None:
    agreement = held.contract.agreement
    for role in (Role.COMMISSIONER_FINANCE, Role.PROVIDER_LEAD):
        by = cast[role]
        _act(held, id_, "approve", partial(review.approved, agreement=agreement, by=by, at=at), by, at)
    work_once(lambda: at)
    one = submissions.submission(held.id, id_)
    document = submissions.document_of(one) if one else None
    if document is None:
        return
    commissioner, council = (party.id for party in agreement.commissioners[:2])
    signers = {commissioner: Role.COMMISSIONER_FINANCE, council: Role.JOINT_GROUP}
    with tempfile.TemporaryDirectory(prefix="obc-signing-") as place:
        statement = Path(place) / "statement.json"
        statement.write_bytes(document)
        for signatory in agreement.signatories:
            by = cast[signers.get(signatory.party, Role.PROVIDER_LEAD)]
            seed = proving.seed_for_show(signatory.party)
            submissions.sign(held, id_, proving.sign_for_show(statement, signatory.party, seed).read_bytes(), by, at)
    manager = cast[Role.COMMISSIONER_MANAGER]
    _act(held, id_, "publish", partial(review.published, by=manager, at=at), manager, at)


def _act(
    held: books.Held,
    id_: str,
    verb: str,
    changed: Callable[[Submission], Submission],
    by: Person,
    at: datetime,
) -> None:
    submissions.act_on(held, id_, verb, changed, by, at, "as the demonstration has it")
