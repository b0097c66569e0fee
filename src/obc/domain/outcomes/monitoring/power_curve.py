"""The power curve: how likely each threshold is reached, by how much has really changed."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.outcomes.monitoring.opening import Opening
from obc.domain.outcomes.monitoring.sampling import Proportion

STEPS = 24
"""Steps from the start to where the curve ends: a third of the way beyond the last threshold."""


class CurvePoint(BaseModel):
    """A true figure, and the chances of reaching good, improved and excellent when it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    true_value: float
    chances: tuple[float, ...]


def power_curve(opening: Opening, marks: Sequence[Fraction]) -> tuple[CurvePoint, ...]:
    """The curve from the figure that holds now to beyond the last mark, within what a figure can be."""
    sampling, true = opening.sampling, opening.true
    if sampling is None or true is None or not marks:
        return ()
    end = max(Fraction(0), true + (marks[-1] - true) * Fraction(4, 3))
    if isinstance(sampling, Proportion):
        end = min(Fraction(1), end)
    points = []
    for i in range(STEPS + 1):
        at = true + (end - true) * i / STEPS
        moved = replace(sampling, true=at)  # type: ignore[type-var]
        chances = tuple(round(moved.chance(mark), 10) for mark in marks)
        points.append(CurvePoint(true_value=round(float(at), 10), chances=chances))
    return tuple(points)
