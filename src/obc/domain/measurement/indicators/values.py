"""The indicator value: the border between people and money.

On its left the engine sees people and events and never money; on its right the scoring and the payment see
numbers and never a person. A contract can be settled from any source of indicator values.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from obc.domain.core.kernel.provenance import Evidence, digest

ALL = "all"
"""The segment or provider that stands for the contract as a whole."""

Measure = Literal["proportion", "rate", "mean"]


class IndicatorValue(BaseModel):
    """What one indicator came to, in one period, for one segment and provider.

    proportion: `numerator` of `denominator` units; value = numerator / denominator.
    rate: `numerator` events in `denominator` person-days; value = events per `multiplier` person-years.
    mean: `numerator` is the sum of scores over `denominator` units, `sum_of_squares` that of their squares.

    `unknown` counts the units whose record does not say; the definition says whether they are in the
    denominator. `value` is None where the denominator is empty ("not measurable", never 0 % or 100 %).
    Intervals are 95 %. Unrounded and unsuppressed: both happen at publication.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    outcome: str | None = None
    segment: str = ALL
    provider: str = ALL
    period_start: date
    period_end: date
    measure: Measure = "proportion"
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unknown: int | None = None
    sum_of_squares: Decimal | None = None
    value: Decimal | None = None
    lower_95: Decimal | None = None
    upper_95: Decimal | None = None
    expected: Decimal | None = Field(
        default=None,
        description="events expected at the comparison population's rates by age and sex, or by the contract's "
        "case-mix model",
    )
    ratio: Decimal | None = Field(default=None, description="numerator over expected: the gap, 1 is none")
    ratio_lower_95: Decimal | None = None
    ratio_upper_95: Decimal | None = None
    evidence: Evidence = Evidence.PROVISIONAL

    @property
    def key(self) -> tuple[str, str, str, date, date]:
        """What makes it one value and not another."""
        return self.indicator, self.segment, self.provider, self.period_start, self.period_end


class ValueSet(BaseModel):
    """Indicator values with what they were made from. Its hash does not depend on the order of rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    values: tuple[IndicatorValue, ...]
    contract_hash: str | None = None
    records_hash: str | None = None
    definitions_hash: str | None = None

    @property
    def hash(self) -> str:
        """The digest of the values in the order of their keys."""
        return _digest(self.values)


@lru_cache(maxsize=8)  # asked for many times on the way from values to a statement
def _digest(values: tuple[IndicatorValue, ...]) -> str:
    return digest([value.model_dump() for value in sorted(values, key=lambda v: v.key)])
