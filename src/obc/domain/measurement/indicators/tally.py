"""Tallies: the sums that indicator values are made of. Sums of units, people and months add up; values do not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from obc.domain.measurement.indicators.values import ALL


@dataclass(frozen=True, slots=True)
class Tally:
    """What one indicator comes to in one cell: see `IndicatorValue` for what each measure counts.

    expected: the sum of events expected at the comparison population's rates; None where it cannot be said.
    """

    numerator: Decimal = Decimal()
    denominator: Decimal = Decimal()
    unknown: int = 0
    sum_of_squares: Decimal = Decimal()
    expected: Decimal | None = Decimal()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.unknown + other.unknown,
            self.sum_of_squares + other.sum_of_squares,
            None if self.expected is None or other.expected is None else self.expected + other.expected,
        )


NOTHING = Tally()
"""The tally of nobody."""

Cell = tuple[str, str | None]
"""A segment and a provider; the provider is None where nobody is responsible."""


def with_totals(cells: Iterable[tuple[Cell, Tally]]) -> Mapping[tuple[str, str], Tally]:
    """The sums by segment and provider, by segment, by provider, and of all.

    A unit is in one segment and under one provider, so the totals are plain sums. A unit without a provider is
    in the totals only.
    """
    totals: dict[tuple[str, str], Tally] = {}
    for (segment, provider), tally in cells:
        for key in {(segment, ALL), (ALL, ALL), (segment, provider or ALL), (ALL, provider or ALL)}:
            totals[key] = totals.get(key, NOTHING) + tally
    return totals
