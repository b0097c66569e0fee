"""Returns: aggregate figures that a provider counted itself, completed as measured ones are."""

from decimal import Decimal

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.estimates import estimates
from obc.domain.measurement.indicators.tally import Tally
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet


def completed(contract: Contract, values: ValueSet) -> ValueSet:
    """The values with rates, proportions and intervals worked out where only counts were given.

    What already has a value stays as it was measured. A figure whose counts are not given stays without one.
    """
    definitions = {one.id: one for one in contract.definitions}
    return values.model_copy(
        update={
            "values": tuple(
                _completed(one, definitions[one.indicator]) if one.indicator in definitions else one
                for one in values.values
            )
        }
    )


def _completed(one: IndicatorValue, definition: IndicatorDefinition) -> IndicatorValue:
    if one.value is not None or one.numerator is None or one.denominator is None:
        return one
    period = Period(start=one.period_start, end=one.period_end)
    tally = Tally(one.numerator, one.denominator, one.unknown or 0, one.sum_of_squares or Decimal(0), None)
    (made,) = estimates(definition, [(period, {(ALL, None): tally})], (), (), Evidence.PROVISIONAL)[:1]
    return made.model_copy(update={"outcome": one.outcome, "segment": one.segment, "provider": one.provider})
