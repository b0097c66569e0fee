"""A contract's book: its conditions, quality reviews, passages and mobilisation as they stand, and acts on them."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from pydantic import BaseModel

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.transition import standing
from obc.domain.contract.transition.readiness import GoLive, Readiness, go_live, readiness
from obc.domain.contract.transition.registers import ExpectationNow, PassageNow, expectations_on, passages_on
from obc.domain.contract.transition.standing import ConditionStanding, QualityStanding
from obc.domain.contract.transition.transition import Passage, Preparation, Transition
from obc.domain.core.kernel.problem import refusal
from obc.services.register import Doing, Register, Trail

T = TypeVar("T", bound=BaseModel)
Part = Literal["condition", "expectation", "amendment", "preparation"]
PARTS: tuple[Part, ...] = ("condition", "expectation", "amendment", "preparation")
"""What an act on a contract may be about."""


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
    def every_review(self) -> tuple[QualityStanding, ...]:
        """Every review there was, in order: what a year was settled by stays known when a later one finds otherwise."""
        kind = self.reviews.kind
        done = (json.loads(action.after) for action in self.trail.read() if action.kind == kind)
        return tuple(QualityStanding.model_validate(after) for after in done)

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
        """Each quality expectation as it stands on a day."""
        return expectations_on(self.contract, self.reviews.records, on)

    def going_over(self, on: date) -> tuple[PassageNow, ...]:
        """Every contract of today on its way, as on a day."""
        return passages_on(self.contract, self.passages.records, self.transition.amendments, on)

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
