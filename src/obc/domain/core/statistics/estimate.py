"""The estimate: a figure, how sure it is, and why it is not there where it is not."""

from dataclasses import dataclass

import numpy as np

from obc.domain.core.statistics.arrays import Flags, Floats, Labels, Texts
from obc.domain.core.statistics.reason import none_given


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Values with their intervals, one entry a group (or a row, where nothing was grouped).

    value: the figure, already times its multiplier; NaN where it is not available.
    lower, upper: limits of the interval in the unit of the value. Where several confidence levels were
    asked for they stand along a first axis: `lower95, lower998 = estimate.lower`.
    numerator, denominator: the sums that the value was made from; what they count, each function says.
    reason: "" where all is there, otherwise a `Reason`: why the value, or only its interval, is not.
    method: how the interval was made.
    groups: the label of each entry, sorted; None where nothing was grouped.
    """

    value: Floats
    lower: Floats
    upper: Floats
    numerator: Floats
    denominator: Floats
    reason: Texts
    method: Texts
    groups: Labels | None = None

    def __post_init__(self) -> None:
        # NumPy turns arrays without dimensions into scalars as it computes; the result is always arrays
        for name in ("value", "lower", "upper", "numerator", "denominator", "reason", "method"):
            object.__setattr__(self, name, np.asarray(getattr(self, name)))

    @property
    def available(self) -> Flags:
        """Where the value and its interval are both there."""
        return none_given(self.reason)

    def only(self) -> "Estimate":
        """The estimate of the only group, as arrays without its dimension."""
        return Estimate(
            self.value[0],
            self.lower[..., 0],
            self.upper[..., 0],
            self.numerator[0],
            self.denominator[0],
            np.asarray(self.reason[0], dtype=np.object_),
            np.asarray(self.method[0], dtype=np.object_),
        )
