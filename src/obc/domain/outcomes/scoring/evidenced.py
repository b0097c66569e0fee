"""Evidenced values: exact numbers that carry, each, how far they can be relied on."""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import ZERO, Flags, Ratios, choose

STATES = tuple(Evidence)
"""Weakest first: the state of what is made of several is the smallest of theirs."""
States = npt.NDArray[np.int8]

_USABLE = STATES.index(Evidence.PROVISIONAL)


def code(state: Evidence) -> int:
    """The state's place among the states, weakest first."""
    return STATES.index(state)


class Evidenced:
    """An array of exact values with an array of evidence states.

    Where the state is not usable there is no number: the value there is held at 0 and must not be read.
    """

    __slots__ = ("states", "values")

    def __init__(self, values: Ratios, states: States):
        length = max(len(values), len(states))
        self.states: States = np.broadcast_to(states, length)
        values = values.stretched(length)
        known = self.known
        self.values = values if known.all() else choose(known, values, ZERO.stretched(length))

    @classmethod
    def final(cls, values: Ratios) -> "Evidenced":
        """Values beyond doubt: the contract's own numbers."""
        return cls(values, np.full(len(values), code(Evidence.FINAL), dtype=np.int8))

    @classmethod
    def missing(cls, length: int = 1, state: Evidence = Evidence.MISSING) -> "Evidenced":
        """No values."""
        return cls(ZERO.stretched(length), np.full(length, code(state), dtype=np.int8))

    @classmethod
    def of(cls, values: Iterable[Fraction | int | str | None], state: Evidence = Evidence.FINAL) -> "Evidenced":
        """Values of one state, None where there is none."""
        listed = list(values)
        states = [code(Evidence.MISSING if value is None else state) for value in listed]
        return cls(Ratios.of([0 if value is None else value for value in listed]), np.array(states, dtype=np.int8))

    def __len__(self) -> int:
        return len(self.states)

    @property
    def known(self) -> Flags:
        """Where there is a number."""
        return self.states >= _USABLE

    def __getitem__(self, i: int) -> Fraction | None:
        i = i if len(self) > 1 else 0
        return self.values[i] if self.states[i] >= _USABLE else None

    def state(self, i: int = 0) -> Evidence:
        """The evidence state of one value."""
        return STATES[int(self.states[i if len(self) > 1 else 0])]

    def masked(self, flags: Flags, state: Evidence) -> "Evidenced":
        """The same, but with `state` and no number where the flag is set and there was a number."""
        return Evidenced(self.values, np.where(flags & self.known, code(state), self.states).astype(np.int8))


def weakest(*parts: Evidenced) -> States:
    """The state of what is made of all of them."""
    states: States = parts[0].states
    for part in parts[1:]:
        states = np.minimum(states, part.states)
    return states


def select(flags: Flags, yes: Evidenced, no: Evidenced) -> Evidenced:
    """`yes` where the flag is set, `no` elsewhere, each with its own evidence."""
    length = max(len(flags), len(yes), len(no))
    flags = np.broadcast_to(flags, length)
    values = choose(flags, yes.values.stretched(length), no.values.stretched(length))
    return Evidenced(values, np.where(flags, yes.states, no.states).astype(np.int8))
