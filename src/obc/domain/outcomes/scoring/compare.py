"""Compare: a raw measure set against something, so that it can be judged."""

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import ONE, ZERO, Ratios, choose
from obc.domain.outcomes.scoring.evidenced import Evidenced, select, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

Way = Literal["difference", "ratio", "relative change", "gap closed", "percentile"]


class Compare(Step):
    """A value compared.

    difference: value − other. ratio: value ÷ other. relative change: (value − other) ÷ other.
    gap closed: (value − other) ÷ (goal − other), the way from a baseline to a goal that has been gone.
    percentile: the share of `among` that is no better than the value.
    `better: lower` turns the sign of the first and third, so that a gain is positive (a saving is cost compared
    with its benchmark). The other may be a baseline, a matched comparison or the best of earlier years.
    Where the divisor is zero the result is "insufficient": not measurable, never zero.
    """

    compare: Operand
    with_: Operand | None = None
    by: Way
    goal: Operand | None = None
    among: tuple[Operand, ...] = ()
    better: Literal["higher", "lower"] = "higher"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {"percentile": {"among"}, "gap closed": {"with", "goal"}}.get(self.by, {"with"})
        has = {key for key, given in (("with", self.with_), ("goal", self.goal), ("among", self.among)) if given}
        if has != needs:
            raise wrong(
                f"a comparison by {self.by} with {_listed(has)}", f"compare by {self.by} takes {_listed(needs)}"
            )
        return self

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        value = read(self.compare)
        if self.by == "percentile":
            return percentile(value, [read(peer) for peer in self.among], self.better == "lower")
        other = read(self.with_ or self.compare)
        gain = value.values - other.values
        if self.better == "lower" and self.by in ("difference", "relative change"):
            gain = -gain
        states = weakest(value, other)
        if self.by == "difference":
            return Evidenced(gain, states)
        if self.by == "gap closed":
            goal = read(self.goal or self.compare)
            return over(Evidenced(gain, weakest(value, other, goal)), goal.values - other.values)
        return over(Evidenced(value.values if self.by == "ratio" else gain, states), other.values)

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        value = tell(self.compare)
        if self.by == "percentile":
            return f"where {value} stands among {', '.join(map(tell, self.among))}"
        other = tell(self.with_ or self.compare)
        first, second = (other, value) if self.better == "lower" else (value, other)
        return {
            "difference": f"{first} − {second}",
            "ratio": f"{value} ÷ {other}",
            "relative change": f"({first} − {second}) ÷ {other}",
            "gap closed": f"how far {value} has come from {other} towards {tell(self.goal or self.compare)}",
        }[self.by]


def over(value: Evidenced, divisor: Ratios) -> Evidenced:
    """value ÷ divisor, "insufficient" where the divisor is zero."""
    empty = divisor == ZERO
    safe = Evidenced(value.values / choose(empty, ONE, divisor), value.states)
    return safe.masked(empty, Evidence.INSUFFICIENT)


def percentile(value: Evidenced, peers: Sequence[Evidenced], lower_is_better: bool) -> Evidenced:
    """The share of the known peers that are no better than the value, 0 to 1; insufficient without peers."""
    known = beaten = np.zeros(1, dtype=np.int64)
    states = value
    for peer in peers:
        beats = peer.values >= value.values if lower_is_better else peer.values <= value.values
        known = known + peer.known
        beaten = beaten + (peer.known & beats)
        states = select(peer.known, Evidenced(value.values, weakest(states, peer)), states)
    ones = np.ones(1, dtype=np.int64)
    return over(Evidenced(Ratios(beaten, ones), states.states), Ratios(known, ones))


def _listed(keys: set[str]) -> str:
    return " and ".join(sorted(f"'{key}'" for key in keys)) or "nothing"
