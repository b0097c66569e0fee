"""The two times that are compared: the last measured, and the same a year earlier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import ALL, IndicatorValue

Values = Mapping[tuple[str, str, str, Period], IndicatorValue]
"""Values by indicator, segment, provider and period."""


@dataclass(frozen=True, slots=True)
class Times:
    """The time looked at, the same a year earlier, and the quarters in each."""

    before: Period
    now: Period
    quarters_before: tuple[Period, ...]
    quarters_now: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The values of a contract, as guards ask for them."""

    values: Values
    times: Times
    segments: tuple[str, ...]
    providers: tuple[str, ...]

    def pair(
        self, indicator: str, segment: str = ALL, provider: str = ALL
    ) -> tuple[IndicatorValue, IndicatorValue] | None:
        """The value before and now, where both are known and somebody was counted."""
        return self._both(indicator, segment, provider, self.times.before, self.times.now)

    def quarters(self, indicator: str, segment: str = ALL, provider: str = ALL) -> Sequence[Sequence[IndicatorValue]]:
        """The values of the quarters before and now, as far as they are known."""
        return [
            [one for quarter in quarters if (one := self._one(indicator, segment, provider, quarter))]
            for quarters in (self.times.quarters_before, self.times.quarters_now)
        ]

    def _both(
        self, indicator: str, segment: str, provider: str, before: Period, now: Period
    ) -> tuple[IndicatorValue, IndicatorValue] | None:
        held = self._one(indicator, segment, provider, before), self._one(indicator, segment, provider, now)
        return None if held[0] is None or held[1] is None else (held[0], held[1])

    def _one(self, indicator: str, segment: str, provider: str, period: Period) -> IndicatorValue | None:
        found = self.values.get((indicator, segment, provider, period))
        return found if found and found.evidence.usable and found.numerator is not None and found.denominator else None
