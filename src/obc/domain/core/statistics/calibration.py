"""How good predicted chances are: calibration (as many as foretold?) and discrimination (the right people?)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, Index, floats, same_length
from obc.domain.core.statistics.proportion import proportion


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """People in order of their predicted chance, cut into parts of about equal size, one entry a part.

    cases: people. expected: events foretold. observed: events that came. value, lower, upper: the share that came,
    with Wilson's interval of 95 %. A stratum is never cut in two, so there may be fewer parts than were asked for.
    """

    cases: Floats
    expected: Floats
    observed: Floats
    value: Floats
    lower: Floats
    upper: Floats


def calibration(numerator: ArrayLike, denominator: ArrayLike, chance: ArrayLike, *, parts: int = 10) -> Calibration:
    """Observed against expected events by tenth of the predicted chance (Hosmer and Lemeshow 1980).

    One row a stratum: `numerator` of `denominator` people had the event, each foretold with `chance`. A stratum goes
    into the part in which its middle person falls. Rows without people, or without a chance, are left out.
    Raises ValueError where the shapes do not match.
    """
    x, n, p = _rows(numerator, denominator, chance)
    order = np.argsort(p, kind="stable")
    x, n, p = x[order], n[order], p[order]
    middle = (np.cumsum(n) - n / 2) / max(float(n.sum()), 1.0)
    part: Index = np.minimum((middle * parts).astype(np.intp), parts - 1)
    _, index = np.unique(part, return_inverse=True)
    size = int(index.max()) + 1 if len(index) else 0
    cases, observed, expected = (
        np.bincount(index, weights=rows, minlength=size).astype(np.float64) for rows in (n, x, n * p)
    )
    found = proportion(observed, cases)
    return Calibration(cases, expected, observed, found.value, found.lower, found.upper)


def discrimination(numerator: ArrayLike, denominator: ArrayLike, chance: ArrayLike) -> float:
    """The c statistic: how often, of a person with the event and one without, the first had the higher chance.

    0.5 is no better than a coin, 1 tells everybody apart; equal chances count half. It is the area under the receiver
    operating characteristic (Hanley and McNeil 1982, Radiology 143: 29–36), worked out from counts by stratum. NaN
    where nobody has the event or everybody has. Raises ValueError where the shapes do not match.
    """
    x, n, p = _rows(numerator, denominator, chance)
    levels, index = np.unique(p, return_inverse=True)
    events = np.bincount(index, weights=x, minlength=len(levels))
    others = np.bincount(index, weights=n - x, minlength=len(levels))
    pairs = float(events.sum() * others.sum())
    below = np.cumsum(others) - others
    return float(np.sum(events * (below + others / 2)) / pairs) if pairs else float("nan")


def _rows(numerator: ArrayLike, denominator: ArrayLike, chance: ArrayLike) -> tuple[Floats, Floats, Floats]:
    x, n, p = (np.atleast_1d(floats(given)) for given in (numerator, denominator, chance))
    same_length(numerator=x, denominator=n, chance=p)
    kept: Flags = (n > 0) & np.isfinite(p) & np.isfinite(x)
    return x[kept], n[kept], p[kept]
