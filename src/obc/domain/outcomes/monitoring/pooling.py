"""Pooling: what a threshold would pay for chance if small segments were judged together."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.outcomes.framework.framework import LEVELS, IndicatorUse, Level, SegmentTerms
from obc.domain.outcomes.monitoring.opening import Opening
from obc.domain.outcomes.monitoring.sampling import Events, Mean, Proportion, Sampling
from obc.domain.outcomes.scoring.judging import Key, in_year
from obc.domain.outcomes.scoring.scorecard import Number


class Pooled(BaseModel):
    """One level of an indicator with its segments together: true value and mark are the segments' by size.

    Segments that differ vary less together than one mixed crowd would, so that the chance is the most it can be.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    indicator: str
    level: Level
    segments: tuple[str, ...]
    size: float
    size_unit: str
    true_value: Number
    mark: Number
    chance: float
    sound: bool


def pooled(
    use: IndicatorUse, each: Sequence[SegmentTerms], openings: Mapping[Key, Opening], year: int, within: float
) -> list[Pooled]:
    """Each level that some segment alone would pay for chance, or is too small for; none for a single segment."""
    held = [(terms, openings[use.id, terms.segment]) for terms in each]
    known = [(terms, opening) for terms, opening in held if opening.sampling is not None]
    if len(known) < 2:
        return []
    sizes = [Fraction(opening.sampling.size) for _, opening in known if opening.sampling is not None]
    whole = sum(sizes, Fraction(0))
    true = sum((size * (one.true or 0) for size, (_, one) in zip(sizes, known, strict=True)), Fraction(0)) / whole
    together = _together([one.sampling for _, one in known if one.sampling is not None], whole, true)
    found = []
    for level in LEVELS:
        marks = [_mark(use, terms, opening, level, year) for terms, opening in known]
        there = [mark for mark in marks if mark is not None]
        if len(there) < len(marks):
            continue
        alone = [one.sampling.chance(mark) for (_, one), mark in zip(known, there, strict=True) if one.sampling]
        if max(alone) <= within and all(opening.scored for _, opening in known):
            continue
        mark = sum((size * mark for size, mark in zip(sizes, there, strict=True)), Fraction(0)) / whole
        chance = together.chance(mark)
        found.append(
            Pooled(
                indicator=use.id,
                level=level,
                segments=tuple(terms.segment for terms, _ in known),
                size=float(whole) * known[0][1].scale,
                size_unit=known[0][1].unit,
                true_value=true,
                mark=mark,
                chance=round(chance, 10),
                sound=chance <= within,
            )
        )
    return found


def _together(samplings: Sequence[Sampling], whole: Fraction, true: Fraction) -> Sampling:
    """All segments as one: of means, values lie apart as they do within segments, by their sizes."""
    match samplings[0]:
        case Proportion(higher=higher):
            return Proportion(int(whole), true, higher)
        case Events(higher=higher):
            return Events(whole, true, higher)
        case first:
            squares = sum(one.size * one.deviation**2 for one in samplings if isinstance(one, Mean))
            return Mean(int(whole), true, math.sqrt(squares / float(whole)), first.higher)


def _mark(use: IndicatorUse, terms: SegmentTerms, opening: Opening, level: Level, year: int) -> Fraction | None:
    agreed = terms.thresholds or use.thresholds
    threshold = in_year(getattr(agreed, level), year)[0] if agreed else None
    return None if threshold is None else opening.mark(threshold)
