"""Overdispersed funnels: limits that allow for providers differing by more than chance and the cause sought."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from obc.domain.core.statistics.arrays import Flags, Floats, one_of, positive
from obc.domain.core.statistics.confidence import Confidence, levels, limits, normal_quantile
from obc.domain.core.statistics.counts import counts
from obc.domain.core.statistics.funnel import LEVELS, Funnel, Measure, centre_of, funnel_limits, placed
from obc.domain.core.statistics.reason import none_given

Method = Literal["SHMI", "CQC"]


@dataclass(frozen=True, slots=True, eq=False)
class OverdispersedFunnel:
    """A funnel widened by the variance between providers.

    funnel: the points and their limits. z: each point's distance from the centre in standard errors, as
    widened; NaN where it has none. phi: how many times the variance of the trimmed points exceeds chance.
    tau_squared: the variance between providers, on the transformed scale. widened: whether there was any; if
    not, the limits are those of `funnel_limits`.
    """

    funnel: Funnel
    z: Floats
    phi: float
    tau_squared: float
    widened: bool


def overdispersed_funnel(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    method: Method = "SHMI",
    measure: Measure = "ratio",
    centre: float | None = None,
    trim: float = 0.1,
    confidence: Confidence = LEVELS,
    multiplier: float = 1,
) -> OverdispersedFunnel:
    """Funnel limits by the additive random-effects model of Spiegelhalter (2005), Quality and Safety in Health
    Care 14: 347–351, and Spiegelhalter and others (2012), Journal of the Royal Statistical Society A 175: 1–47.

    Points are brought to a scale on which chance is normal: ratios and rates by the logarithm (SHMI, the
    Summary Hospital-level Mortality Indicator) or the square root (CQC, the Care Quality Commission),
    proportions by the arcsine. Then the share `trim` of either end is left out (SHMI) or drawn in to the
    quantile there (CQC), so that those one looks for do not hide themselves; and from the rest phi and tau
    squared are found. `denominator` is the expected events of a ratio. `centre` as in `funnel_limits`.

    A provider without events has no logarithm: it takes no part in phi with SHMI, its point and limits stand.
    Raises ValueError for a wrong method, confidence, trim, centre or shape.
    """
    k = positive("the multiplier", multiplier)
    one_of("the method", method, get_args(Method))
    if not 0 <= trim < 0.5:
        raise ValueError(f"a trim of {trim} is not possible; write 0.1 for a tenth of either end")
    exact = funnel_limits(numerator, denominator, measure=measure, centre=centre, confidence=confidence, multiplier=k)
    x, n, reason, _ = counts(numerator, denominator, None, part_of_whole=measure == "proportion")
    usable = none_given(reason)
    middle = centre_of(x, n, usable, measure) if centre is None else float(centre)
    value = np.divide(x, n, out=np.full(x.shape, np.nan), where=usable)
    y, target, s = _transformed(value, middle, np.where(n > 0, n, np.nan), measure, method)

    used = np.isfinite(y) & np.isfinite(s) & np.isfinite(target)
    off = np.subtract(y, target, out=np.full(y.shape, np.nan), where=used)
    phi, tau_squared = _dispersion(off[used] / s[used], s[used], method, trim)
    widened = tau_squared > 0 and phi > 1
    spread = np.sqrt(s * s + (tau_squared if widened else 0.0))
    z = off / spread
    if not widened:
        return OverdispersedFunnel(exact, z, phi, 0.0, False)

    def between(level: float) -> tuple[Floats, Floats]:
        reach = normal_quantile(level) * spread
        return _back(target - reach, measure, method), _back(target + reach, measure, method)

    asked = levels(confidence)
    lower, upper = limits(asked, between)
    funnel = placed(value, middle, lower, upper, reason, asked, k)
    return OverdispersedFunnel(funnel, z, phi, tau_squared, True)


def _transformed(
    value: Floats, centre: float, size: Floats, measure: Measure, method: Method
) -> tuple[Floats, float, Floats]:
    """The points, the centre and the standard errors on the scale of the method."""
    if measure == "proportion":
        return np.arcsin(np.sqrt(value)), float(np.arcsin(np.sqrt(centre))), 1 / (2 * np.sqrt(size))
    if method == "CQC":
        return np.sqrt(value), float(np.sqrt(centre)), 1 / (2 * np.sqrt(size))
    with np.errstate(divide="ignore"):  # none of none: minus infinity, which takes no part
        return np.log(value), float(np.log(centre)), 1 / np.sqrt(size * centre)


def _back(scaled: Floats, measure: Measure, method: Method) -> Floats:
    """From the scale of the method to values; what lies beyond its ends stays at them."""
    if measure == "proportion":
        return np.asarray(np.sin(np.clip(scaled, 0, np.pi / 2)) ** 2)
    return np.asarray(np.maximum(scaled, 0) ** 2 if method == "CQC" else np.exp(scaled))


def _dispersion(z: Floats, s: Floats, method: Method, trim: float) -> tuple[float, float]:
    """Phi and tau squared of the trimmed points; NaN and 0 where fewer than two are left."""
    if method == "SHMI":
        kept = _inner(z, trim)
        z, s = z[kept], s[kept]
    if len(z) < 2:
        return float("nan"), 0.0
    if method == "CQC":
        z = np.clip(z, *np.quantile(z, [trim, 1 - trim]))
    count, squares, weight = len(z), float(np.sum(z * z)), 1 / s**2
    between = (squares - (count - 1)) / (np.sum(weight) - np.sum(weight**2) / np.sum(weight))
    return squares / count, max(0.0, float(between))


def _inner(z: Floats, trim: float) -> Flags:
    """What is left when the share `trim` of the ranks is cut off either end."""
    in_order = np.sort(z)
    rank = (np.searchsorted(in_order, z, "left") + np.searchsorted(in_order, z, "right") + 1) / 2
    share = rank / (len(z) + 1)
    return np.asarray((share >= trim) & (share < 1 - trim), dtype=np.bool_)
