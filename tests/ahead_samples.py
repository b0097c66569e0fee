"""Quarters of one figure, as the tests of forecasts need them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet

INDICATOR = "settled-accommodation-one-year"
"""What the contract template pays for: good from 70 %, improved 75 %, excellent 80 %."""
START = date(2027, 4, 1)
YEAR = Period.of_months(START, 12)
BEFORE = Period.of_months(add_months(START, -12), 12)


def of(period: Period, numerator: int | None, denominator: int | None, **more: Any) -> IndicatorValue:
    """The value of a period; a proportion unless it says otherwise."""
    known = numerator is not None and denominator
    given: dict[str, Any] = {
        "indicator": INDICATOR,
        "period_start": period.start,
        "period_end": period.end,
        "numerator": None if numerator is None else Decimal(numerator),
        "denominator": None if denominator is None else Decimal(denominator),
        "value": Decimal(numerator) / Decimal(denominator) if known and numerator is not None and denominator else None,
        "evidence": Evidence.PROVISIONAL if known else Evidence.MISSING,
    }
    return IndicatorValue(**given | more)


def quarters(year: Period, counts: Sequence[tuple[int, int]], whole: tuple[int, int] | None = None) -> ValueSet:
    """So many quarters of a year, each with what was counted of how many; and the year as a whole."""
    values = [of(period, *count) for period, count in zip(year.parts(3), counts, strict=False)]
    return ValueSet(values=(*values, *([of(year, *whole)] if whole else [])))
