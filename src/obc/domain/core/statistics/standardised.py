"""Directly standardised proportions: what the share would be were the people as the standard population is."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Floats, floats, same_length, words
from obc.domain.core.statistics.confidence import Confidence, limits, normal_quantile
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.groups import grouped, one_group
from obc.domain.core.statistics.proportion import wilson
from obc.domain.core.statistics.reason import Reason, first_reason, none_given


def directly_standardised_proportion(
    numerator: ArrayLike,
    denominator: ArrayLike,
    standard_population: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    confidence: Confidence = 0.95,
) -> Estimate:
    """The mean of the strata's shares, each with the weight it has in the standard population.

    One row a stratum of a group; all rows are one group where `groups` is None. `numerator` and `denominator` are the
    sums of the group. The variance is Σ w² p (1 − p) / n over (Σ w)² (Armitage, Berry and Matthews 2002, Statistical
    Methods in Medical Research, section 19.3). The interval is Wilson's of the standardised share at the number of
    people whose plain share would vary as much (Dean and Pagano 2015, Journal of Survey Statistics and Methodology
    3: 484–503); with one stratum it is Wilson's own. Where every stratum has all or none, that number is
    (Σ w)² / Σ (w² / n), after Kish.

    Not available, with the reason: missing or negative figures, a numerator above its denominator, a stratum of the
    standard population without people here, no standard population. A weight of zero leaves its stratum out.
    Raises ValueError for a wrong confidence or shape.
    """
    x, n, w = (np.atleast_1d(floats(given)) for given in (numerator, denominator, standard_population))
    same_length(numerator=x, denominator=n, standard_population=w)
    by = one_group(len(n)) if groups is None else grouped(groups)
    if by.index.shape != n.shape:
        raise ValueError(f"denominator has the shape {n.shape} and groups {by.index.shape}; give one a row")
    total = by.total(w)
    reason = first_reason(
        (by.any(np.isnan(x)), Reason.NUMERATOR_MISSING),
        (by.any(np.isnan(n)), Reason.DENOMINATOR_MISSING),
        (by.any(np.isnan(w)), Reason.REFERENCE_MISSING),
        (by.any((x < 0) | (n < 0) | (w < 0)), Reason.NEGATIVE),
        (by.any(x > n), Reason.ABOVE_DENOMINATOR),
        (by.any((n == 0) & (w > 0)), Reason.STRATUM_EMPTY),
        (total == 0, Reason.STANDARD_ZERO),
    )
    usable = none_given(reason)
    there = n > 0
    p = np.divide(x, n, out=np.zeros(len(n)), where=there)
    per_person = np.divide(w * w, n, out=np.zeros(len(n)), where=there)
    whole = np.where(usable, total, np.nan)
    share = np.clip(by.total(w * p) / whole, 0, 1)
    variance = by.total(per_person * p * (1 - p)) / whole**2
    kish = np.divide(whole**2, by.total(per_person), out=np.full(by.size, np.nan), where=usable)
    effective = np.divide(share * (1 - share), variance, out=kish, where=usable & (variance > 0))

    def between(level: float) -> tuple[Floats, Floats]:
        return wilson(share, effective, normal_quantile(level))

    lower, upper = limits(confidence, between)
    found = Estimate(
        share, lower, upper, by.total(x), by.total(n), reason, words(share.shape, "Wilson, effective size"), by.labels
    )
    return found if groups is not None else found.only()
