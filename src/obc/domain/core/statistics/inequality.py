"""The slope index of inequality: how far the most and the least deprived are apart, over all between."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from obc.domain.core.statistics.arrays import Flags, Floats, Labels, Texts, floats, one_of, positive, same_length
from obc.domain.core.statistics.confidence import Confidence, levels, normal_quantile
from obc.domain.core.statistics.groups import grouped, one_group
from obc.domain.core.statistics.reason import Reason, first_reason, none_given

Errors = Literal["normal", "log-normal", "logit-normal"]
"""How the values err: as they are, on the log scale (rates), on the logit scale (proportions)."""

FEWEST_QUANTILES, MOST_QUANTILES = 5, 100


@dataclass(frozen=True, slots=True, eq=False)
class Inequality:
    """The slope and relative indices, one entry a group.

    value, lower, upper: the slope index, in the unit of the values times the multiplier: the value at the
    least deprived end less that at the most deprived. relative, relative_lower, relative_upper: the ratio of
    the two ends. Several confidence levels stand along a first axis. reason: "" or why it is not available.
    """

    value: Floats
    lower: Floats
    upper: Floats
    relative: Floats
    relative_lower: Floats
    relative_upper: Floats
    reason: Texts
    groups: Labels | None = None

    @property
    def available(self) -> Flags:
        """Where the indices are there."""
        return none_given(self.reason)


def slope_index_of_inequality(
    quantile: ArrayLike,
    population: ArrayLike,
    value: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    errors: Errors = "normal",
    limits_confidence: float = 0.95,
    confidence: Confidence = 0.95,
    multiplier: float = 1,
    repetitions: int = 100_000,
    seed: int = 20_240_401,
) -> Inequality:
    """The slope of the values over the population ranked by deprivation, and its relative form.

    One row a quantile (1 = most deprived) of a group, five to a hundred quantiles, with its value and the
    limits of the value at `limits_confidence`. The line is fitted by least squares, weighted by population, on
    the middle rank of each quantile (Low and Low 2004, Journal of Public Health 26: 387–395). Its limits are
    those of `repetitions` lines through values drawn by their standard errors, as in Fingertips; the numbers
    drawn are the same for each group and follow from `seed`, so the same figures give the same limits.

    Not available, with the reason: figures missing, a quantile missing or given twice, fewer than five
    quantiles, a population that is not positive, a value that has no logarithm where one is needed.
    Raises ValueError for a wrong confidence, multiplier or shape.
    """
    k = positive("the multiplier", multiplier)
    one_of("errors", errors, get_args(Errors))
    q, n, y, low, high = (np.atleast_1d(floats(a)) for a in (quantile, population, value, lower, upper))
    same_length(quantile=q, population=n, value=y, lower=low, upper=high)
    by = one_group(len(q)) if groups is None else grouped(groups)
    if by.index.shape != q.shape:
        raise ValueError(f"quantile has the shape {q.shape} and groups {by.index.shape}; give one a row")
    outside = np.isnan(q) | (q < 1) | (q > MOST_QUANTILES) | (q != np.floor(q))
    number = int(np.max(q[~outside], initial=0))

    ends = np.stack([y, low, high])
    with np.errstate(all="ignore"):
        scaled = {"normal": ends, "log-normal": np.log(ends), "logit-normal": logit(ends)}[errors]
    error = (scaled[2] - scaled[1]) / 2 / normal_quantile(limits_confidence)
    cell = (by.index * number)[~outside] + q[~outside].astype(np.intp) - 1
    seen = np.bincount(cell, minlength=by.size * number).reshape(by.size, number)
    reason = first_reason(
        (by.any(np.isnan(n)), Reason.DENOMINATOR_MISSING),
        (by.any(np.isnan(ends).any(axis=0)), Reason.VALUE_MISSING),
        (by.any(outside) | (seen != 1).any(axis=1), Reason.QUANTILE_MISSING),
        (np.broadcast_to(number < FEWEST_QUANTILES, by.size), Reason.FEW_QUANTILES),
        (by.any(n < 0), Reason.NEGATIVE),
        (by.any(n == 0), Reason.DENOMINATOR_ZERO),
        (by.any(~np.isfinite(scaled).all(axis=0)), Reason.NO_LOGARITHM),
    )
    drawn = np.random.Generator(np.random.PCG64(seed)).standard_normal((repetitions, max(number, 1)))
    tails = [(1 + side * level) / 2 for side in (-1, 1) for level in levels(confidence)]
    central = np.full((2, by.size), np.nan)  # the slope and the relative index of each group
    limit = np.full((len(tails), 2, by.size), np.nan)
    for group in np.flatnonzero(none_given(reason)):
        rows = np.flatnonzero(by.index == group)
        rows = rows[np.argsort(q[rows])]
        fit = _fit(n[rows])
        central[:, group] = _indices(fit, y[rows])
        lines = _indices(fit, _unscaled(scaled[0][rows] + drawn * error[rows], errors))
        limit[:, :, group] = np.quantile(lines, tails, axis=1)

    sides = limit.reshape(2, -1, 2, by.size)  # lower or upper, level, index, group
    if isinstance(confidence, int | float):
        sides = sides[:, 0]
    whole = (Ellipsis, slice(None) if groups is not None else 0)
    return Inequality(
        np.asarray(k * central[0][whole]),
        np.asarray(k * sides[0, ..., 0, :][whole]),
        np.asarray(k * sides[1, ..., 0, :][whole]),
        np.asarray(central[1][whole]),
        np.asarray(sides[0, ..., 1, :][whole]),
        np.asarray(sides[1, ..., 1, :][whole]),
        reason if groups is not None else reason.reshape(()),
        by.labels if groups is not None else None,
    )


def _unscaled(scaled: Floats, errors: Errors) -> Floats:
    if errors == "log-normal":
        return np.exp(scaled)
    return np.asarray(expit(scaled)) if errors == "logit-normal" else scaled


def _fit(population: Floats) -> Floats:
    """What turns the values of the quantiles into intercept and slope: both are sums of values times weights.

    The rank runs from 0 at the most deprived end to 1 at the least; each quantile stands at its middle.
    """
    share = population / population.sum()
    rank = np.cumsum(share) - share / 2
    centre = share @ rank
    slope = share * (rank - centre) / (share @ (rank - centre) ** 2)
    return np.stack([share - slope * centre, slope])


def _indices(fit: Floats, values: Floats) -> Floats:
    """The slope and the relative index of each row of values."""
    intercept, slope = fit @ values.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.stack([slope, (intercept + slope) / intercept])
