"""The year's end: where a figure is heading, and how many people are missing to each threshold."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.framework.framework import Level

_NORMAL = 1.2815515655446004
"""Standard errors within which a forecast comes true four times in five (a two-sided interval of 80 %)."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gap(_Row):
    """The way to one threshold by the year's end. `people`: how many more (or fewer) must count; 0 where none.

    None where the figure is a mean: there is no such number.
    """

    level: Level
    mark: float
    people: int | None
    reached: bool


class YearEnd(_Row):
    """The figure expected at the year's end if the rest of the year is like the year so far.

    `whole`: the year has been measured whole, and the figure is its own and certain; `known`: quarters measured.
    `size`: the denominator expected (units; person-years of the indicator's multiplier; expected events).
    """

    ends: Period
    whole: bool
    known: int
    size: float
    figure: float
    lower: float
    upper: float
    gaps: tuple[Gap, ...]


def year_end(
    definition: IndicatorDefinition,
    figure: Literal["value", "ratio"],
    values: Mapping[Period, IndicatorValue],
    year: Period,
    before: Period,
    marks: Sequence[tuple[Level, Fraction]],
) -> YearEnd | None:
    """The year's end of one indicator and segment; None where no quarter of the year has been measured.

    The year's denominator is taken to grow from the year `before` as its quarters have so far; without one, the
    quarters so far stand for the others. Quarters in which the same people are counted again are told from such
    that add up by what they made of the year before.
    """
    quarters = list(year.parts(3))
    known = [quarter for quarter in quarters if _size(definition, figure, values.get(quarter)) > 0]
    whole = values.get(year)
    complete = _size(definition, figure, whole) > 0
    held = [values[quarter] for quarter in known]
    if not known and not complete:
        return None
    if complete and whole is not None:
        held, known = [whole], quarters
    done = sum((_size(definition, figure, one) for one in held), Fraction(0))
    counted = sum((Fraction(one.numerator or 0) for one in held), Fraction(0))
    at = counted / done
    size = done if complete else _year_size(definition, figure, values, quarters, known, before, done)
    reach = 0.0 if complete else _reach(definition, figure, held, float(at), float(done), _rest(size, done, known))
    lower, upper = float(at) - reach, float(at) + reach
    if definition.measure == "proportion":
        lower, upper = max(0.0, lower), min(1.0, upper)
    higher = definition.direction == "higher is better"
    return YearEnd(
        ends=year,
        whole=complete,
        known=len(known),
        size=round(float(size), 6),
        figure=round(float(at), 10),
        lower=round(max(0.0, lower), 10),
        upper=round(upper, 10),
        gaps=tuple(_gap(level, mark, at, size, higher, definition.measure == "mean") for level, mark in marks),
    )


def _gap(level: Level, mark: Fraction, at: Fraction, size: Fraction, higher: bool, mean: bool) -> Gap:
    reached = at >= mark if higher else at <= mark
    expected = at * size
    people = math.ceil(mark * size - expected) if higher else math.ceil(expected - mark * size)
    return Gap(
        level=level,
        mark=round(float(mark), 10),
        people=None if mean else 0 if reached else max(1, people),
        reached=reached,
    )


def _size(definition: IndicatorDefinition, figure: str, value: IndicatorValue | None) -> Fraction:
    """The denominator in the figure's own unit, so that count over size is the figure; 0 where it is not known."""
    if value is None or not value.evidence.usable or value.numerator is None:
        return Fraction(0)
    if figure == "ratio":
        return Fraction(value.expected or 0)
    if definition.measure == "rate":
        return Fraction(value.denominator or 0) / (Fraction(DAYS_A_YEAR) * definition.multiplier)
    return Fraction(value.denominator or 0)


def _year_size(
    definition: IndicatorDefinition,
    figure: str,
    values: Mapping[Period, IndicatorValue],
    quarters: Sequence[Period],
    known: Sequence[Period],
    before: Period,
    done: Fraction,
) -> Fraction:
    earlier = list(before.parts(3))
    same = [_size(definition, figure, values.get(earlier[quarters.index(quarter)])) for quarter in known]
    last = _size(definition, figure, values.get(before))
    if last and all(same):
        return last * done / sum(same, Fraction(0))
    return done * len(quarters) / len(known)


def _rest(size: Fraction, done: Fraction, known: Sequence[Period]) -> float:
    """What is still to come. Where the same people count again each quarter, they are still to be counted again."""
    return float(max(size - done, done * (4 - len(known)) / len(known) if size <= done else Fraction(0)))


def _reach(
    definition: IndicatorDefinition,
    figure: str,
    held: Sequence[IndicatorValue],
    at: float,
    done: float,
    rest: float,
) -> float:
    """Half the interval: chance in the rest of the year, and in the rate so far that it is forecast from."""
    if figure == "ratio" or definition.measure == "rate":
        variance = at
    elif definition.measure == "proportion":
        variance = at * (1 - at)
    else:
        squares = float(sum((Fraction(one.sum_of_squares or 0) for one in held), Fraction(0)))
        variance = max(0.0, squares / done - at * at)
    return _NORMAL * math.sqrt(variance * rest * (1 + rest / done)) / (rest + done)
