"""The registers of a contract as on a day: quality expectations with their reviews, today's contracts on their way."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.quality import Expectation
from obc.domain.contract.transition.standing import QualityStanding
from obc.domain.contract.transition.transition import Amendment, Passage
from obc.domain.core.kernel.period import Length
from obc.domain.money.finance.existing import ExistingContract


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectationNow(_Row):
    """A quality expectation with its last review, and when the next is due."""

    terms: Expectation
    state: str
    evidence: str | None
    on: date | None
    next_review: date
    overdue: bool


class PassageNow(_Row):
    """A contract of today on its way. `notice by`: the last day for notice that ends it in time."""

    id: str
    services: tuple[str, ...]
    provider: str
    ends: date
    notice: Length
    notice_by: date
    notice_given: date | None
    notice_late: bool
    becomes: str
    amendment: str | None
    renews: date | None
    state: str | None
    staff: int | None
    source: str


def expectations_on(contract: Contract, reviews: Sequence[QualityStanding], on: date) -> tuple[ExpectationNow, ...]:
    """Each quality expectation as it stands on a day. The first review is due one interval after the start."""
    quality, start = contract.quality, contract.agreement.term.start
    stood = {one.id: one for one in reviews}
    rows = []
    for terms in quality.expectations if quality else ():
        last = stood.get(terms.id) or QualityStanding(id=terms.id)
        due = terms.reviewed_every.after(last.on or start)
        rows.append(
            ExpectationNow(
                terms=terms,
                state=last.state,
                evidence=last.evidence,
                on=last.on,
                next_review=due,
                overdue=due < on,
            )
        )
    return tuple(rows)


def passages_on(
    contract: Contract, passages: Sequence[Passage], amendments: Sequence[Amendment], on: date
) -> tuple[PassageNow, ...]:
    """Every contract of today with its ends, notice, amendment and staff, as on a day."""
    today = contract.finance.today if contract.finance else None
    if today is None:
        return ()
    held = {one.id: one for one in today.contracts}
    named = {one.id: one for one in amendments}
    return tuple(
        _passage(one, held[one.id], held[one.id].ends or today.ends, today.notice, named.get(one.amendment or ""), on)
        for one in passages
        if one.id in held
    )


def _passage(
    passage: Passage, existing: ExistingContract, ends: date, notice: Length, amendment: Amendment | None, on: date
) -> PassageNow:
    by = (-notice).after(ends)
    waits = passage.becomes != "stays outside" and passage.notice_given is None
    return PassageNow(
        id=passage.id,
        services=existing.services,
        provider=existing.provider,
        ends=ends,
        notice=notice,
        notice_by=by,
        notice_given=passage.notice_given,
        notice_late=waits and on > by,
        becomes=passage.becomes,
        amendment=passage.amendment,
        renews=amendment.renews if amendment else None,
        state=passage.state if amendment else None,
        staff=passage.staff.number if passage.staff else None,
        source=passage.source,
    )
