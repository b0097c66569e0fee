"""History: each indicator over the quarters that were measured, as a chart with its message."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.framework.framework import LEVELS, Framework, IndicatorUse, SegmentTerms
from obc.domain.outcomes.publication.publication import Publication
from obc.domain.outcomes.scoring.judging import in_year, terms_of
from obc.reports import wording
from obc.reports.charts.chart import Chart
from obc.reports.charts.over_quarters import Observed, Panel, Scale, cut, over_quarters
from obc.reports.measured import measured
from obc.reports.names import Names
from obc.reports.reading import Reading

Key = tuple[str, str, Period]


@dataclass(frozen=True, slots=True)
class History:
    """The values of all providers together, by indicator, segment and period.

    `periods` are quarters, or years where the values have no quarters. `year`: that of the last one.
    """

    names: Names
    framework: Framework
    periods: tuple[Period, ...]
    year: int
    values: Mapping[Key, IndicatorValue]
    publication: Publication

    @classmethod
    def of(cls, names: Names, values: Iterable[IndicatorValue], publication: Publication) -> "History | None":
        """None where the contract has no framework, or the values fall into none of its years."""
        contract = names.contract
        found = {
            (one.indicator, one.segment, Period(start=one.period_start, end=one.period_end)): one
            for one in values
            if one.provider == ALL
        }
        measured_in = {key[2] for key in found}
        quarters = [quarter for year in contract.years for quarter in contract.quarters(year)]
        whole = [contract.period(year) for year in contract.years]
        periods = [one for one in quarters if one in measured_in] or [one for one in whole if one in measured_in]
        if contract.framework is None or not periods:
            return None
        year = max(year for year in contract.years if periods[-1].start in contract.period(year))
        return cls(names, contract.framework, tuple(periods), year, found, publication)

    def charts(self) -> Iterator[Chart]:
        """One for every indicator that was measured at all, in the framework's order."""
        for outcome in self.framework.outcomes:
            for use in outcome.indicators:
                if any(key[0] == use.id for key in self.values):
                    yield self._chart(use)

    def _chart(self, use: IndicatorUse) -> Chart:
        how = self.names.reading(use)
        found = [self._panel(use, segment, how) for segment in self._segments(use) if self._measured(use, segment)]
        panels = [panel for panel in found if any(entry.value is not None for entry in panel.observed)] or found[:1]
        bare = [panel.segment for panel in found if panel not in panels]
        scale = Scale(unit=how.unit, percent=how.share, places=1 if how.share else 2)
        title = f"{how.title}: {_message(panels, how)}"
        sentence = _sentence(panels, how) + (f" No values to show: {wording.listed(bare)}." if bare else "")
        return over_quarters(f"indicator-{use.id}", title, sentence, panels, scale)

    def _segments(self, use: IndicatorUse) -> list[str]:
        """Everybody, the segments that are judged, and the contract's others: they are there for learning."""
        judged = [terms.segment for terms in terms_of(use, self.framework)]
        segmentation = self.names.contract.segmentation
        others = [rule.id for rule in segmentation.segments] if segmentation else []
        return list(dict.fromkeys((ALL, *judged, *others)))

    def _measured(self, use: IndicatorUse, segment: str) -> bool:
        return any((use.id, segment, period) in self.values for period in self.periods)

    def _panel(self, use: IndicatorUse, segment: str, how: Reading) -> Panel:
        observed = []
        for period in self.periods:
            seen = measured(self.values.get((use.id, segment, period)), how, self.publication)
            value, lower, upper = seen.drawn
            word = seen.value if isinstance(seen.value, str) else wording.NOT_PUBLISHED
            observed.append(Observed(wording.quarter(period.start, period.end), value, lower, upper, word))
        judged = [terms for terms in terms_of(use, self.framework) if terms.segment == segment]
        thresholds = tuple(mark for terms in judged for mark in self._thresholds(use, terms))
        return Panel(self.names.segment(segment), tuple(observed), thresholds)

    def _thresholds(self, use: IndicatorUse, terms: SegmentTerms) -> Iterator[tuple[str, Decimal]]:
        """The thresholds as values: those of a change are set upon the baseline."""
        held, baseline = terms.thresholds or use.thresholds, terms.baseline or use.baseline
        start = in_year(baseline, self.year)[0] if baseline else None
        for level in LEVELS if held else ():
            mark = in_year(getattr(held, level), self.year)[0]
            if mark is not None and use.judged_by != "level":
                mark = None if start is None else start + mark * (start if use.judged_by == "relative change" else 1)
            if mark is not None:
                yield level, wording.rounded(Fraction(mark), 6)


def _ends(panel: Panel) -> tuple[Observed, Observed] | None:
    """The first and the last measured period."""
    seen = [entry for entry in panel.observed if entry.value is not None]
    return (seen[0], seen[-1]) if len(seen) > 1 else None


def _message(panels: list[Panel], how: Reading) -> str:
    """Whether the last value is better than the first: what a reader sees, and no more than that."""
    ends = [pair for panel in panels if (pair := _ends(panel))]
    if not ends:
        return "too few periods to compare"
    gains = [(last.value - first.value) * (-1 if how.lower_is_better else 1) for first, last in ends]  # type: ignore
    if len(gains) > 1:
        better = sum(gain > 0 for gain in gains)
        return f"better at the end than at the start in {better} of {len(gains)} groups"
    word = "better" if gains[0] > 0 else "worse" if gains[0] < 0 else "the same"
    return f"{word} at the end {'as' if not gains[0] else 'than'} at the start"


def _sentence(panels: list[Panel], how: Reading) -> str:
    parts = []
    for panel in panels:
        pair = _ends(panel)
        if pair is None or pair[0].value is None or pair[1].value is None:
            parts.append(f"{panel.segment}: fewer than two periods with a value")
            continue
        first, last = pair
        parts.append(
            f"{panel.segment}: {how.bare(first.value)} in {first.quarter}, {how.bare(last.value)} in {last.quarter}"
        )
    lines = "Lines show the thresholds good, improved and excellent" if any(p.thresholds for p in panels) else ""
    bars = "upright strokes the 95% intervals" if any(o.lower for p in panels for o in p.observed) else ""
    legend = ", ".join(part for part in (lines, bars) if part)
    said = [f"Unit: {how.unit}.", f"{'; '.join(parts)}.", f"{wording.capital(legend)}." if legend else ""]
    said.append("Strokes that leave the picture are cut; the numbers have them in full." if cut(panels) else "")
    return " ".join(part for part in said if part)
