"""The XmR chart: single values with limits from how far each moves from the last."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import floats
from obc.domain.core.statistics.control_chart import ControlChart, Improvement, control_chart
from obc.domain.core.statistics.reason import Reason, first_reason
from obc.domain.core.statistics.sections import sections

LIMIT = 2.66
"""Mean moving ranges from the mean to a limit: three standard deviations (3 / 1.128)."""

SCREEN = 3.267
"""Moving ranges of this many means and more are left out of their mean (Nelson 1982)."""


def xmr(
    values: ArrayLike,
    *,
    improvement: Improvement,
    target: float | None = None,
    baseline_points: int | None = None,
    rebase: Sequence[int] = (),
    groups: ArrayLike | None = None,
) -> ControlChart:
    """The chart of Making Data Count (NHS England): values in time order, series by series where grouped.

    Limits are the mean ± 2.66 mean moving ranges, where ranges of 3.267 means and more are screened out once.
    The mean and limits are those of the first `baseline_points` of a section, or of all its points; `rebase`
    names the rows at which a new section begins, with a mean and rules of its own. Equal values have limits
    on the mean and no special cause. A missing value stays a gap: it has no point, takes no part in the mean
    and ends every run. A section with one value has no limits. Needs no more than two, but see `short`.
    Assurance holds the target, strictly, against the limits of the last row.
    Raises ValueError for a wrong improvement, baseline, rebase or shape.
    """
    rows = np.atleast_1d(floats(values))
    by = sections(len(rows), groups, rebase, baseline_points)
    x = rows[by.order]
    ranges = by.moving_ranges(x)
    typical = by.mean(ranges)
    typical = by.mean(np.where((ranges < SCREEN * typical) | (typical == 0), ranges, np.nan))
    return control_chart(
        x,
        first_reason((np.isnan(x), Reason.VALUE_MISSING)),
        by,
        by.mean(x),
        LIMIT * typical,
        improvement=improvement,
        target=target,
        span=(-np.inf, np.inf),
        grouped=groups is not None,
    )
