"""Flat zones: where more effort earns nothing, and edges, where the next person earns a whole step.

No test: it follows from what is paid for. Where a figure will end is not certain, and the range says so.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.outcomes.framework.framework import Level
from obc.domain.outcomes.monitoring.monitor import Monitored
from obc.domain.outcomes.scoring.curve import Curve

Stand = Literal["nothing more to earn", "out of reach", "at the edge", "on the way"]

EDGE = Fraction(1, 100)
"""At the edge: the step is no more than a hundredth of those counted away."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FlatZone(_Row):
    """Where one indicator and segment stands between its steps.

    `people`: to the next step, None for means or where there is none; `next`: that step's level. `figure` with its
    range is the year's end as far as it can be seen.
    """

    indicator: str
    segment: str
    stand: Stand
    figure: float
    lower: float
    upper: float
    size: float
    reached: Level | None
    next: Level | None
    next_mark: float | None
    people: int | None


class FlatStretch(_Row):
    """A part of a payment curve on which nothing changes: from, to (None: without end), and what it gives."""

    step: str
    starts: float | None
    ends: float | None
    gives: float


def flat_zones(found: Sequence[Monitored]) -> tuple[FlatZone, ...]:
    """Each indicator and segment that is judged and has been measured."""
    return tuple(_zone(one) for one in found if one.judged and one.year_end and one.year_end.gaps)


def _zone(one: Monitored) -> FlatZone:
    end = one.year_end
    assert end is not None
    reached = [gap for gap in end.gaps if gap.reached]
    following = next((gap for gap in end.gaps if not gap.reached), None)
    stand: Stand = "nothing more to earn"
    if following is not None:
        out = following.mark > end.upper or following.mark < end.lower
        near = following.people is not None and following.people <= max(1, math.ceil(EDGE * Fraction(end.size)))
        stand = "at the edge" if near else "out of reach" if out else "on the way"
    return FlatZone(
        indicator=one.indicator,
        segment=one.segment,
        stand=stand,
        figure=end.figure,
        lower=end.lower,
        upper=end.upper,
        size=end.size,
        reached=reached[-1].level if reached else None,
        next=following.level if following else None,
        next_mark=following.mark if following else None,
        people=following.people if following else None,
    )


def flat_stretches(curves: Sequence[Curve]) -> Iterator[FlatStretch]:
    """The flat parts of curves whose points are numbers, at their latest figures; of others nothing can be said.

    A step curve is flat between its points; a line before its first, after its last and between points that give the
    same; bands where their rate is nought.
    """
    for curve in curves:
        if not curve.points or any(part.figure is None for point in curve.points for part in (point.at, point.gives)):
            continue
        at = [float(point.at.fixed.history[-1].value) for point in curve.points]
        gives = [float(point.gives.fixed.history[-1].value) for point in curve.points]
        ends = [*at[1:], None]
        match curve.shape:
            case "step":
                yield from (_stretch(curve, *part) for part in zip(at, ends, gives, strict=True))
            case "marginal":
                yield from (_stretch(curve, a, b, 0) for a, b, rate in zip(at, ends, gives, strict=True) if not rate)
            case _:
                yield _stretch(curve, None, at[0], gives[0])
                same = zip(at, at[1:], gives, gives[1:], strict=False)
                yield from (_stretch(curve, a, b, x) for a, b, x, y in same if x == y and a < b)
                yield _stretch(curve, at[-1], None, gives[-1])


def _stretch(curve: Curve, starts: float | None, ends: float | None, gives: float) -> FlatStretch:
    return FlatStretch(step=curve.step, starts=starts, ends=ends, gives=gives)
