"""Measure: from person-level records to indicator values, and nothing else crosses."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.data_quality.evidence import Judging, with_evidence
from obc.domain.measurement.data_quality.held import RecordsQuality
from obc.domain.measurement.data_quality.row_values import row_values
from obc.domain.measurement.indicators.definition import IndicatorDefinition, RowsAnchor
from obc.domain.measurement.indicators.strata import Strata
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.domain.measurement.records.report import RecordsReport
from obc.domain.measurement.segmentation.membership import SegmentCounts
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.domain.outcomes.adjustment.expecting import with_expected

Progress = Callable[[int, int], None]


class Pass(Protocol):
    """What one pass over the records comes to."""

    @property
    def values(self) -> tuple[IndicatorValue, ...]:
        """Every indicator, period, segment and provider."""
        ...

    @property
    def strata(self) -> Strata:
        """The counts of what is adjusted for the mix of people."""
        ...


class Records(Protocol):
    """Records that can be segmented and measured."""

    @property
    def records_hash(self) -> str:
        """The same for the same rows."""
        ...

    @property
    def report(self) -> RecordsReport:
        """What reading and checking the records found."""
        ...

    def last_day(self) -> date | None:
        """The latest day on which anything happened."""
        ...

    def segment(self, segmentation: Segmentation, until: date) -> SegmentCounts:
        """Assign everybody to scope and segments."""
        ...

    def measure(
        self,
        definitions: Sequence[IndicatorDefinition],
        periods: Sequence[Period],
        segments: Sequence[str],
        providers: Sequence[str],
        progress: Progress | None = None,
    ) -> Pass:
        """Every indicator, period, segment and provider, in one pass."""
        ...


class Measured(NamedTuple):
    """Values, where everybody is on the last day measured, and the counts of what is adjusted."""

    values: ValueSet
    people: SegmentCounts
    strata: Strata


def measure_contract(
    contract: Contract, records: Records, until: date | None = None, progress: Progress | None = None
) -> Measured:
    """Measure a contract's indicators in every whole year and quarter from its baseline year to `until`.

    `until`: the day on which the records were drawn; without it, the latest day in the records. Raises `Problems`
    where the contract measures nothing or the records end before the first quarter does.
    """
    segmentation = segmentation_of(contract)
    last = until or records.last_day()
    periods = periods_of(contract, last) if last else ()
    if last is None or not periods:
        found = "no records" if last is None else f"records until {last}"
        raise refusal(
            "contract", "the records", found, f"give records from {contract.period(contract.years[0]).start} on"
        )
    people = records.segment(segmentation, max(period.end for period in periods))
    providers = [provider.code for provider in contract.agreement.providers if provider.code]
    about_people = [one for one in contract.definitions if not isinstance(one.denominator, RowsAnchor)]
    segments = [segment.id for segment in segmentation.segments]
    done = records.measure(about_people, periods, segments, providers, progress)
    measured = with_expected(done.values, done.strata, contract.case_mix)
    quality = RecordsQuality(records.report)
    of_rows = [
        value
        for one in contract.definitions
        if isinstance(one.denominator, RowsAnchor)
        for value in row_values(one, quality, periods, providers, contract.evidence)
    ]
    judged = with_evidence(
        [*measured, *of_rows],
        {one.id: one for one in contract.definitions},
        judging_of(contract, quality),
        lambda period: year_of(contract, period),
        lambda period: is_closed(contract, period, last),
    )
    outcomes = _outcomes(contract)
    return Measured(
        ValueSet(
            values=tuple(value.model_copy(update={"outcome": outcomes.get(value.indicator)}) for value in judged),
            contract_hash=contract.hash,
            records_hash=records.records_hash,
            definitions_hash=contract.definitions_hash,
        ),
        people,
        done.strata,
    )


def segmentation_of(contract: Contract) -> Segmentation:
    """Who the contract is for. Raises `Problems` where it measures nobody or nothing."""
    if contract.segmentation is None or not contract.definitions:
        raise refusal(
            "contract", "the contract", "no segments or no indicators", "this contract is settled from published values"
        )
    return contract.segmentation


def judging_of(contract: Contract, quality: RecordsQuality) -> Judging | None:
    """The contract's evidence rules on these records; None where it has none."""
    return Judging(contract.evidence, quality) if contract.evidence else None


def year_of(contract: Contract, period: Period) -> int:
    """The contract year in which a period begins; 0 before the first."""
    return contract.agreement.term.year_of(period.start) or 0


def is_closed(contract: Contract, period: Period, known_on: date) -> bool:
    """Whether records that arrive after `known_on` no longer count; never, where the contract has no run-out."""
    calendar = contract.agreement.calendar
    return calendar is not None and calendar.final_from(period) <= known_on


def periods_of(contract: Contract, last: date) -> tuple[Period, ...]:
    """The baseline year, the contract years and their quarters, as far as they have ended by `last`.

    The baseline is the year before the first. An extension is measured like the years before it.
    """
    first = contract.period(contract.years[0])
    baseline = Period(start=add_months(first.start, -12), end=first.start - timedelta(days=1))
    years = [baseline, *(contract.period(year) for year in contract.years)]
    whole = [year for year in years if year.end <= last]
    quarters = [quarter for year in years for quarter in year.parts(3) if quarter.end <= last]
    return (*whole, *quarters)


def _outcomes(contract: Contract) -> dict[str, str]:
    outcomes = contract.framework.outcomes if contract.framework else ()
    return {use.id: outcome.id for outcome in outcomes for use in outcome.indicators}
