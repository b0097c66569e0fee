"""Equality: one figure for different people, by deprivation, sex, age and ethnicity, with what chance would show.

Parts that are hidden or missing stay so; a slope is given only where every tenth or fifth is there.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.core.statistics import proportion
from obc.domain.measurement.indicators.factors import NOT_KNOWN
from obc.domain.measurement.indicators.strata import StratumCount
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.monitoring.comparators import Comparator, Slope, State, slope_across
from obc.domain.outcomes.publication.suppression import Place, Profile, hidden

FEWEST = 5
"""Parts ranked by deprivation below which there is no slope."""
_ORDINALS = ("most", "second most", "third more", "fourth more", "fifth more", "fifth less", "fourth less")
_TENTHS = (*_ORDINALS, "third less", "second least", "least")


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Row):
    """One group of people. `differs`: whether everybody's figure lies outside the group's own 99.8 % interval.

    Counts, value and limits (95 %) are None where the state says that they are hidden or missing; never 0.
    """

    name: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    lower_95: float | None = None
    upper_95: float | None = None
    differs: Literal["higher", "lower", "within chance", "not known"] = "not known"
    state: State | Literal["measured", "suppressed", "nobody counted"] = "measured"


class Split(_Row):
    """One indicator by one division. `slope` where the division is deprivation and all its parts are there."""

    indicator: str
    division: str
    whole: Decimal | None
    parts: tuple[Part, ...]
    slope: Slope | None = None


def splits_of(
    indicator: str, division: str, counts: Iterable[StratumCount], order: Sequence[str], profile: Profile
) -> Split:
    """The counts of one indicator by one factor, as the profile lets them be shown.

    `order`: the names of the parts as they are to stand; those beyond it follow by name, whoever is not known last.
    """
    sums: dict[str, tuple[int, int]] = {}
    for one in counts:
        top, under = sums.get(one.levels[0], (0, 0))
        sums[one.levels[0]] = top + one.numerator, under + one.denominator
    whole = sum(top for top, _ in sums.values()), sum(under for _, under in sums.values())
    named = [*order, *sorted(sums.keys() - {*order, NOT_KNOWN}), *([NOT_KNOWN] if NOT_KNOWN in sums else [])]
    table: dict[Place, tuple[int, ...]] = {(name,): _kinds(*both) for name, both in sums.items()}
    hides = hidden({**table, (ALL,): _kinds(*whole)}, profile)
    value = None if (ALL,) in hides else _value(*_as_shown(whole, profile))
    parts = tuple(_part(name, sums.get(name), (name,) in hides, value, profile) for name in named)
    deprived = parts if division == "deprivation" else ()
    return Split(indicator=indicator, division=division, whole=value, parts=parts, slope=slope_of(deprived))


def splits_published(given: Sequence[Comparator], area: str) -> tuple[Split, ...]:
    """Every division of a published place, as its source has it."""
    own = [one for one in given if one.area == area]
    whole = next((one.value for one in reversed(own) if not one.category_type), None)
    found: dict[str, list[Comparator]] = {}
    for one in own:
        if one.category_type:
            found.setdefault(one.category_type, []).append(one)
    splits = []
    for division, rows in found.items():
        ranked = [rank_of(one.category) for one in rows]
        deprived = "depriv" in division.lower() or "imd" in division.lower()
        if deprived and None not in ranked:
            rows = [row for _, row in sorted(zip(ranked, rows, strict=True), key=lambda both: both[0] or 0)]
        parts = tuple(_published(one, whole) for one in rows)
        slope = slope_of(parts) if deprived else None
        splits.append(Split(indicator=rows[0].measure, division=division, whole=whole, parts=parts, slope=slope))
    return tuple(splits)


def rank_of(category: str) -> int | None:
    """1 for the most deprived, by a leading number (`01 Most deprived`) or the words that Fingertips uses."""
    text = category.strip().lower()
    number = re.match(r"(?:decile|quintile|tenth|fifth)?\s*0*(\d+)\b", text)
    if number:
        return int(number[1])
    said = re.match(r"(.*?)\s*deprived", text)
    return _TENTHS.index(said[1]) + 1 if said and said[1] in _TENTHS else None


def slope_of(parts: Sequence[Part]) -> Slope | None:
    """The slope over parts from the most to the least deprived; whoever is not known takes no part in it."""
    ranked = [part for part in parts if part.name != NOT_KNOWN]
    if not ranked:
        return None
    if len(ranked) < FEWEST or any(part.value is None for part in ranked):
        why = "fewer than five parts" if len(ranked) < FEWEST else "parts that are hidden or missing"
        return Slope(slope=None, lower=None, upper=None, relative=None, not_known=why)
    return slope_across([_comparator(part) for part in ranked], [float(part.denominator or 0) for part in ranked])


def _kinds(top: int, under: int) -> tuple[int, int, int]:
    return top, under, under - top


def _as_shown(counts: tuple[int, int], profile: Profile) -> tuple[int, int]:
    return profile.rounded(counts[0]), profile.rounded(counts[1])


def _value(top: int, under: int) -> Decimal | None:
    return Decimal(top) / Decimal(under) if under else None


def _part(name: str, counts: tuple[int, int] | None, hide: bool, whole: Decimal | None, profile: Profile) -> Part:
    if counts is None or not counts[1]:
        return Part(name=name, state="nobody counted")
    if hide:
        return Part(name=name, state="suppressed")
    top, under = _as_shown(counts, profile)
    return _compared(Part(name=name, numerator=Decimal(top), denominator=Decimal(under)), whole)


def _published(one: Comparator, whole: Decimal | None) -> Part:
    part = Part(
        name=one.category,
        numerator=one.numerator,
        denominator=one.denominator,
        value=one.value,
        lower_95=one.lower_95,
        upper_95=one.upper_95,
        state=one.state,
    )
    return _compared(part, whole) if one.numerator is not None and one.denominator else part


def _compared(part: Part, whole: Decimal | None) -> Part:
    """The part with its share, its limits and how it lies to everybody's."""
    top, under = part.numerator or Decimal(0), part.denominator or Decimal(0)
    found = proportion(float(top), float(under), confidence=(0.95, 0.998))
    if not np.asarray(found.available).all():
        return part
    low, high = float(found.lower[1]), float(found.upper[1])
    differs = (
        "not known" if whole is None else "lower" if high < whole else "higher" if low > whole else "within chance"
    )
    limits = {"lower_95": round(float(found.lower[0]), 10), "upper_95": round(float(found.upper[0]), 10)}
    kept = {name: value for name, value in limits.items() if getattr(part, name) is None}
    value = top / under if part.value is None else part.value
    return part.model_copy(update={"value": value, "differs": differs, **kept})


def _comparator(part: Part) -> Comparator:
    return Comparator(
        source="",
        measure="",
        area_type="",
        area="",
        name=part.name,
        numerator=part.numerator,
        denominator=part.denominator,
        value=part.value,
        lower_95=part.lower_95,
        upper_95=part.upper_95,
        state="as published",
    )
