"""Redistribution: what some did not earn goes to all who are settled together, in proportion, to the penny."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from obc.domain.core.kernel.money import split
from obc.domain.core.kernel.rate import Ints
from obc.domain.outcomes.scoring.evidenced import Evidenced


def redistributed(
    rest: Ints, weights: Evidenced, rounds: npt.NDArray[np.int64], order: Sequence[int] | None = None
) -> tuple[Ints, Ints]:
    """What each gets of the rest of all, and what of its own rest stays undistributed.

    By largest remainder within each round, so that as many pennies come out as went in; among equal remainders the
    first in `order` (places, that of the parties' names, so that their order in a file changes nothing). A weight
    that is missing or below zero is none; where nobody in a round has one, each rest stays where it is.
    """
    numbers = [max(number, Fraction(0)) for number in weights.values.stretched(len(rest)).list()]
    places: dict[int, list[int]] = defaultdict(list)
    for i in range(len(rest)) if order is None else order:
        places[int(rounds[i])].append(i)
    shared, kept = np.zeros_like(rest), rest.copy()
    for members in places.values():
        held = [numbers[i] for i in members]
        if any(held):
            shared[members] = split(sum(int(rest[i]) for i in members), held)
            kept[members] = 0
    return shared, kept
