"""Measure: from person-level records to indicator values, and nothing else crosses."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.strata import Strata
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
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
    done = records.measure(
        contract.definitions,
        periods,
        [segment.id for segment in segmentation.segments],
        [provider.code for provider in contract.agreement.providers if provider.code],
        progress,
    )
    outcomes = _outcomes(contract)
    return Measured(
        ValueSet(
            values=tuple(
                value.model_copy(update={"outcome": outcomes.get(value.indicator)})
                for value in with_expected(done.values, done.strata, contract.case_mix)
            ),
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
