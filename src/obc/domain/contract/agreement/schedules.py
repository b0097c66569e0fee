"""The other schedules: conditions precedent, subcontracts, guarantees, information, changes, disputes."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from obc.domain.contract.agreement.finding import first_twice
from obc.domain.core.kernel.figure import Written, WrittenFigure
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.period import Length
from obc.domain.core.kernel.problem import wrong


class ConditionPrecedent(Written):
    """What must be shown to hold before the contract goes live, or the service starts at a later stage."""

    id: Slug
    title: Text
    requires: Text
    shown_by: Slug = Field(description="the party that shows it")
    evidence: Text
    can_be_waived: bool = False
    source: Text


class PassedOn(Written):
    """A term of this contract that every material subcontract repeats, so that nothing is lost on the way down."""

    id: Slug
    term: Text
    why: Text
    source: Text


class Guarantee(Written):
    """What stands behind a party's promise. `amount` in the currency's major unit; none: it is not capped."""

    id: Slug
    given_by: Slug
    to: Slug
    covers: Text
    amount: WrittenFigure | None = None
    lasts: Text
    source: Text


class InformationDuty(Written):
    """Something that a party sends or opens to others: how often, and how many working days after what it is about."""

    id: Slug
    what: Text
    from_: Slug
    to: tuple[Slug, ...] = Field(min_length=1)
    every: Length
    within: int = Field(ge=0, le=250, description="working days after the end of what it is about")
    how: Text
    source: Text


class ChangeMechanism(Written):
    """How the contract is changed: the clock for an answer, and the least time between agreement and effect."""

    answer_within: int = Field(ge=1, le=250, description="working days")
    notice: Length
    source: Text


class DisputeStep(Written):
    """One step of settling a dispute: who talks to whom, for how many working days, before the next."""

    step: Text
    between: Text
    within: int = Field(ge=1, le=250, description="working days")
    source: Text


class Schedules(Written):
    """`schedules.yaml`: part of the contract. Who is named in it is one of its parties."""

    conditions_precedent: tuple[ConditionPrecedent, ...] = ()
    passed_on: tuple[PassedOn, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    information: tuple[InformationDuty, ...] = ()
    changes: ChangeMechanism | None = None
    disputes: tuple[DisputeStep, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for part in ("conditions_precedent", "passed_on", "guarantees", "information"):
            ids = [one.id for one in getattr(self, part)]
            if twice := first_twice(ids):
                found = f"'{ids[twice]}' twice"
                raise wrong(found, "give each an id of its own", part.replace("_", " "), twice, "id")
        return self

    def parties(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every party that a schedule names, and where."""
        for i, condition in enumerate(self.conditions_precedent):
            yield ("conditions precedent", i, "shown by"), condition.shown_by
        for i, guarantee in enumerate(self.guarantees):
            yield ("guarantees", i, "given by"), guarantee.given_by
            yield ("guarantees", i, "to"), guarantee.to
        for i, duty in enumerate(self.information):
            yield ("information", i, "from"), duty.from_
            for k, party in enumerate(duty.to):
                yield ("information", i, "to", k), party
