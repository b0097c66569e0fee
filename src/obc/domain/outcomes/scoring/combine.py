"""Combine: several scores into one, by weight."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import ONE, ZERO, choose, lesser
from obc.domain.outcomes.framework.framework import Unscored
from obc.domain.outcomes.scoring.evidenced import Evidenced, code, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell, number


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
    as_: Literal["sum", "mean"] = "mean"
    unscored: Unscored
    at_most: Operand | None = None

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        parts = [(read(part.value), read(part.weight)) for part in self.combine]
        result = weighted(parts, self.unscored, mean=self.as_ == "mean")
        if self.at_most is None:
            return result
        limit = read(self.at_most)
        return Evidenced(lesser(result.values, limit.values), weakest(result, limit))

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        told = ", ".join(f"{tell(part.value)} × {part.weight}" for part in self.combine)
        end = f", at most {tell(self.at_most)}" if self.at_most else ""
        return f"the weighted {self.as_} of {told}; what is not scored is {self.unscored}{end}"


def weighted(parts: Sequence[tuple[Evidenced, Evidenced]], unscored: Unscored, *, mean: bool) -> Evidenced:
    """The weighted sum or mean of (score, weight) pairs; see `Combine` for what is not scored."""
    length = max(len(part) for pair in parts for part in pair)
    total, all_weights, scored_weights = ZERO, ZERO, ZERO
    states = np.full(length, code(Evidence.FINAL), dtype=np.int8)
    any_known = np.zeros(length, dtype=np.bool_)
    for score, weight in parts:
        counts = score.known & weight.known
        stays = counts if unscored == "excluded" else np.ones_like(counts)
        stays = stays | (score.states == code(Evidence.DISPUTED))
        total = total + choose(counts, score.values * weight.values, ZERO)
        all_weights = all_weights + weight.values
        scored_weights = scored_weights + choose(stays, weight.values, ZERO)
        states = np.where(counts, np.minimum(states, weakest(score, weight)), states).astype(np.int8)
        any_known = any_known | counts
    empty = scored_weights == ZERO
    share = total / choose(empty, ONE, scored_weights)
    result = Evidenced(share if mean else share * all_weights, states)
    return result.masked(~any_known | empty, Evidence.MISSING)
