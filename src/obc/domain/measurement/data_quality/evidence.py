"""From the quality of the records to the evidence state of the values measured from them."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.data_quality.held import Held, RecordsQuality
from obc.domain.measurement.data_quality.rules import EvidenceRules, Measure
from obc.domain.measurement.indicators.definition import IndicatorDefinition, RowsAnchor
from obc.domain.measurement.indicators.reach import Span, reach_of
from obc.domain.measurement.indicators.values import IndicatorValue


class Shortfall(NamedTuple):
    """One table that is not good enough for a final value: what was asked of it, what it has, what that costs.

    `mark` is the share that the next better state begins with.
    """

    table: str
    measure: Measure
    held: Held
    mark: Fraction
    state: Evidence


class _Marks(NamedTuple):
    """The rules as they hold in one year: measure, share of a provisional and of a final value."""

    fewest: Fraction
    rules: tuple[tuple[Measure, Fraction | None, Fraction | None], ...]


class Judging:
    """The rules of a contract applied to one folder of records."""

    def __init__(self, rules: EvidenceRules, quality: RecordsQuality):
        self.rules, self.quality = rules, quality
        self._known: dict[tuple[str, str, Span | None, int], tuple[Shortfall, ...]] = {}
        self._marks: dict[int, _Marks] = {}
        self._reach: dict[tuple[str, Period], dict[str, Span | None]] = {}

    def shortfalls(
        self, definition: IndicatorDefinition, provider: str, period: Period, year: int
    ) -> tuple[Shortfall, ...]:
        """What keeps a provider's value of a period from being final; nothing where the records are good enough.

        `year` is the contract year of the period, 0 before the first: a rule holds from the year in which it begins.
        What is measured of the records themselves is not judged by them.
        """
        if isinstance(definition.denominator, RowsAnchor):
            return ()
        key = definition.id, period
        if key not in self._reach:
            self._reach[key] = reach_of(definition, period)
        spans = self._reach[key].items()
        return tuple(one for table, span in spans for one in self.of_table(table, provider, span, year))

    def of_table(self, table: str, provider: str, span: Span | None, year: int) -> tuple[Shortfall, ...]:
        """The same for one table and run of months."""
        key = table, provider, span, year
        if key not in self._known:
            self._known[key] = tuple(self._of_table(*key))
        return self._known[key]

    def enough(self, held: Held, year: int) -> bool:
        """Whether there are rows enough to be judged."""
        return held.of > 0 and held.of >= self._in(year).fewest

    def _in(self, year: int) -> _Marks:
        """The marks of a year, worked out once."""
        if year not in self._marks:
            rules = [
                (rule.of, _in_year(rule.provisional_from, year), _in_year(rule.final_from, year))
                for rule in self.rules.rules
            ]
            self._marks[year] = _Marks(_in_year(self.rules.judged_from, year) or Fraction(), tuple(rules))
        return self._marks[year]

    def _of_table(self, table: str, provider: str, span: Span | None, year: int) -> Iterable[Shortfall]:
        needed = self.rules.needed_of(table)
        for measure, provisional, final in self._in(year).rules:
            held = self.quality.held(measure, table, provider, span, needed)
            share = held.share
            if share is None or not self.enough(held, year):
                continue
            if provisional is not None and share < provisional:
                yield Shortfall(table, measure, held, provisional, Evidence.INSUFFICIENT)
            elif final is not None and share < final:
                yield Shortfall(table, measure, held, final, Evidence.PROVISIONAL)


def with_evidence(
    values: Iterable[IndicatorValue],
    definitions: Mapping[str, IndicatorDefinition],
    judging: Judging | None,
    year_of: Callable[[Period], int],
    closed: Callable[[Period], bool],
) -> tuple[IndicatorValue, ...]:
    """The values, each with the evidence that the records behind it bear.

    A value that could be worked out is final where nothing falls short and its period is `closed` (late records no
    longer count), insufficient where its records are worse than provisional, and provisional otherwise. A value that
    is missing, or has an empty denominator, stays what it is. Without rules every value stays as measured.
    """
    if judging is None:
        return tuple(values)
    made = []
    known: dict[Period, tuple[int, Evidence]] = {}
    for value in values:
        definition = definitions.get(value.indicator)
        if definition is not None and value.evidence.usable:
            period = Period(start=value.period_start, end=value.period_end)
            if period not in known:
                known[period] = year_of(period), Evidence.FINAL if closed(period) else Evidence.PROVISIONAL
            year, best = known[period]
            short = judging.shortfalls(definition, value.provider, period, year)
            state = Evidence.weakest(best, *(one.state for one in short))
            value = value if state == value.evidence else value.model_copy(update={"evidence": state})
        made.append(value)
    return tuple(made)


def _in_year(figure: Figure, year: int) -> Fraction | None:
    """A figure as it holds in a year; None before the first that it holds for."""
    values, known = figure.at(np.array([year], dtype=np.int64))
    return values[0] if known[0] else None
