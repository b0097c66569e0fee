"""Scored: outcomes and indicators of a scorecard, as tables that people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.framework.framework import LEVELS, Framework, IndicatorUse, Outcome
from obc.domain.outcomes.publication.publication import Publication
from obc.domain.outcomes.scoring.judging import in_year, terms_of
from obc.domain.outcomes.scoring.scorecard import REACHED, Scorecard, ScoredIndicator, ScoredOutcome
from obc.reports.measured import Measured, measured
from obc.reports.names import Names
from obc.reports.reading import Reading
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import points, shortest


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in one segment: how it scored, how it reads, what was measured, which thresholds hold."""

    scored: ScoredIndicator
    use: IndicatorUse
    how: Reading
    measured: Measured
    thresholds: tuple[tuple[str, Fraction], ...]

    @property
    def value(self) -> str:
        """The value with its interval, and its change on the baseline where that is what counts."""
        judged, by = self.scored.judged, self.use.judged_by
        if judged is None or isinstance(self.measured.lower, str):
            return self.measured.says(self.how)
        finer = self.how.finer(judged, (mark for _, mark in self.thresholds), by)
        if by == "level":
            return self.measured.says(self.how, finer)
        return f"{self.measured.says(self.how)}; change {self.how.change(judged, by, finer)}"

    @property
    def reached(self) -> str:
        """The level reached, with the threshold that it starts from; or why there is none."""
        if self.scored.level == "not scored":
            return f"not scored: {self.scored.evidence.value}" if self.thresholds else "shown only"
        mark = dict(self.thresholds).get(self.scored.level)
        return self.scored.level if mark is None else f"{self.scored.level}: {self._mark(mark)}"

    @property
    def next(self) -> str:
        """The level that comes next, with its threshold."""
        if not self.thresholds:
            return "no thresholds"
        at = REACHED.index(self.scored.level) if self.scored.level in REACHED else 0
        if at >= len(self.thresholds):
            return "none: the highest"
        level, mark = self.thresholds[at]
        return f"{level}: {self._mark(mark)}"

    @property
    def points(self) -> str:
        """Points earned of those available."""
        if not self.scored.points_available:
            return "none" if self.scored.incentivised else "not paid"
        return f"{shortest(self.scored.points_earned)}\u00a0of\u00a0{shortest(self.scored.points_available)}"

    def _mark(self, mark: Fraction) -> str:
        return self.how.mark(mark, self.use.judged_by)


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard with the framework it was made by and the values that it rests on."""

    card: Scorecard
    framework: Framework
    names: Names
    period: Period
    values: Mapping[tuple[str, str], IndicatorValue]
    publication: Publication

    @classmethod
    def of(cls, card: Scorecard, names: Names, values: Iterable[IndicatorValue], publication: Publication) -> "Scored":
        """Find the values of the scorecard's year.

        Raises `Problems` where the contract's framework is not the one that the scorecard was made by.
        """
        framework = names.contract.framework
        if framework is None or _judged(framework) != _shown(card):
            raise another_version("scorecard", f"a scorecard by another framework than that of '{names.contract.id}'")
        period = names.contract.period(card.year)
        found = {
            (value.indicator, value.segment): value
            for value in values
            if value.provider == ALL and (value.period_start, value.period_end) == (period.start, period.end)
        }
        return cls(card, framework, names, period, found, publication)

    def outcome(self, scored: ScoredOutcome) -> Outcome:
        """What the framework says of an outcome."""
        return next(outcome for outcome in self.framework.outcomes if outcome.id == scored.id)

    def lines(self, scored: ScoredOutcome) -> tuple[Line, ...]:
        """The outcome's indicators, segment by segment."""
        uses = {use.id: use for use in self.outcome(scored).indicators}
        return tuple(self._line(one, uses[one.id]) for one in scored.indicators)

    def _line(self, one: ScoredIndicator, use: IndicatorUse) -> Line:
        how = self.names.reading(use)
        value = self.values.get((one.id, one.segment))
        return Line(one, use, how, measured(value, how, self.publication), self._thresholds(use, one.segment))

    def _thresholds(self, use: IndicatorUse, segment: str) -> tuple[tuple[str, Fraction], ...]:
        terms = next(terms for terms in terms_of(use, self.framework) if terms.segment == segment)
        held = terms.thresholds or use.thresholds
        if held is None:
            return ()
        marks = [(level, in_year(getattr(held, level), self.card.year)[0]) for level in LEVELS]
        return tuple((level, mark) for level, mark in marks if mark is not None)

    def outcomes_table(self) -> Table:
        """Points by outcome, the additional ones below, and their sum."""
        rows: list[tuple[Cell, ...]] = [
            (one.title, one.points_available, one.points_earned, level_of(one), one.evidence.value)
            for one in self.card.outcomes
        ]
        rows += [
            (
                extra.title,
                extra.points_available,
                extra.points_earned,
                "reached" if extra.reached else "not reached",
                extra.evidence.value,
            )
            for extra in self.card.additional
        ]
        return Table(
            caption=f"Points by outcome in year {self.card.year}",
            columns=(
                Column("Outcome"),
                Column("Points available", "points"),
                Column("Points earned", "points"),
                Column("Level"),
                Column("Evidence"),
            ),
            rows=tuple(rows),
            total=("Together", self.card.points_available, self.card.points_earned, "", self.card.evidence.value),
        )

    def indicators_table(self, scored: ScoredOutcome) -> Table:
        """An outcome's indicators: what was counted, what came of it, what it reached and what comes next."""
        lines = self.lines(scored)
        apart = any(line.scored.segment != ALL for line in lines)
        columns = ["Indicator", "Segment", "Counted", "Value (95% interval)", "Not known", "Reached", "Next", "Points"]
        rows = [
            (
                line.how.title,
                self.names.segment(line.scored.segment),
                line.measured.counts,
                line.value,
                f"{line.measured.unknown:,}" if isinstance(line.measured.unknown, int) else str(line.measured.unknown),
                line.reached,
                line.next,
                line.points,
            )
            for line in lines
        ]
        kept = [i for i in range(len(columns)) if apart or columns[i] != "Segment"]
        return Table(
            caption=f"{scored.title}: indicators in year {self.card.year}",
            columns=tuple(Column(columns[i]) for i in kept),
            rows=tuple(tuple(row[i] for i in kept) for row in rows),
        )


def another_version(file: str, found: str) -> Problems:
    """What to raise where figures and contract do not belong together."""
    cure = "give the version of the contract that it was made under"
    return Problems((Problem(file=file, where="contract", found=found, expected=cure),))


def _judged(framework: Framework) -> set[tuple[str, str, str]]:
    return {
        (outcome.id, use.id, terms.segment)
        for outcome in framework.outcomes
        for use in outcome.indicators
        for terms in terms_of(use, framework)
    }


def _shown(card: Scorecard) -> set[tuple[str, str, str]]:
    return {(outcome.id, one.id, one.segment) for outcome in card.outcomes for one in outcome.indicators}


def level_of(scored: ScoredOutcome) -> str:
    """An outcome's level in words, or why it has none."""
    if not scored.pays:
        return "pays in a later year"
    return f"not scored: {scored.evidence.value}" if scored.level == "not scored" else scored.level


def sentence_of(scored: ScoredOutcome) -> str:
    """What an outcome earned, in a sentence."""
    if not scored.pays:
        return "No points hang on this outcome in this year; its figures are shown for learning."
    if scored.level == "not scored":
        return f"It could not be scored, because its figures are {scored.evidence.value}. It earned no points."
    return f"It earned {shortest(scored.points_earned)} of {points(scored.points_available)}. Level: {scored.level}."
