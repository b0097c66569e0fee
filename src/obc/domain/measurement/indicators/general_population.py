"""The general population: how many people of an age and sex, and how many of them die in a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.person import Row

DAYS_A_YEAR = Decimal("365.25")
"""A person-year in days."""

A_DAYS_RATE = Decimal("1e-18")
"""To what a day's rate is rounded, so that sums of expected events are exact in whatever order they are made."""

BAND = 5
"""Ages are taken in bands of so many years."""


@dataclass(frozen=True, slots=True)
class GeneralPopulation:
    """People and deaths by calendar year, sex and the first age of a band; the last band is open."""

    people: Mapping[tuple[int, str, int], Decimal]
    deaths: Mapping[tuple[int, str, int], Decimal]

    @classmethod
    def of_rows(cls, population: Iterable[Row], population_deaths: Iterable[Row]) -> Self:
        """From the rows of the tables `population` and `population_deaths`."""
        return cls(_by_stratum(population, "people"), _by_stratum(population_deaths, "deaths"))

    def rate(self, period: Period, sex: str | None, age: int) -> Decimal | None:
        """Deaths a person-year at that age and sex, over the calendar years that the period touches.

        A sex that the population is not counted by (not known, not stated) meets the rate of all together.
        None where no such people are counted, or their deaths are not.
        """
        years = range(period.start.year, period.end.year + 1)
        bands = [band for year, _, band in self.people if year in years and band <= age]
        if not bands:
            return None
        known = {kind for year, kind, _ in self.people if year in years}
        strata = [
            stratum
            for stratum in self.people
            if stratum[0] in years and stratum[2] == max(bands) and (sex not in known or stratum[1] == sex)
        ]
        people = sum((self.people[stratum] for stratum in strata), Decimal())
        if not people or any(stratum not in self.deaths for stratum in strata):
            return None
        return sum((self.deaths[stratum] for stratum in strata), Decimal()) / people


def _by_stratum(rows: Iterable[Row], column: str) -> dict[tuple[int, str, int], Decimal]:
    return {(int(row["year"]), row["sex"], int(row["age"])): Decimal(str(row[column])) for row in rows}


def band_of(age: int) -> int:
    """The first age of the band."""
    return age - age % BAND


def expected_deaths(yearly: Decimal | None, days: int) -> Decimal | None:
    """Deaths that so many days would bring at a yearly rate; None where there is no rate."""
    return None if yearly is None else (yearly / DAYS_A_YEAR).quantize(A_DAYS_RATE) * days
