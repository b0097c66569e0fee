"""Returns: aggregate figures that a provider counted itself, completed as measured ones are."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.estimates import estimates_of
from obc.domain.measurement.indicators.tally import Tally
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet


def completed(contract: Contract, values: ValueSet) -> ValueSet:
    """The values with rates, proportions and intervals worked out where only counts were given.

    What already has a value stays as it was measured. A figure whose counts are not given stays without one.
    """
    definitions = {one.id: one for one in contract.definitions}
    given: dict[str, list[IndicatorValue]] = {}
    for one in values.values:
        if one.indicator in definitions and one.value is None and None not in (one.numerator, one.denominator):
            given.setdefault(one.indicator, []).append(one)
    made = {value.key: value for name, counted in given.items() for value in _estimated(definitions[name], counted)}
    return values.model_copy(update={"values": tuple(made.get(one.key, one) for one in values.values)})


def _estimated(definition: IndicatorDefinition, counted: Sequence[IndicatorValue]) -> Iterator[IndicatorValue]:
    """All values of an indicator at once: one by one takes ten times as long."""
    keys = [(Period(start=one.period_start, end=one.period_end), one.segment, one.provider) for one in counted]
    tallies = [
        Tally(
            one.numerator or Decimal(0),
            one.denominator or Decimal(0),
            one.unknown or 0,
            one.sum_of_squares or Decimal(0),
            None,
        )
        for one in counted
    ]
    found = estimates_of(definition, keys, tallies, Evidence.PROVISIONAL)
    for one, value in zip(counted, found, strict=True):
        yield value.model_copy(update={"outcome": one.outcome})
