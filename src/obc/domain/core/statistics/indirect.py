"""Indirectly standardised ratios: observed events over those that reference rates would bring."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import floats, positive, same_length
from obc.domain.core.statistics.confidence import Confidence
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.groups import grouped, one_group
from obc.domain.core.statistics.rate import count_ratio
from obc.domain.core.statistics.reason import Reason, first_reason


def indirectly_standardised_ratio(
    observed: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    confidence: Confidence = 0.95,
    multiplier: float = 1,
) -> Estimate:
    """Observed over expected, times `multiplier`; expected = sum of population × reference rate.

    One row a stratum (age band and sex, say) of a group; all rows are one group where `groups` is None, and
    `observed` may then be the total alone. `numerator` is observed, `denominator` expected. Limits are those
    of the observed count, exact below ten and Byar's from ten on, over expected (Public Health Technical
    Guidance, indirectly standardised ratios). Where expected is known already: `rate(observed, expected,
    multiplier=1)`.

    A stratum without people adds nothing. Not available, with the reason: missing or negative figures, a
    stratum with people and no reference population, nothing expected.
    Raises ValueError for a wrong confidence, multiplier or shape.
    """
    k = positive("the multiplier", multiplier)
    events = floats(observed)
    n, ref_events, ref_n = (np.atleast_1d(floats(a)) for a in (population, reference_count, reference_population))
    same_length(population=n, reference_count=ref_events, reference_population=ref_n)
    if events.ndim == 0 and groups is None:  # a total: put once, never repeated for every stratum
        events = np.concatenate([events[np.newaxis], np.zeros(len(n) - 1)])
    same_length(observed=events, population=n)
    by = one_group(len(n)) if groups is None else grouped(groups)
    if by.index.shape != n.shape:
        raise ValueError(f"population has the shape {n.shape} and groups {by.index.shape}; give one a row")

    reference = np.divide(ref_events, ref_n, out=np.zeros(len(n)), where=ref_n > 0)
    o, e = by.total(events), by.total(np.where(n == 0, 0.0, n * reference))
    reason = first_reason(
        (np.isnan(o), Reason.NUMERATOR_MISSING),
        (by.any(np.isnan(n)), Reason.DENOMINATOR_MISSING),
        (by.any(np.isnan(ref_events) | np.isnan(ref_n)), Reason.REFERENCE_MISSING),
        (by.any((events < 0) | (n < 0) | (ref_events < 0) | (ref_n < 0)), Reason.NEGATIVE),
        (by.any((n > 0) & (ref_n == 0)), Reason.REFERENCE_ZERO),
        (e == 0, Reason.NOTHING_EXPECTED),
    )
    whole = count_ratio(o, e, reason, confidence, k, by.labels)
    return whole if groups is not None else whole.only()
