"""A contract's book: its conditions, quality reviews, passages and mobilisation as they stand, and acts on them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.quality import Expectation
from obc.domain.contract.transition import standing
from obc.domain.contract.transition.readiness import GoLive, Readiness, go_live, readiness
from obc.domain.contract.transition.standing import ConditionStanding, QualityStanding
from obc.domain.contract.transition.transition import Amendment, Passage, Preparation, Transition
from obc.domain.core.kernel.period import Length
from obc.domain.core.kernel.problem import refusal
from obc.domain.money.finance.existing import ExistingContract
from obc.services.register import Doing, Register, Trail

T = TypeVar("T", bound=BaseModel)
Part = Literal["condition", "expectation", "amendment", "preparation"]
PARTS: tuple[Part, ...] = ("condition", "expectation", "amendment", "preparation")
"""What an act on a contract may be about."""


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


@dataclass(frozen=True)
class ContractBook:
    """A contract and how it goes over, with the trail of what was done since. Kinds in the trail name the contract."""

    contract: Contract
    transition: Transition
    trail: Trail

    @property
    def conditions(self) -> Register[ConditionStanding]:
        """How each condition precedent stands; open until somebody shows that it holds."""
        schedules = self.contract.schedules
        terms = schedules.conditions_precedent if schedules else ()
        return self._kept("condition", ConditionStanding, tuple(ConditionStanding(id=one.id) for one in terms))

    @property
    def reviews(self) -> Register[QualityStanding]:
        """What the last review of each quality expectation found."""
        quality = self.contract.quality
        terms = quality.expectations if quality else ()
        return self._kept("expectation", QualityStanding, tuple(QualityStanding(id=one.id) for one in terms))

    @property
    def passages(self) -> Register[Passage]:
        """Every contract of today on its way."""
        return self._kept("passage", Passage, self.transition.contracts)

    @property
    def mobilisation(self) -> Register[Preparation]:
        """Every piece of the mobilisation plan."""
        return self._kept("preparation", Preparation, self.transition.mobilisation)

    @property
    def live(self) -> Register[GoLive]:
        """The record of going live; none before."""
        return self._kept("live", GoLive, ())

    def readiness(self, on: date) -> Readiness:
        """How ready the contract is on a day."""
        live = next(iter(self.live.records), None)
        return readiness(self.contract.schedules, self.conditions.records, self.mobilisation.records, on, live)

    def expectations(self, on: date) -> tuple[ExpectationNow, ...]:
        """Each quality expectation as it stands on a day. The first review is due one interval after the start."""
        quality, start = self.contract.quality, self.contract.agreement.term.start
        stood = {one.id: one for one in self.reviews.records}
        rows = []
        for terms in quality.expectations if quality else ():
            last = stood[terms.id]
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

    def going_over(self, on: date) -> tuple[PassageNow, ...]:
        """Every contract of today with its ends, notice, amendment and staff, as on a day."""
        finance = self.contract.finance
        today = finance.today if finance else None
        held = {one.id: one for one in today.contracts} if today else {}
        amendments = {one.id: one for one in self.transition.amendments}
        rows = []
        for passage in self.passages.records:
            existing = held.get(passage.id)
            if existing is not None and today is not None:
                amendment = amendments.get(passage.amendment or "")
                rows.append(_passage(passage, existing, existing.ends or today.ends, today.notice, amendment, on))
        return tuple(rows)

    def act(self, part: Part, record: str, verb: str, doing: Doing, evidence: str | None) -> BaseModel:
        """Move one record, with its line in the trail. Raises `Problems`."""
        on = doing.at.date()
        match part:
            case "condition":
                schedules = self.contract.schedules
                terms = {one.id: one for one in schedules.conditions_precedent} if schedules else {}
                return self.conditions.change(
                    record,
                    verb,
                    doing,
                    lambda one: standing.condition_after(terms[one.id], one, verb, doing.by, on, evidence),
                )
            case "expectation":
                agreement = self.contract.agreement
                return self.reviews.change(
                    record,
                    verb,
                    doing,
                    lambda one: standing.quality_after(agreement, one, verb, doing.by, on, evidence),
                )
            case "amendment":
                return self.passages.change(
                    record, verb, doing, lambda one: standing.amendment_after(one, verb, doing.by)
                )
            case "preparation":
                return self.mobilisation.change(
                    record, verb, doing, lambda one: standing.preparation_after(one, verb, doing.by, evidence)
                )

    def go_live(self, doing: Doing) -> GoLive:
        """The contract goes live on the day of the act. Refused while one condition precedent is open."""
        if not set(doing.by.roles) & {"accountable officer", "commissioner manager"}:
            found, cure = f"{doing.by.id}, who may not", "it is for the accountable officer or commissioner manager"
            raise refusal(self.contract.id, "go live", found, cure)
        return self.live.add(go_live(self.contract.id, self.readiness(doing.at.date())), "go live", doing)

    def _kept(self, part: str, model: type[T], written: tuple[T, ...]) -> Register[T]:
        return Register(f"{part}-of-{self.contract.id}", model, written, self.trail)


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
