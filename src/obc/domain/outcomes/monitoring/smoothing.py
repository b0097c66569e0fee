"""Smoothing: what a threshold would pay for chance if a segment were judged on several years together."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.outcomes.framework.framework import IndicatorUse, Level, SegmentTerms
from obc.domain.outcomes.monitoring.opening import Opening
from obc.domain.outcomes.scoring.scorecard import Number

MOST_YEARS = 3
"""Years that may be judged together: of a contract of five, more would leave nothing to learn from."""


class Smoothed(BaseModel):
    """One level of one indicator and segment, judged each year on the last `years` together.

    `years` is the fewest at which it is sound, or the most there may be. With the years rolling on, two judgements
    in a row share most of their cases, so that chance pays less often, and for longer when it does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    indicator: str
    segment: str
    level: Level
    years: int
    size: float
    size_unit: str
    mark: Number
    chance: float
    sound: bool


def smoothed(
    use: IndicatorUse, terms: SegmentTerms, opening: Opening, marks: Sequence[tuple[Level, Fraction]], within: float
) -> list[Smoothed]:
    """Each level that a single year would pay for chance, or has too few cases for; none where nothing is known.

    Years are taken to be alike. A level that is no better than the start is left out: no number of years helps it.
    """
    sampling = opening.sampling
    if sampling is None or opening.size is None:
        return []
    found = []
    for level, threshold in marks:
        mark = opening.mark(threshold)
        if opening.scored and sampling.chance(mark) <= within:
            continue
        if sampling.sound_size(mark, within) is None:
            continue
        for years in range(2, MOST_YEARS + 1):
            chance = replace(sampling, size=sampling.size * years).chance(mark)  # type: ignore[type-var]
            if chance <= within or years == MOST_YEARS:
                found.append(
                    Smoothed(
                        indicator=use.id,
                        segment=terms.segment,
                        level=level,
                        years=years,
                        size=opening.size * years,
                        size_unit=opening.unit,
                        mark=mark,
                        chance=round(chance, 10),
                        sound=chance <= within,
                    )
                )
                break
    return found
