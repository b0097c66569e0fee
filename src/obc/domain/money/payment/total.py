"""Total: an amount added up over all who are settled together, so that each can be given a share of it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import numpy as np

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Ratios
from obc.domain.outcomes.scoring.evidenced import Evidenced, code
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

TOGETHER = "settled together"
"""The name under which an evaluation keeps which settlements share a total: those of one year."""


class Total(Step):
    """The sum over all parties that are settled together: what all earned, what was withheld from all.

    A slope that gives back as much as was withheld is one total over another. Of a party whose amount is missing:
    `excluded` adds up the others; `withholds` leaves the total missing until all are there.
    """

    total: Operand
    missing: Literal["excluded", "withholds"]

    def work(self, read: Read) -> Evidenced:
        """The same sum for each of those who share it."""
        rounds = read(Operand(name=TOGETHER)).values.list()
        return totalled(read(self.total), rounds, self.missing == "excluded")

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        return f"what {tell(self.total)} comes to over all parties; where it is missing, it is {self._told}"

    @property
    def _told(self) -> str:
        return "left out" if self.missing == "excluded" else "waited for"


def totalled(value: Evidenced, rounds: Sequence[Fraction], excluding: bool) -> Evidenced:
    """The sum by round, for each settlement; on the weakest evidence of what is counted.

    Where nothing is known there is no sum, and the state is the weakest there is.
    """
    places = {one: i for i, one in enumerate(dict.fromkeys(rounds))}
    inverse = np.array([places[one] for one in rounds])
    value = Evidenced(value.values.stretched(len(rounds)), value.states)
    sums = [Fraction(0)] * len(places)
    for place, number in zip(inverse, value.values.list(), strict=True):
        sums[place] += number
    counted, weakest = (np.full(len(places), code(Evidence.FINAL), dtype=np.int8) for _ in range(2))
    np.minimum.at(counted, inverse[value.known], value.states[value.known])
    np.minimum.at(weakest, inverse, value.states)
    some = np.zeros(len(places), dtype=np.bool_)
    some[inverse[value.known]] = True
    states = np.where(some, counted, weakest) if excluding else weakest
    return Evidenced(Ratios.of(sums).taken(inverse), states[inverse])
