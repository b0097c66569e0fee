"""Sampling: how a figure would come out if the same people's lives were counted again, with nothing changed.

A proportion is binomial, events in person-time are Poisson, a mean follows Student's t. All three answer the same
four questions of a mark; `higher` says from which side it is reached. Events that come in clusters (one person, many
attendances) vary more than Poisson: then the chances here are the least they can be.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np

from obc.domain.core.statistics import (
    binomial_at_least,
    binomial_at_most,
    binomial_share,
    poisson_at_least,
    poisson_at_most,
    poisson_expected_at_least,
    poisson_expected_at_most,
    sound_binomial_size,
    sound_mean_size,
    sound_poisson_events,
    student_above,
    student_reach,
)


class Sampling(Protocol):
    """A figure that is drawn. Marks and answers are in the figure's own unit; sizes in its denominator's."""

    @property
    def size(self) -> int | Fraction:
        """How many units, or how much person-time, or how many expected events."""
        ...

    @property
    def higher(self) -> bool:
        """Whether a mark is reached from below."""
        ...

    def chance(self, mark: Fraction) -> float:
        """The chance that the figure reaches the mark though nothing has changed."""
        ...

    def needed(self, mark: Fraction, certainty: float) -> float | None:
        """The true figure at which the mark is reached with this chance; None where no true figure does."""
        ...

    def sound_size(self, mark: Fraction, within: float) -> float | None:
        """The denominator from which on chance alone reaches the mark at most so often; None where none does."""
        ...

    def sound_mark(self, within: float) -> float:
        """The easiest mark that chance alone reaches at most so often with this denominator."""
        ...


@dataclass(frozen=True, slots=True)
class Proportion:
    """`size` units, each of which counts with the chance `true`."""

    size: int
    true: Fraction
    higher: bool

    def chance(self, mark: Fraction) -> float:
        """See `Sampling`."""
        tail = binomial_at_least if self.higher else binomial_at_most
        return float(tail(_count(mark * self.size, self.higher), self.size, float(self.true)))

    def needed(self, mark: Fraction, certainty: float) -> float | None:
        """See `Sampling`."""
        count = _count(mark * self.size, self.higher)
        if self.higher:
            return _there(binomial_share(count, self.size, certainty))
        missed = _there(binomial_share(self.size - count, self.size, certainty))
        return None if missed is None else 1 - missed

    def sound_size(self, mark: Fraction, within: float) -> float | None:
        """See `Sampling`."""
        if (mark > self.true) != self.higher:
            return None
        return sound_binomial_size(float(self.true), float(mark), within)

    def sound_mark(self, within: float) -> float:
        """See `Sampling`. Where not even all (or none) of them is rare enough, a count beyond that."""
        counts = np.arange(self.size + 2) if self.higher else np.arange(self.size, -2, -1)
        tail = binomial_at_least if self.higher else binomial_at_most
        rare = tail(counts, self.size, float(self.true)) <= within
        return float(counts[int(np.argmax(rare))]) / self.size


@dataclass(frozen=True, slots=True)
class Events:
    """Events in `size` units of person-time (or against `size` expected), at the `true` rate a unit."""

    size: Fraction
    true: Fraction
    higher: bool

    def chance(self, mark: Fraction) -> float:
        """See `Sampling`."""
        tail = poisson_at_least if self.higher else poisson_at_most
        return float(tail(_count(mark * self.size, self.higher), float(self.true * self.size)))

    def needed(self, mark: Fraction, certainty: float) -> float | None:
        """See `Sampling`."""
        expected = poisson_expected_at_least if self.higher else poisson_expected_at_most
        events = _there(expected(_count(mark * self.size, self.higher), certainty))
        return None if events is None else events / float(self.size)

    def sound_size(self, mark: Fraction, within: float) -> float | None:
        """See `Sampling`."""
        if (mark > self.true) != self.higher or not self.true:
            return None
        events = sound_poisson_events(float(mark / self.true), within)
        return None if events is None else events / float(self.true)

    def sound_mark(self, within: float) -> float:
        """See `Sampling`. Where not even no event at all is rare enough, a count below none."""
        expected = float(self.true * self.size)
        reach = math.ceil(expected + 12 * math.sqrt(expected + 1) + 40)
        counts = np.arange(reach + 1) if self.higher else np.arange(reach, -2, -1)
        tail = poisson_at_least if self.higher else poisson_at_most
        rare = tail(counts, expected) <= within
        return float(counts[int(np.argmax(rare))]) / float(self.size)


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of `size` values around `true`, whose standard deviation is estimated from as many."""

    size: int
    true: Fraction
    deviation: float
    higher: bool

    def chance(self, mark: Fraction) -> float:
        """See `Sampling`."""
        return float(student_above(float(self._beyond(mark)), self.deviation, self.size))

    def needed(self, mark: Fraction, certainty: float) -> float | None:
        """See `Sampling`."""
        reach = float(student_reach(certainty, self.deviation, self.size))
        return float(mark) + (reach if self.higher else -reach)

    def sound_size(self, mark: Fraction, within: float) -> float | None:
        """See `Sampling`."""
        return sound_mean_size(float(self._beyond(mark)), self.deviation, within)

    def sound_mark(self, within: float) -> float:
        """See `Sampling`."""
        reach = float(student_reach(1 - within, self.deviation, self.size))
        return float(self.true) + (reach if self.higher else -reach)

    def _beyond(self, mark: Fraction) -> Fraction:
        return mark - self.true if self.higher else self.true - mark


def _count(product: Fraction, higher: bool) -> int:
    """The first whole count that reaches the mark."""
    return math.ceil(product) if higher else math.floor(product)


def _there(number: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float | None:
    found = float(number)
    return None if math.isnan(found) else found
