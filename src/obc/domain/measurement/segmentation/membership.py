"""Membership: which segment a person belongs to, from when to when, and what decided it."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.measurement.segmentation.segmentation import Status

EVERYBODY = "everybody"
"""The scope rule of a segmentation that has none."""


class Decision(BaseModel):
    """What holds for one person on one day. Outside the scope there is no segment.

    The provider is that of the latest referral received by the day; None where there was none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Status
    rule: str
    segment: str | None
    provider: str | None


class DatedDecision(BaseModel):
    """A decision that holds from `joined` to `left_on`, both days included; the days next to it differ."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    decision: Decision
    joined: date
    left_on: date


class RuleCount(BaseModel):
    """How many people a scope rule decides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    status: Status
    people: int


class SegmentCount(BaseModel):
    """How many people a segment has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    segment: str
    people: int


class SegmentCounts(BaseModel):
    """Where everybody is on a day. Every rule and segment is there, also those that hold for nobody.

    `people` are all in the records; `not_alive` of them were not born yet or had died before the day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    people: int
    not_alive: int
    rules: tuple[RuleCount, ...]
    segments: tuple[SegmentCount, ...]

    @model_validator(mode="after")
    def _nobody_lost(self) -> Self:
        decided = sum(count.people for count in self.rules)
        if decided + self.not_alive != self.people:
            raise ValueError(f"{self.people} people, but {decided} decided and {self.not_alive} not alive")
        members = sum(count.people for count in self.segments)
        if members != self.of_status("in"):
            raise ValueError(f"{self.of_status('in')} people in scope, but {members} in segments")
        return self

    def of_status(self, status: Status) -> int:
        """How many people are in, later or out."""
        return sum(count.people for count in self.rules if count.status == status)
