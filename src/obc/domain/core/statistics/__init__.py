"""Statistics that carry their own doubt: NumPy in, NumPy out; public as `obc.statistics`.

Every function takes arrays (or scalars), counts by group where `groups` is given, and returns a small frozen
result. A group that cannot be computed says why in `reason` and never stops the others.
"""

from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.indirect import indirectly_standardised_ratio
from obc.domain.core.statistics.mean import mean, mean_from_sums
from obc.domain.core.statistics.proportion import proportion
from obc.domain.core.statistics.rate import rate
from obc.domain.core.statistics.reason import Reason

__all__ = [
    "Estimate",
    "Reason",
    "indirectly_standardised_ratio",
    "mean",
    "mean_from_sums",
    "proportion",
    "rate",
]
