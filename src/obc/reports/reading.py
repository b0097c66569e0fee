"""Reading: the title and the unit in which the figures of one indicator are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import Measure
from obc.reports import wording
from obc.reports.wording import Number

_COUNTED = {
    "person": "people",
    "referral": "referrals",
    "spell": "hospital stays",
    "carer": "carers",
    "response": "responses",
    "row": "rows of records",
}

_FINEST = 6
"""Decimals more than usual, at most."""

Judgement = Literal["level", "difference", "relative change"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the figures of one indicator read. `ratio`: observed over expected stands in the value's place."""

    title: str
    measure: Measure = "proportion"
    counted: str = "units"
    multiplier: int = 1
    lower_is_better: bool = False
    ratio: bool = False

    @classmethod
    def of(cls, definition: IndicatorDefinition, ratio: bool = False) -> "Reading":
        """The reading of a defined indicator."""
        lower = definition.direction == "lower is better"
        counted = _COUNTED[definition.counts]
        return cls(definition.title, definition.measure, counted, definition.multiplier, lower, ratio)

    @property
    def share(self) -> bool:
        """Whether the figure is a share of one, shown as per cent."""
        return self.measure == "proportion" and not self.ratio

    @property
    def unit(self) -> str:
        """What a figure is, for an axis or the head of a table."""
        if self.ratio:
            return "times as many as expected"
        if self.measure == "rate":
            years = f"{self.multiplier:,} person-years" if self.multiplier > 1 else "person-year"
            return f"per {years}"
        return f"per cent of {self.counted}" if self.share else "mean score"

    def bare(self, value: Number, finer: int = 0) -> str:
        """A value where its unit stands beside it; `finer`: with so many decimals more than usual."""
        return wording.percent(value, 1 + finer) if self.share else wording.number(value, 2 + finer)

    def figure(self, value: Number, finer: int = 0) -> str:
        """A value with its unit."""
        if self.ratio:
            return f"{self.bare(value, finer)} × expected"
        return f"{self.bare(value, finer)} {self.unit}" if self.measure == "rate" else self.bare(value, finer)

    def change(self, value: Number, judged_by: Judgement, finer: int = 0) -> str:
        """What is set against a threshold: the figure itself, or its change on the baseline with its sign."""
        if judged_by == "level":
            return self.figure(value, finer)
        sign = "+" if value > 0 else ""
        if judged_by == "relative change":
            return f"{sign}{wording.percent(value, 1 + finer)} on the baseline"
        if self.share:
            return f"{sign}{wording.number(Fraction(value) * 100, 1 + finer)} percentage points"
        return f"{sign}{self.figure(value, finer)}"

    def mark(self, value: Number, judged_by: Judgement) -> str:
        """A threshold, and from which side it is reached."""
        return f"{'at most' if self.lower_is_better else 'at least'} {self.change(value, judged_by)}"

    def finer(self, value: Number, marks: Iterable[Number], judged_by: Judgement) -> int:
        """How many decimals more tell a value from every threshold that it does not quite meet, or only just passes.

        79.96 % must not read 80.0 % beside "at least 80.0 %, not reached".
        """
        near = [mark for mark in marks if mark != value]
        for more in range(_FINEST):
            if all(self.change(value, judged_by, more) != self.change(mark, judged_by, more) for mark in near):
                return more
        return _FINEST
