"""Findings: the answer to every question that a definition asks, with the records that gave it."""

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict

from obc.domain.measurement.indicators.answers import Answer


class Finding(BaseModel):
    """One question, its answer, and why: the days and codes that were used, and the findings it is joined from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: str
    answer: Answer
    because: tuple[str, ...] = ()
    parts: tuple[Self, ...] = ()


class UnitResult(BaseModel):
    """What a definition says of one unit in one period.

    `belongs`: whether it is a member of a segment and meets the conditions on who is counted. `counted`: whether
    it is in the denominator; one that belongs and is unknown may not be. `reason` says why not. For a proportion
    `answer` is that of the numerator; for a mean `value` is the score; for a rate the unit is a run of days in one
    segment and `days`, `events` and `expected` are what it adds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    anchor: date
    segment: str | None = None
    provider: str | None = None
    belongs: bool = False
    counted: bool = False
    reason: str = ""
    answer: Answer | None = None
    value: Decimal | None = None
    days: int = 0
    events: int = 0
    expected: Decimal | None = None
    findings: tuple[Finding, ...] = ()
    """Those of the conditions on who is counted, then of the numerator or value."""
