"""Logistic regression on counts: how the chance of an event goes with what people are like."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, xlogy

from obc.domain.core.statistics.arrays import Flags, Floats, floats, same_length
from obc.domain.core.statistics.reason import Reason

_MOST_STEPS = 50
_CLOSE = 1e-10
"""Newton's steps stop when the deviance changes by less than this share of itself."""
_NOUGHT = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class LogisticFit:
    """The fit by maximum likelihood; NaN throughout where `reason` says why there is none.

    coefficients, standard_errors: one a column of the design, on the scale of log odds. chance: the fitted chance of
    an event in each row, also in rows without people. deviance: twice the log likelihood lost against a chance of its
    own for every row. separating: the columns that tell those with the event from those without (see `logistic`).
    """

    coefficients: Floats
    standard_errors: Floats
    chance: Floats
    deviance: float
    separating: Flags
    reason: str

    @property
    def available(self) -> bool:
        """Whether there is a fit."""
        return self.reason == ""


def logistic(numerator: ArrayLike, denominator: ArrayLike, design: ArrayLike) -> LogisticFit:
    """A binomial model with the logit link, by iteratively reweighted least squares.

    One row a stratum: `numerator` of `denominator` people had the event. `design` has a column for each coefficient,
    the constant 1 among them. McCullagh and Nelder (1989), Generalized Linear Models, chapter 4; the same figures as
    statsmodels' GLM, which takes seconds to import for these lines.

    Rows without people say nothing. Not available, with the reason: missing or negative counts, a numerator above
    its denominator, no people at all, columns that are made of one another, and separation: a sum of columns that is
    never below nought for people with the event and never above it for those without, so that the likelihood has no
    greatest value (Albert and Anderson 1984, Biometrika 71: 1–10). It is looked for by linear programming (Konis
    2007, Linear programming algorithms for detecting separated data in binary logistic regression models, Oxford).
    Raises ValueError where the shapes do not match.
    """
    x, n = np.atleast_1d(floats(numerator)), np.atleast_1d(floats(denominator))
    same_length(numerator=x, denominator=n)
    columns: Floats = np.asarray(design, dtype=np.float64)
    if columns.ndim != 2 or len(columns) != len(x) or not np.isfinite(columns).all():
        raise ValueError(f"the design has the shape {columns.shape}; give {len(x)} rows of numbers, a column each")
    reason = _unusable(x, n)
    if reason:
        return _none(columns, reason)
    some = n > 0
    if np.linalg.matrix_rank(columns[some]) < columns.shape[1]:
        return _none(columns, Reason.NOT_INDEPENDENT)
    separating = _separating(x[some], n[some], columns[some])
    if separating.any():
        return _none(columns, Reason.SEPARATED, separating)
    coefficients, information = _fit(x[some], n[some], columns[some])
    chance = expit(columns @ coefficients)
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    return LogisticFit(coefficients, errors, chance, _deviance(x, n, chance), separating, "")


def _unusable(x: Floats, n: Floats) -> str:
    checks: tuple[tuple[NDArray[np.bool_], Reason], ...] = (
        (np.isnan(x), Reason.NUMERATOR_MISSING),
        (np.isnan(n), Reason.DENOMINATOR_MISSING),
        ((x < 0) | (n < 0), Reason.NEGATIVE),
        (x > n, Reason.ABOVE_DENOMINATOR),
    )
    found = next((reason for flags, reason in checks if flags.any()), None)
    return found or ("" if n.sum() > 0 else Reason.DENOMINATOR_ZERO)


def _none(columns: Floats, reason: str, separating: Flags | None = None) -> LogisticFit:
    rows, width = columns.shape
    nothing = np.full(width, np.nan)
    none = np.zeros(width, dtype=np.bool_)
    return LogisticFit(
        nothing, nothing, np.full(rows, np.nan), float("nan"), none if separating is None else separating, reason
    )


def _separating(x: Floats, n: Floats, columns: Floats) -> Flags:
    """The columns of a direction along which the likelihood never falls; none where there is no such direction.

    Towards it, rows of events only must not fall, rows of none must not rise, and the others must stay.
    """
    from scipy.optimize import linprog  # half a second to import, and used when a model is agreed

    sign = np.where(x == n, 1.0, np.where(x == 0, -1.0, 0.0))
    mixed, pure = columns[sign == 0], columns[sign != 0] * sign[sign != 0, np.newaxis]
    if not len(pure):
        return np.zeros(columns.shape[1], dtype=np.bool_)
    found = linprog(
        -pure.sum(axis=0),
        A_ub=-pure,
        b_ub=np.zeros(len(pure)),
        A_eq=mixed if len(mixed) else None,
        b_eq=np.zeros(len(mixed)) if len(mixed) else None,
        bounds=(-1, 1),
        method="highs",
    )
    assert found.x is not None and found.fun is not None, "standing still is always allowed"
    return np.asarray((np.abs(found.x) > _NOUGHT) & (-found.fun > _NOUGHT))


def _fit(x: Floats, n: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """Coefficients, and their information: the inverse of the covariance."""
    coefficients = np.zeros(columns.shape[1])
    before = _deviance(x, n, np.full(len(x), 0.5))
    information = np.eye(len(coefficients))
    for _ in range(_MOST_STEPS):
        chance = expit(columns @ coefficients)
        weight = n * chance * (1 - chance)
        information = columns.T @ (weight[:, np.newaxis] * columns)
        step = np.linalg.solve(information, columns.T @ (x - n * chance))
        after = before
        for _ in range(_MOST_STEPS):  # a step that makes it worse goes too far: half of it
            after = _deviance(x, n, expit(columns @ (coefficients + step)))
            if after <= before * (1 + _CLOSE) + _CLOSE:
                break
            step = step / 2
        coefficients = coefficients + step
        if abs(before - after) <= _CLOSE * (after + 0.1):
            break
        before = after
    chance = expit(columns @ coefficients)
    weight = n * chance * (1 - chance)
    return coefficients, columns.T @ (weight[:, np.newaxis] * columns)


def _deviance(x: Floats, n: Floats, chance: Floats) -> float:
    """McCullagh and Nelder (1989), equation 4.13; of a row without people nought."""
    share = np.divide(x, n, out=np.zeros_like(x), where=n > 0)
    kept = n > 0
    p, y, size = chance[kept], share[kept], n[kept]
    with np.errstate(divide="ignore", invalid="ignore"):  # a chance of 0 or 1 on the way: an infinite deviance
        lost = xlogy(y, y) - xlogy(y, p) + xlogy(1 - y, 1 - y) - xlogy(1 - y, 1 - p)
    return float(2 * np.sum(size * lost))
