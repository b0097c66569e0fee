"""The scorecard: what was reached, outcome by outcome, and the points that it earned."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer, SerializationInfo, WithJsonSchema

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import spelled
from obc.domain.outcomes.framework.framework import Tier

LevelReached = Literal["not scored", "below good", "good", "improved", "excellent"]
REACHED: tuple[LevelReached, ...] = ("below good", "good", "improved", "excellent")


def _exactly(number: Fraction, info: SerializationInfo) -> str | int | float:
    if info.mode == "json":
        return int(number) if number.denominator == 1 else float(round(number, 10))
    return spelled(number)


Number = Annotated[Fraction, PlainSerializer(_exactly), WithJsonSchema({"type": "number"})]
"""An exact number. As JSON for people's tools it is a plain number; in canonical JSON its exact text."""


def _counted(count: Decimal) -> int | float:
    return int(count) if count == count.to_integral_value() else float(count)


Count = Annotated[Decimal, PlainSerializer(_counted, when_used="json"), WithJsonSchema({"type": "number"})]
"""A count or a sum as measured; a plain number in JSON for people's tools."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScoredIndicator(_Row):
    """One indicator in one segment.

    `judged` is what was set against the thresholds: the value, or its change. `threshold` is that of the level
    reached. `weight` is its part of the outcome's points after what is not scored has been left out; `share` the
    part of them that its level earns. Counts are as measured: unrounded and unsuppressed.
    """

    id: str
    segment: str
    value: Number | None
    judged: Number | None
    level: LevelReached
    threshold: Number | None
    weight: Number
    share: Number | None
    points_available: Number
    points_earned: Number
    evidence: Evidence
    incentivised: bool
    numerator: Count | None
    denominator: Count | None
    unknown: int | None


class ScoredOutcome(_Row):
    """One outcome. `level` describes it as a whole: the best level whose share of its points it has earned."""

    id: str
    title: str
    tier: Tier
    points_available: Number
    points_earned: Number
    level: LevelReached
    evidence: Evidence
    pays: bool
    indicators: tuple[ScoredIndicator, ...]


class ScoredAddition(_Row):
    """Points beyond the outcomes', such as the bonus for all of them."""

    id: str
    title: str
    points_available: Number
    points_earned: Number
    reached: bool
    evidence: Evidence


class Scorecard(_Row):
    """A contract year's points. One point is a hundredth of the year's pot.

    The points of what cannot be scored are not available where the framework excludes it. `evidence` is the
    weakest of what the points earned rest on; where nothing could be scored, no points are known.
    """

    year: int
    points_available: Number
    points_earned: Number
    evidence: Evidence
    outcomes: tuple[ScoredOutcome, ...]
    additional: tuple[ScoredAddition, ...]
