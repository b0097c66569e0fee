"""Indicator values of the records themselves: how complete, timely, valid and consistent they are."""

from collections.abc import Sequence
from decimal import Decimal

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.data_quality.held import RecordsQuality
from obc.domain.measurement.data_quality.rules import EvidenceRules, Measure
from obc.domain.measurement.indicators.definition import IndicatorDefinition, RowsAnchor
from obc.domain.measurement.indicators.estimates import estimates
from obc.domain.measurement.indicators.tally import Cell, Tally
from obc.domain.measurement.indicators.values import ALL, IndicatorValue

_MEASURES: dict[str, Measure] = {
    "complete": "completeness",
    "timely": "timeliness",
    "valid": "validity",
    "consistent": "consistency",
}


def row_values(
    definition: IndicatorDefinition,
    quality: RecordsQuality,
    periods: Sequence[Period],
    providers: Sequence[str],
    rules: EvidenceRules | None,
) -> list[IndicatorValue]:
    """The values of a definition that counts rows: for every period, of each provider and of all; of no segment.

    Good rows over rows, tables together. `rules` say which columns are needed beside the required ones. A provider
    without rows in any of the tables has an empty denominator. Raises ValueError for a definition about people.
    """
    if not isinstance(definition.denominator, RowsAnchor) or definition.quality is None:
        raise ValueError(f"'{definition.id}' does not count rows")
    measure, tables = _MEASURES[definition.quality], definition.denominator.rows_of
    absent = not {*tables} <= {*quality.tables}

    def tally(provider: str, period: Period) -> Tally:
        found = [
            quality.held(measure, table, provider, (period.start, period.end), rules.needed_of(table) if rules else ())
            for table in tables
            if provider in quality.providers(table)
        ]
        return Tally(Decimal(sum(one.good for one in found)), Decimal(sum(one.of for one in found)))

    everybody = sorted({name for table in tables for name in quality.providers(table)})
    by_period: list[tuple[Period, dict[Cell, Tally]]] = [
        (period, {(ALL, name): tally(name, period) for name in everybody}) for period in periods
    ]
    return estimates(definition, by_period, (), providers, Evidence.MISSING if absent else Evidence.PROVISIONAL)
