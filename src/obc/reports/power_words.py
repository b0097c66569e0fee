"""Power in words: which thresholds pay for chance, and what would not."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.monitoring.chance import IndicatorChance, ThresholdChance
from obc.domain.outcomes.monitoring.pooling import Pooled
from obc.domain.outcomes.monitoring.smoothing import Smoothed
from obc.reports import wording
from obc.reports.names import Names
from obc.reports.reading import Reading

_CERTAIN = 0.9995


def reading_of(contract: Contract, row: IndicatorChance) -> Reading:
    """How the figures of an indicator read."""
    return Reading.of(contract.definition(row.indicator), row.figure == "ratio")


def named(row: IndicatorChance, title: str, names: Names) -> str:
    """The indicator, and the segment where there are several."""
    return title if row.segment == ALL else f"{title}, {names.segment(row.segment)}"


def chance(share: float) -> str:
    """A chance as people say it: never 0 % or 100 % where it is not."""
    if 0 < share < 1 - _CERTAIN:
        return "less than 0.1%"
    if _CERTAIN < share < 1:
        return "more than 99.9%"
    return wording.percent(Decimal(repr(share)), 1)


def size(number: float) -> str:
    """A denominator for people: whole from ten on."""
    return wording.number(Decimal(repr(round(number, 6))), 0 if number >= 10 else 1)


def sentence(row: IndicatorChance, title: str, how: Reading) -> str:
    """What is to be said of one indicator and segment: every threshold that pays for chance, or that none does."""
    if not row.thresholds:
        return f"{title}: nothing can be said ({row.not_known or 'no threshold in force'})."
    bad = [each for each in row.thresholds if not each.sound]
    counted = f"{size(row.size or 0)} {row.size_unit}"
    if not bad:
        best = chance(row.thresholds[0].chance)
        return f"{title}: no threshold pays for chance ({counted}; good is reached by chance in {best} of years)."
    start = how.figure(Decimal(repr(float(row.true_value or 0))))
    told = wording.listed([f"{each.level} by chance in {chance(each.chance)} of years" for each in bad])
    return f"{title} pays for chance: with {counted} and nothing better than {start}, it reaches {told}. " + " ".join(
        _cure(row, each, how) for each in bad
    )


def pooled_sentence(levels: Sequence[Pooled], title: str, names: Names, how: Reading) -> str:
    """What judging the segments of one indicator together would do, level by level."""
    first = levels[0]
    together = wording.listed([names.segment(segment) for segment in first.segments])
    told = [
        f"{one.level} at {how.figure(Decimal(repr(float(one.mark))))} is reached by chance in {chance(one.chance)} of "
        f"years ({'sound' if one.sound else 'it still pays for chance'})"
        for one in levels
    ]
    counted = f"{size(first.size)} {first.size_unit}"
    return f"{title}, judged for {together} together ({counted}): {wording.listed(told)}."


def smoothed_sentence(levels: Sequence[Smoothed], title: str) -> str:
    """What judging one indicator and segment on several years together would do, level by level."""
    told = [
        f"{one.level} on {one.years} years ({size(one.size)} {one.size_unit}) is reached by chance in "
        f"{chance(one.chance)} of judgements ({'sound' if one.sound else 'it still pays for chance'})"
        for one in levels
    ]
    return f"{title}, judged on several years together: {wording.listed(told)}."


def _cure(row: IndicatorChance, each: ThresholdChance, how: Reading) -> str:
    if each.sound_size is None:
        return f"{wording.capital(each.level)} is no better than the start: no number of cases makes it sound."
    mark = how.change(safe_threshold(row, each, how), row.judged_by)
    years = wording.plural(each.years_together or 1, "year")
    return (
        f"{wording.capital(each.level)} is sound from {size(math.ceil(each.sound_size))} {row.size_unit} on "
        f"({years} together), or as {mark}."
    )


def safe_threshold(row: IndicatorChance, each: ThresholdChance, how: Reading) -> Fraction:
    """The sound threshold at the precision that is shown, rounded to the side on which it stays sound."""
    steps = 1_000 if how.share or row.judged_by == "relative change" else 100
    scaled = Fraction(repr(each.sound_threshold)) * steps
    near = round(scaled)
    if abs(scaled - near) < Fraction(1, 10**6):
        return Fraction(near, steps)
    return Fraction(math.floor(scaled) if how.lower_is_better else math.ceil(scaled), steps)
