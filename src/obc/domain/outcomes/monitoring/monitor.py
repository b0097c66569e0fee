"""The monitor: every indicator and segment with its signals and its way to the year's end."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.period import Period, add_months
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.framework.framework import Framework, IndicatorUse, Level, SegmentTerms
from obc.domain.outcomes.monitoring.chance import thresholds_in
from obc.domain.outcomes.monitoring.opening import opening_of
from obc.domain.outcomes.monitoring.signals import Rebase, Signals, signals_of
from obc.domain.outcomes.monitoring.year_end import YearEnd, year_end
from obc.domain.outcomes.scoring.judging import Key, terms_of


class Monitored(BaseModel):
    """One indicator in one segment. `judged`: whether the contract judges it there; others are for learning.

    The target of the chart is the threshold of good, where the contract has one for the segment.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    segment: str
    outcome: str
    judged: bool
    signals: Signals
    year_end: YearEnd | None


def monitor(
    framework: Framework,
    definitions: Mapping[str, IndicatorDefinition],
    values: Mapping[Key, Mapping[Period, IndicatorValue]],
    quarters: Sequence[Period],
    year: int,
    period: Period,
    rebased: Sequence[Rebase] = (),
) -> tuple[Monitored, ...]:
    """All indicators, each for everybody and then for the segments in which it is judged.

    `values` by indicator and segment, then by period; `quarters` are those charted; `year` and `period` are the
    contract year whose end is forecast.
    """
    before = Period(start=add_months(period.start, -12), end=period.start - timedelta(days=1))
    found = []
    for outcome in framework.outcomes:
        for use in outcome.indicators:
            judged = {terms.segment: terms for terms in terms_of(use, framework)}
            for segment in dict.fromkeys((ALL, *judged)):
                held = values.get((use.id, segment), {})
                marks = _marks(use, judged.get(segment), definitions[use.id], held.get(before), year)
                signals = signals_of(
                    definitions[use.id],
                    use.figure,
                    held,
                    quarters,
                    float(marks[0][1]) if marks else None,
                    [one for one in rebased if one.indicator == use.id],
                )
                found.append(
                    Monitored(
                        indicator=use.id,
                        segment=segment,
                        outcome=outcome.id,
                        judged=segment in judged and use.incentivised,
                        signals=signals,
                        year_end=year_end(definitions[use.id], use.figure, held, period, before, marks),
                    )
                )
    return tuple(found)


def _marks(
    use: IndicatorUse,
    terms: SegmentTerms | None,
    definition: IndicatorDefinition,
    before: IndicatorValue | None,
    year: int,
) -> list[tuple[Level, Fraction]]:
    """The figures at which each level is reached; none where the segment is not judged."""
    if terms is None:
        return []
    opening = opening_of(use, terms, definition, None, before, year, None)
    if opening.true is None and use.judged_by != "level":
        return []
    return [(level, opening.mark(threshold)) for level, threshold in thresholds_in(use, terms, year)]
