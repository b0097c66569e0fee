"""Directly standardised rates: what the rate would be were the people as the standard population is."""

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Index, floats, positive, same_length, words
from obc.domain.core.statistics.confidence import Confidence, limits, normal_quantile
from obc.domain.core.statistics.estimate import Estimate
from obc.domain.core.statistics.groups import Groups, grouped, one_group
from obc.domain.core.statistics.rate import FEW, byar
from obc.domain.core.statistics.reason import Reason, first_reason, none_given


def directly_standardised_rate(
    count: ArrayLike,
    population: ArrayLike,
    standard_population: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    events_per_person: ArrayLike | None = None,
    confidence: Confidence = 0.95,
    multiplier: float = 100_000,
) -> Estimate:
    """The rate per `multiplier` people, weighted to the standard population, with Dobson's limits.

    One row a stratum (age band and sex, say) of a group; all rows are one group where `groups` is None.
    `numerator` is the events and `denominator` the people of the group. Limits are those of Dobson, Kuulasmaa,
    Eberle and Scherer (1991), Statistics in Medicine 10: 457–462, on Byar's limits of the events. Below ten
    events it is not available (Morris, Tan, Fryers and Bestwick 2018, Population Health Metrics 16: 19).

    Where one person may have several events these do not happen independently. Then give `events_per_person`:
    `count` is the number of people who had that many, with a row for each such number and `strata` to say
    which rows share a population. A person with f events then adds f² to the variance, not f.

    Not available, with the reason: figures missing or negative, a stratum of the standard population without
    people, a stratum with two populations. A weight of zero leaves its stratum out of the rate.
    Raises ValueError for a wrong confidence, multiplier or shape.
    """
    k = positive("the multiplier", multiplier)
    x, n, w = (np.atleast_1d(floats(given)) for given in (count, population, standard_population))
    same_length(count=x, population=n, standard_population=w)
    by = one_group(len(n)) if groups is None else grouped(groups)
    if by.index.shape != n.shape:
        raise ValueError(f"population has the shape {n.shape} and groups {by.index.shape}; give one a row")
    each = _events_per_person(events_per_person, strata, n.shape)
    first, differs = _strata(strata, by, n, w)

    weight = np.divide(w, n, out=np.zeros(len(n)), where=n > 0)
    once = first if first.all() else np.where(first, 1.0, 0.0)
    total_weight, people = by.total(w * once), by.total(n * once)
    events = by.total(x * each)
    weighted = by.total(x * each * weight)
    squared = by.total(x * (each * weight) ** 2)

    reason = first_reason(
        (np.isnan(events), Reason.NUMERATOR_MISSING),
        (by.any(np.isnan(n)), Reason.DENOMINATOR_MISSING),
        (by.any(np.isnan(w)), Reason.REFERENCE_MISSING),
        (by.any((x < 0) | (n < 0) | (w < 0)), Reason.NEGATIVE),
        (by.any(differs), Reason.STRATUM_DIFFERS),
        (by.any((n == 0) & (w > 0)), Reason.STRATUM_EMPTY),
        (total_weight == 0, Reason.STANDARD_ZERO),
        (events < FEW, Reason.FEW_EVENTS),
    )
    usable = none_given(reason)
    o = np.where(usable, events, np.nan)
    share = np.divide(k, total_weight, out=np.full(by.size, np.nan), where=usable)
    value, per_event = share * weighted, share * np.sqrt(squared / o)

    def dobson(level: float) -> tuple[Floats, Floats]:
        lower, upper = byar(o, normal_quantile(level))
        # where a few events carry most of the weight Dobson's line would end below nothing
        return np.maximum(value + per_event * (lower - o), 0), value + per_event * (upper - o)

    lower, upper = limits(confidence, dobson)
    method = words(value.shape, "Dobson")
    whole = Estimate(value, lower, upper, events, people, reason, method, by.labels)
    return whole if groups is not None else whole.only()


def _events_per_person(given: ArrayLike | None, strata: ArrayLike | None, rows: tuple[int, ...]) -> Floats:
    if given is None:
        return np.ones(rows)
    if strata is None:
        raise ValueError("events_per_person needs strata: which rows share a population is not said otherwise")
    return np.broadcast_to(floats(given), rows)


def _strata(strata: ArrayLike | None, by: Groups, n: Floats, w: Floats) -> tuple[Flags, Flags]:
    """The first row of each stratum of each group, and the rows that disagree with that first one."""
    if strata is None:
        return np.ones(len(n), dtype=np.bool_), np.zeros(len(n), dtype=np.bool_)
    within = grouped(strata)
    if within.index.shape != n.shape:
        raise ValueError(f"population has the shape {n.shape} and strata {within.index.shape}; give one a row")
    pair: Index = by.index * within.size + within.index
    _, start, place = np.unique(pair, return_index=True, return_inverse=True)
    first = np.zeros(len(n), dtype=np.bool_)
    first[start] = True
    reference = start[place]
    return first, (n != n[reference]) | (w != w[reference])
