"""Comparators: published figures of other places. What the source suppressed, left out or rounded stays so."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from obc.domain.core.statistics import (
    overdispersed_funnel,
    proportion,
    quantiles,
    slope_index_of_inequality,
)

State = Literal["as published", "rounded at source", "suppressed at source", "missing at source"]
"""How far a published figure can be relied on."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Comparator(_Row):
    """One place's published figure. Counts and value are None where the source does not give them; never 0.

    `lower_95` and `upper_95`: Wilson's interval from the counts as published, or the limits that the source gives.
    Of rounded counts the interval is about the rounded figure. `category`: a part of the place's people, such as a
    tenth by deprivation, with the name of the division.
    """

    source: str
    measure: str
    area_type: str
    area: str
    name: str
    starts: date | None = None
    ends: date | None = None
    period: str = ""
    category_type: str = ""
    category: str = ""
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    lower_95: float | None
    upper_95: float | None
    state: State
    note: str = ""


class Placed(_Row):
    """One place among its peers. `position`: 0 within chance, ±1 beyond the 95 % and ±2 beyond the 99.8 % limits.

    `part`: 1 for the lowest values to `parts` for the highest; None where there is no value or there are too few.
    """

    comparator: Comparator
    position: int | None
    part: int | None
    limits: tuple[float, float, float, float] | None


class Comparison(_Row):
    """Peers held against their own centre, allowing for more variation between places than chance would give.

    `centre`: all numerators over all denominators of the peers that have both. `between`: the standard deviation
    between places beyond chance (tau, on the arcsine scale; Spiegelhalter 2012). `unusable`: peers without counts.
    """

    centre: float | None
    between: float
    parts: int
    places: tuple[Placed, ...]
    unusable: int


class Slope(_Row):
    """The slope index across deprivation: the gap from the most to the least deprived, along the fitted line.

    `lower` and `upper` are of 95 %; `sure`: the limits of 99.8 % leave no slope out.
    """

    slope: float | None
    lower: float | None
    upper: float | None
    relative: float | None
    sure: bool = False
    not_known: str


def interval(numerator: Decimal | None, denominator: Decimal | None) -> tuple[float | None, float | None]:
    """Wilson's 95 % interval of published counts; none where a count is missing or makes no share."""
    found = proportion(_float(numerator), _float(denominator))
    if not found.available:
        return None, None
    return round(float(found.lower), 10), round(float(found.upper), 10)


def compared(peers: Sequence[Comparator], parts: int = 5) -> Comparison:
    """Every peer's place in the funnel and among the values. Places without counts have neither."""
    tops = [_float(one.numerator) for one in peers]
    sizes = [_float(one.denominator) for one in peers]
    there = [one.value is not None and one.numerator is not None and bool(one.denominator) for one in peers]
    if sum(there) < 2:
        bare = tuple(Placed(comparator=one, position=None, part=None, limits=None) for one in peers)
        return Comparison(centre=None, between=0.0, parts=parts, places=bare, unusable=len(peers) - sum(there))
    known = np.array(there)
    x, n = np.where(known, tops, np.nan), np.where(known, sizes, np.nan)
    found = overdispersed_funnel(x, n, measure="proportion")
    ranked = quantiles(np.where(known, x / n, np.nan), parts, highest_first=False)
    places = tuple(
        Placed(
            comparator=one,
            position=int(found.funnel.position[i]) if there[i] else None,
            part=None if np.isnan(ranked.value[i]) else int(ranked.value[i]),
            limits=_limits(found.funnel.lower[:, i], found.funnel.upper[:, i]) if there[i] else None,
        )
        for i, one in enumerate(peers)
    )
    return Comparison(
        centre=round(float(np.nansum(x) / np.nansum(n)), 10),
        between=round(float(np.sqrt(found.tau_squared)), 10),
        parts=parts,
        places=places,
        unusable=len(peers) - sum(there),
    )


def peers_like(own: str, scores: Mapping[str, float], size: int) -> tuple[str, ...]:
    """The `size` places whose score (of deprivation, say) is nearest to that of `own`, which comes first.

    Raises KeyError where `own` has no score.
    """
    at = scores[own]
    others = sorted((area for area in scores if area != own), key=lambda area: (abs(scores[area] - at), area))
    return (own, *others[:size])


def peers_in_part(own: str, scores: Mapping[str, float], parts: int = 10) -> tuple[str, ...]:
    """The places in the same part of all (tenth, unless said otherwise) by score, `own` first.

    Raises KeyError where `own` has no score.
    """
    names = sorted(scores)
    ranked = quantiles([scores[name] for name in names], min(parts, len(names)), highest_first=False).value
    part = dict(zip(names, ranked, strict=True))
    at = part[own]
    return (own, *(name for name in names if name != own and part[name] == at))


def slope_across(parts: Sequence[Comparator], populations: Sequence[float]) -> Slope:
    """The slope index of the values of quantiles, given from the most deprived to the least."""
    columns = [
        [_float(one.value) for one in parts],
        [np.nan if one.lower_95 is None else one.lower_95 for one in parts],
        [np.nan if one.upper_95 is None else one.upper_95 for one in parts],
    ]
    if not parts:
        return Slope(slope=None, lower=None, upper=None, relative=None, not_known="no quantiles")
    ranks = np.arange(1, len(parts) + 1)
    found = slope_index_of_inequality(ranks, populations, *columns, confidence=(0.95, 0.998))
    if not found.available.all():
        return Slope(slope=None, lower=None, upper=None, relative=None, not_known=str(np.ravel(found.reason)[0]))
    lower, upper = np.ravel(found.lower), np.ravel(found.upper)
    slope, low, high, relative = (
        round(float(number), 10)
        for number in (np.ravel(found.value)[0], lower[0], upper[0], np.ravel(found.relative)[0])
    )
    sure = bool(lower[1] > 0 or upper[1] < 0)
    return Slope(slope=slope, lower=low, upper=high, relative=relative, sure=sure, not_known="")


def _limits(lower: npt.NDArray[np.float64], upper: npt.NDArray[np.float64]) -> tuple[float, float, float, float]:
    near, far = (round(float(lower[i]), 10) for i in (0, 1))
    high, highest = (round(float(upper[i]), 10) for i in (0, 1))
    return far, near, high, highest


def _float(number: Decimal | None) -> float:
    return np.nan if number is None else float(number)
