"""An audit of today's performance measures: what do they count?"""

from fractions import Fraction
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.rate import Exact

MeasureKind = Literal["input", "process", "output", "outcome"]
"""input: what goes in (staff, beds). process: what is done, and how. output: how much is done. outcome: what became
of the people."""


class PerformanceMeasure(Written):
    """A measure in a contract of today, and what kind it is."""

    id: Slug
    title: str
    kind: MeasureKind
    why: str | None = None
    source: str


class Audit(BaseModel):
    """How many measures there are of each kind, in the order of `MeasureKind`; `outcomes`: their share."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: tuple[tuple[str, int], ...]
    outcomes: Exact | None


def audit(measures: tuple[PerformanceMeasure, ...]) -> Audit:
    """The count by kind. Without measures the share is None: there is nothing to measure it on."""
    counts = tuple((kind, sum(one.kind == kind for one in measures)) for kind in get_args(MeasureKind))
    share = Fraction(dict(counts)["outcome"], len(measures)) if measures else None
    return Audit(counts=counts, outcomes=share)
