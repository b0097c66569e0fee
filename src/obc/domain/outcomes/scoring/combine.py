"""Combine: several scores into one, by weight."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import ONE, ZERO, Ratios, choose, lesser
from obc.domain.outcomes.framework.framework import Unscored
from obc.domain.outcomes.scoring.evidenced import Evidenced, code, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell, number

Weighed = Sequence[tuple[Evidenced, Evidenced]]
"""Scores, each with its weight."""


class Part(Written):
    """A score and what it weighs (1 unless it says otherwise)."""

    value: Operand
    weight: Operand = Field(default_factory=lambda: number(1))

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        return given if isinstance(given, dict) and "value" in given and "source" not in given else {"value": given}


class Combine(Step):
    """Several into one: the weighted `sum`, or the weighted `mean`.

    unscored: what cannot be scored is `excluded`, and the weights of the rest grow to fill its place, or `lost`:
    it counts nothing and keeps its weight. What is disputed always keeps its weight, so that a dispute cannot
    raise a score. Where nothing can be scored, the result is missing. `at most` caps it.
    """

    combine: tuple[Part, ...] = Field(min_length=1)
    as_: Literal["sum", "mean"]
    unscored: Unscored
    at_most: Operand | None = None

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        parts = [(read(part.value), read(part.weight)) for part in self.combine]
        result = mean(parts, self.unscored)
        if self.as_ == "sum":
            result = Evidenced(result.values * sum((weight.values for _, weight in parts), ZERO), result.states)
        if self.at_most is None:
            return result
        limit = read(self.at_most)
        return Evidenced(lesser(result.values, limit.values), weakest(result, limit))

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        told = ", ".join(f"{tell(part.value)} × {tell(part.weight)}" for part in self.combine)
        end = f", at most {tell(self.at_most)}" if self.at_most else ""
        return f"the weighted {self.as_} of {told}; what is not scored is {self.unscored}{end}"


def weights_in_force(parts: Weighed, unscored: Unscored) -> list[Ratios]:
    """Each score's part of the whole: together 1, or 0 where no weight is left.

    Without what is excluded; with what is lost or disputed, which keeps its place.
    """
    kept = []
    for score, weight in parts:
        stays = score.known | (unscored == "lost") | (score.states == code(Evidence.DISPUTED))
        kept.append(choose(stays & weight.known, weight.values, ZERO))
    total = sum(kept, ZERO)
    safe = choose(total == ZERO, ONE, total)
    return [weight / safe for weight in kept]


def mean(parts: Weighed, unscored: Unscored) -> Evidenced:
    """The weighted mean of the scores, on the weakest evidence of those that count.

    Where none does, there is none, and the state says why: the weakest of theirs.
    """
    length = max(len(part) for pair in parts for part in pair)
    total, counted = ZERO, np.zeros(length, dtype=np.bool_)
    states = np.full(length, code(Evidence.FINAL), dtype=np.int8)
    for (score, weight), force in zip(parts, weights_in_force(parts, unscored), strict=True):
        counts = score.known & weight.known & (weight.values != ZERO)
        total = total + choose(counts, score.values * force, ZERO)
        states = np.where(counts, np.minimum(states, weakest(score, weight)), states).astype(np.int8)
        counted = counted | counts
    nothing = np.minimum.reduce([np.broadcast_to(weakest(*pair), length) for pair in parts])
    return Evidenced(total, np.where(counted, states, nothing).astype(np.int8)).masked(~counted, Evidence.MISSING)
