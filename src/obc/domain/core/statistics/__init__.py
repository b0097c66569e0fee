"""Statistics that carry their own doubt: NumPy in, NumPy out; public as `obc.statistics`.

Every function takes arrays (or scalars), works by group where `groups` is given, and returns a small frozen
result. A group that cannot be computed says why in `reason` and never stops the others; only a call that
makes no sense (a confidence of 95, arrays of different lengths) raises ValueError.
"""

from obc.domain.core.statistics.attribute_charts import p_chart, u_chart
from obc.domain.core.statistics.borda import borda, preferred_pairs
from obc.domain.core.statistics.bradley_terry import bradley_terry
from obc.domain.core.statistics.calibration import Calibration, calibration, discrimination
from obc.domain.core.statistics.control_chart import Assurance, ControlChart, Variation
from obc.domain.core.statistics.direct import directly_standardised_rate
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.expected import expected_funnel, observed_over_expected
from obc.domain.core.statistics.funnel import Funnel, funnel_limits
from obc.domain.core.statistics.indirect import indirectly_standardised_ratio
from obc.domain.core.statistics.inequality import Inequality, slope_index_of_inequality
from obc.domain.core.statistics.logistic import LogisticFit, logistic
from obc.domain.core.statistics.mean import mean, mean_from_sums
from obc.domain.core.statistics.moves import (
    dispersion,
    either_way,
    holm,
    mean_rise,
    normal_rise,
    rate_rise,
    ratio_of_sums,
    share_rise,
    step_at,
    successive_dispersion,
)
from obc.domain.core.statistics.overdispersion import OverdispersedFunnel, overdispersed_funnel
from obc.domain.core.statistics.proportion import proportion
from obc.domain.core.statistics.quantiles import Quantiles, quantiles
from obc.domain.core.statistics.rate import rate
from obc.domain.core.statistics.reason import Reason
from obc.domain.core.statistics.reliable_change import (
    Change,
    ReliableChange,
    change_threshold,
    reliable_change,
)
from obc.domain.core.statistics.sound_size import sound_binomial_size, sound_mean_size, sound_poisson_events
from obc.domain.core.statistics.standardised import directly_standardised_proportion
from obc.domain.core.statistics.tails import (
    binomial_at_least,
    binomial_at_most,
    binomial_share,
    poisson_at_least,
    poisson_at_most,
    poisson_expected_at_least,
    poisson_expected_at_most,
    student_above,
    student_reach,
)
from obc.domain.core.statistics.trend import Marker, Trend, proportion_trend, trend
from obc.domain.core.statistics.xmr import xmr

__all__ = [
    "Assurance",
    "Calibration",
    "Change",
    "ControlChart",
    "Estimate",
    "Funnel",
    "Inequality",
    "LogisticFit",
    "Marker",
    "OverdispersedFunnel",
    "Quantiles",
    "Reason",
    "ReliableChange",
    "Trend",
    "Variation",
    "binomial_at_least",
    "binomial_at_most",
    "binomial_share",
    "borda",
    "bradley_terry",
    "calibration",
    "change_threshold",
    "directly_standardised_proportion",
    "directly_standardised_rate",
    "discrimination",
    "dispersion",
    "either_way",
    "expected_funnel",
    "funnel_limits",
    "holm",
    "indirectly_standardised_ratio",
    "logistic",
    "mean",
    "mean_from_sums",
    "mean_rise",
    "normal_rise",
    "observed_over_expected",
    "overdispersed_funnel",
    "p_chart",
    "poisson_at_least",
    "poisson_at_most",
    "poisson_expected_at_least",
    "poisson_expected_at_most",
    "preferred_pairs",
    "proportion",
    "proportion_trend",
    "quantiles",
    "rate",
    "rate_rise",
    "ratio_of_sums",
    "reliable_change",
    "share_rise",
    "slope_index_of_inequality",
    "sound_binomial_size",
    "sound_mean_size",
    "sound_poisson_events",
    "step_at",
    "student_above",
    "student_reach",
    "successive_dispersion",
    "trend",
    "u_chart",
    "xmr",
]
