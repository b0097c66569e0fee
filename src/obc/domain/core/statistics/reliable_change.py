"""Reliable change: whether a person's score moved by more than the measure's own error."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Texts, floats, one_of, positive, words
from obc.domain.core.statistics.confidence import normal_quantile
from obc.domain.core.statistics.reason import Reason, first_reason, none_given

Better = Literal["higher", "lower"]


class Change(StrEnum):
    """What became of a person, by the score."""

    IMPROVED = "reliably improved"
    DETERIORATED = "reliably deteriorated"
    UNCHANGED = "no reliable change"


@dataclass(frozen=True, slots=True, eq=False)
class ReliableChange:
    """One entry a person. value: the change, positive for the better. change: a `Change`, "" where a score is
    missing. recovered: reliably improved and across the cut-off; False throughout where there is none.
    threshold: the smallest change that is reliable. reason: "" or why there is no answer."""

    value: Floats
    change: Texts
    recovered: Flags
    threshold: float
    reason: Texts

    @property
    def available(self) -> Flags:
        """Where both scores are there."""
        return none_given(self.reason)


def reliable_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    threshold: float,
    better: Better,
    cut_off: float | None = None,
) -> ReliableChange:
    """Each person's change against `threshold`: a change of that size or more is reliable.

    The threshold is the one published for the measure (5 points of ReQoL-10, say) or `change_threshold` of
    the people measured. `cut_off` is the score that divides those who are well from those who are not; who was
    on the unwell side, reliably improved and now stands on it or beyond has recovered, that is, made a
    clinically significant change (Jacobson and Truax 1991, Journal of Consulting and Clinical Psychology 59:
    12–19). Raises ValueError for a threshold that is not above zero, or a wrong `better`.
    """
    smallest = positive("the threshold", threshold)
    one_of("better", better, get_args(Better))
    first, last = np.broadcast_arrays(floats(before), floats(after))
    sign = 1 if better == "higher" else -1
    value = np.asarray(sign * (last - first))
    reason = first_reason((np.isnan(value), Reason.VALUE_MISSING))
    slack = 1e-9 * smallest  # a published threshold is met by a change that is equal but for rounding
    improved, deteriorated = value >= smallest - slack, value <= slack - smallest
    change = words(value.shape, Change.UNCHANGED)
    change[improved], change[deteriorated] = Change.IMPROVED, Change.DETERIORATED
    change[np.isnan(value)] = ""
    recovered = np.zeros(value.shape, dtype=np.bool_)
    if cut_off is not None:
        recovered = improved & (sign * first < sign * cut_off) & (sign * last >= sign * cut_off)
    return ReliableChange(value, change, np.asarray(recovered), smallest, reason)


def change_threshold(standard_deviation: float, reliability: float, *, confidence: float = 0.95) -> float:
    """The change that a measure's error alone would rarely exceed: z √2 SD √(1 − reliability).

    `standard_deviation` is that of first scores; `reliability` test–retest, or internal (Cronbach's alpha).
    Jacobson and Truax (1991): a standard error of measurement SD √(1 − r), and two measurements.
    Raises ValueError where the standard deviation is not above zero or the reliability not from 0 to below 1.
    """
    if not 0 <= reliability < 1:
        raise ValueError(f"a reliability of {reliability} is not possible; give a share below 1, such as 0.85")
    spread = positive("the standard deviation", standard_deviation)
    return float(normal_quantile(confidence) * np.sqrt(2 * (1 - reliability)) * spread)
