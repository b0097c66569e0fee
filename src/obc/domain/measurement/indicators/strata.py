"""Strata: one indicator's counts by what people are like. All standardising is arithmetic on them."""

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.indicators.case import CodeLists
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.factors import Levels
from obc.domain.measurement.indicators.person import PersonRecords
from obc.domain.measurement.indicators.reference import measure_person, tally_of
from obc.domain.measurement.indicators.tally import NOTHING, Cell, Tally
from obc.domain.measurement.indicators.values import ALL

ByStratum = Mapping[tuple[Cell, Levels], Tally]
"""The sums of one indicator and period by segment, provider and level of each factor; no totals."""


class StratumCount(BaseModel):
    """How many of how many people of one kind, in one period, segment and provider. For parties, not for publication.

    `levels` stand in the order of the definition's factors. `provider` is None where nobody is responsible.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    period_start: date
    period_end: date
    segment: str
    provider: str | None
    levels: Levels
    numerator: int
    denominator: int

    @property
    def key(self) -> tuple[str, date, date, str, str, Levels]:
        """What makes it one count and not another; also the order in which counts are hashed."""
        return self.indicator, self.period_start, self.period_end, self.segment, self.provider or "", self.levels

    def within(self, segment: str, provider: str) -> bool:
        """Whether it is part of a segment and provider, where `all` is everybody."""
        return segment in (ALL, self.segment) and provider in (ALL, self.provider)


class Strata(BaseModel):
    """Counts by stratum of several indicators and periods."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: tuple[StratumCount, ...] = ()

    def of(self, indicator: str, period: Period) -> tuple[StratumCount, ...]:
        """The counts of one indicator in one period, in the order of their keys."""
        found = (
            one
            for one in self.counts
            if (one.indicator, one.period_start, one.period_end) == (indicator, period.start, period.end)
        )
        return tuple(sorted(found, key=lambda one: one.key))


def digest_of(counts: Iterable[StratumCount]) -> str:
    """The digest of counts, in whatever order they come."""
    return digest([one.model_dump() for one in sorted(counts, key=lambda one: one.key)])


def stratum_counts(
    definition: IndicatorDefinition, tallies: Iterable[tuple[Period, ByStratum]]
) -> tuple[StratumCount, ...]:
    """The sums of a definition as counts; strata in which nobody is counted are left out."""
    return tuple(
        StratumCount(
            indicator=definition.id,
            period_start=period.start,
            period_end=period.end,
            segment=segment,
            provider=provider,
            levels=levels,
            numerator=int(tally.numerator),
            denominator=int(tally.denominator),
        )
        for period, found in tallies
        for ((segment, provider), levels), tally in found.items()
        if tally.denominator
    )


def measure_strata(
    definition: IndicatorDefinition, period: Period, people: Iterable[PersonRecords], lists: CodeLists
) -> ByStratum:
    """The reference: the sums by stratum, person by person."""
    found: dict[tuple[Cell, Levels], Tally] = {}
    for records in people:
        person = next(iter(records.rows("people")), None)
        for result in measure_person(definition, period, records, lists):
            if not result.belongs or result.segment is None:
                continue
            levels = tuple(
                factor.level(person, result.anchor, result.segment, lists) for factor in definition.adjusted_by or ()
            )
            key = (result.segment, result.provider), levels
            found[key] = found.get(key, NOTHING) + tally_of(definition, result)
    return found
