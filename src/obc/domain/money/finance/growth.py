"""Growth: what the same services cost in later years, and the savings that an efficiency target asks for."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Self

import numpy as np
from pydantic import model_validator

from obc.domain.core.kernel.figure import Figure, Written, WrittenFigure
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import spelled


def in_year(figure: Figure, year: int) -> Fraction:
    """The value of a dated figure in a financial year. Raises LookupError before the first year it holds for."""
    values, known = figure.at(np.array([year]))
    if not known[0]:
        raise LookupError(f"no value in {year}")
    return values[0]


class GrowthRate(Written):
    """By how much costs grow a year, for one reason: prices, people. Rates multiply."""

    id: Slug
    title: str
    rate: WrittenFigure
    source: str | None = None

    @model_validator(mode="after")
    def _thinkable(self) -> Self:
        refuse_beyond(self.rate, "rate", Fraction(-1, 2), Fraction(1))
        return self


class Efficiency(Written):
    """The share of each year's grown spend that is to be saved, year after year, whatever the contract."""

    title: str
    rate: WrittenFigure
    source: str | None = None

    @model_validator(mode="after")
    def _a_share(self) -> Self:
        refuse_beyond(self.rate, "rate", Fraction(0), Fraction(1))
        return self


def refuse_beyond(figure: Figure, key: str, low: Fraction, high: Fraction) -> None:
    """Refuse a figure with a value outside `low` to `high`, at its place in the file."""
    for i, entry in enumerate(figure.history):
        if not low <= entry.value <= high:
            found = f"{spelled(entry.value * 100)} %"
            cure = f"write a share from {spelled(low * 100)} % to {spelled(high * 100)} %"
            raise wrong(found, cure, key, i, "value")


def indices(rates: Sequence[GrowthRate], base: int, years: Sequence[int]) -> tuple[Fraction, ...]:
    """What 1 of the base year costs in each of `years`, which follow it one by one."""
    index, made = Fraction(1), []
    for year in years:
        if year != base:
            for growth in rates:
                index *= 1 + in_year(growth.rate, year)
        made.append(index)
    return tuple(made)
