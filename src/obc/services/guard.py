"""Guard: whether the figures of a contract moved because lives did, or because of how they were come by."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.definition import IndicatorDefinition, RowsAnchor
from obc.domain.measurement.indicators.values import ALL, ValueSet
from obc.domain.measurement.records.plain_counts import PlainCounts
from obc.domain.measurement.segmentation.membership import SegmentCounts
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.domain.outcomes.guarding.flat_zones import flat_stretches, flat_zones
from obc.domain.outcomes.guarding.guard import Guarded, looks_at
from obc.domain.outcomes.guarding.look import FALSE_ALARMS
from obc.domain.outcomes.guarding.times import Measured, Times
from obc.domain.outcomes.scoring.curve import Curve
from obc.services.measure import segmentation_of
from obc.services.monitor import monitor_contract


class Records(Protocol):
    """Records that can be segmented and counted."""

    def segment(self, segmentation: Segmentation, until: date) -> SegmentCounts:
        """Assign everybody to scope and segments."""
        ...

    def plain_counts(
        self, definitions: Sequence[IndicatorDefinition], periods: Sequence[Period], providers: Sequence[str]
    ) -> PlainCounts:
        """The plain counts of the periods."""
        ...


def guard_contract(contract: Contract, values: ValueSet, records: Records | None = None) -> Guarded:
    """Every look at the latest contract year that was measured whole, else at its latest quarter, a year apart.

    Without `records`, what the values alone can show. Raises `Problems` where there are not two such times.
    """
    times = times_of(contract, values)
    segments = tuple(one.id for one in contract.segmentation.segments) if contract.segmentation else ()
    providers = tuple(one.code for one in contract.agreement.providers if one.code)
    definitions = [one for one in contract.definitions if not isinstance(one.denominator, RowsAnchor)]
    counts = None
    if records is not None:
        records.segment(segmentation_of(contract), times.now.end)
        counts = records.plain_counts(definitions, (times.before, times.now), providers)
    held = {
        (one.indicator, one.segment, one.provider, Period(start=one.period_start, end=one.period_end)): one
        for one in values.values
    }
    steps = contract.mechanism.steps if contract.mechanism else ()
    return Guarded(
        before=times.before,
        now=times.now,
        false_alarms=FALSE_ALARMS,
        counted=counts is not None,
        looks=looks_at(definitions, Measured(held, times, segments, providers), counts),
        zones=flat_zones(monitor_contract(contract, values).found) if contract.framework else (),
        stretches=tuple(flat_stretches([step for step in steps if isinstance(step, Curve)])),
        counts=counts or PlainCounts(),
    )


def times_of(contract: Contract, values: ValueSet) -> Times:
    """The two times compared. Raises `Problems` where nothing measured has its like a year earlier."""
    measured = {Period(start=one.period_start, end=one.period_end) for one in values.values if one.provider == ALL}
    years = [contract.period(year) for year in contract.years]
    quarters = [quarter for year in contract.years for quarter in contract.quarters(year)]
    for now in (*reversed(years), *reversed(quarters)):
        before = _a_year_before(now)
        if now in measured and before in measured:
            now_quarters = tuple(now.parts(3))
            return Times(before, now, tuple(map(_a_year_before, now_quarters)), now_quarters)
    raise refusal(
        "values",
        "the contract",
        "no contract year or quarter that was also measured a year before",
        "measure the year before as well, as obc measure does",
    )


def _a_year_before(period: Period) -> Period:
    end = add_months(period.after, -12) - timedelta(days=1)
    return Period(start=add_months(period.start, -12), end=end)
