"""Finance: what `finance.yaml` says of a contract's money before there is a contract."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from obc.domain.core.kernel.figure import Figure, Written, WrittenFigure
from obc.domain.core.kernel.problem import wrong
from obc.domain.money.finance.amount import FinancialYear, label
from obc.domain.money.finance.capitation import Capitation
from obc.domain.money.finance.drivers import NEUTRAL, Range
from obc.domain.money.finance.existing import Arrangements
from obc.domain.money.finance.growth import Efficiency, GrowthRate, in_year, indices
from obc.domain.money.finance.printed import PrintedLine
from obc.domain.money.finance.provider_terms import ProviderTerms
from obc.domain.money.finance.savings import Savings
from obc.domain.money.finance.service import Rounding, ScopeName, Service, total
from obc.domain.money.finance.transfer_terms import Transfer

Place = tuple[str | int, ...]


def _one_by_one(years: tuple[int, ...]) -> tuple[int, ...]:
    for before, after in pairwise(years):
        if after != before + 1:
            cure = f"write the years one by one: after {label(before)} comes {label(before + 1)}"
            raise wrong(f"{label(after)} after {label(before)}", cure)
    return years


class Envelope(Written):
    """What the contract may cost a year: the planned spend in scope, grown by `uplift` a year (0: held level)."""

    uplift: WrittenFigure
    why: str | None = None
    source: str | None = None


class Finance(Written):
    """Services, growth, savings, envelope, capitation, ranges: the money of a case for change.

    Amounts are in the contract's currency. `years` follow the base year one by one; every list by year has one
    entry for each of them.
    """

    base_year: FinancialYear
    years: Annotated[tuple[FinancialYear, ...], AfterValidator(_one_by_one)] = Field(min_length=1)
    services: tuple[Service, ...] = Field(min_length=1)
    rounding: Rounding = Rounding()
    today: Arrangements | None = None
    growth: tuple[GrowthRate, ...]
    efficiency: Efficiency
    envelope: Envelope
    savings: Savings
    capitation: Capitation | None = None
    providers: ProviderTerms | None = None
    transfer: Transfer | None = None
    ranges: tuple[Range, ...] = ()
    printed: tuple[PrintedLine, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for found, cure, at in self._unsound():
            raise wrong(found, cure, *at)
        return self

    def _unsound(self) -> Iterator[tuple[str, str, Place]]:
        yield from self._years_out_of_order()
        named = (("services", [one.id for one in self.services]), ("growth", [one.id for one in self.growth]))
        for name, ids in named:
            for i, twice in enumerate(ids):
                if twice in ids[:i]:
                    cure = "give each line an id of its own; a service in two scopes is one line with a split scope"
                    yield f"'{twice}' twice in {name}", cure, (name, i, "id")
        yield from self._undated()
        yield from self._of_the_wrong_length()
        yield from self._unknown_names()

    def _years_out_of_order(self) -> Iterator[tuple[str, str, Place]]:
        if self.years[0] != self.base_year + 1:
            cure = f"begin the years with {label(self.base_year + 1)}, the one after the base year"
            yield f"{label(self.years[0])} after the base year {label(self.base_year)}", cure, ("years",)

    def _undated(self) -> Iterator[tuple[str, str, Place]]:
        first = self.years[0]
        dated: list[tuple[Figure, Place]] = [
            (growth.rate, ("growth", i, "rate")) for i, growth in enumerate(self.growth)
        ]
        dated += [(self.efficiency.rate, ("efficiency", "rate")), (self.envelope.uplift, ("envelope", "uplift"))]
        if self.capitation:
            dated.append((self.capitation.price_index, ("capitation", "price index")))
            dated.append((self.capitation.people_growth, ("capitation", "people growth")))
        if self.savings.investment:
            dated.append((self.savings.investment.amount, ("savings", "investment", "amount")))
        for figure, at in dated:
            begun = figure.history[0].from_
            if begun is not None and begun > first:
                yield f"no value before {begun}", f"write a value from {first} on, the first year", (*at, 0, "from")

    def _of_the_wrong_length(self) -> Iterator[tuple[str, str, Place]]:
        expected = f"write {len(self.years)}, one for each of {label(self.years[0])} to {label(self.years[-1])}"
        for i, assumption in enumerate(self.savings.assumptions):
            if len(assumption.cumulative) != len(self.years):
                found = f"{len(assumption.cumulative)} shares for {len(self.years)} years"
                yield found, expected, ("savings", "assumptions", i, "cumulative")
        printed = self.savings.printed
        if printed is not None:
            for i, one in enumerate(printed.clusters):
                if len(one.amounts) != len(self.years):
                    found = f"{len(one.amounts)} amounts for {len(self.years)} years"
                    yield found, expected, ("savings", "printed", "clusters", i, "amounts")
            if len(printed.totals) != len(self.years):
                found = f"{len(printed.totals)} totals for {len(self.years)} years"
                yield found, expected, ("savings", "printed", "totals")
        columns = {"spend by scope": 5, "envelope": 3}
        for i, line in enumerate(self.printed):
            wanted = columns.get(line.line, len(self.years) + 1)
            if len(line.amounts) != wanted:
                yield f"{len(line.amounts)} amounts", f"'{line.line}' has {wanted}", ("printed", i, "amounts")

    def _unknown_names(self) -> Iterator[tuple[str, str, Place]]:
        drivers = [*NEUTRAL, *(growth.id for growth in self.growth)]
        for i, one in enumerate(self.ranges):
            if one.driver not in drivers:
                yield f"'{one.driver}'", f"write one of {', '.join(drivers)}", ("ranges", i, "driver")
            if any(other.driver == one.driver for other in self.ranges[:i]):
                yield f"'{one.driver}' twice", "write one range for each driver", ("ranges", i, "driver")
        services = [service.id for service in self.services]
        for i, contract in enumerate(self.today.contracts if self.today else ()):
            for j, name in enumerate(contract.services):
                if name not in services:
                    cure = f"write one of {', '.join(services[:12])} …"
                    yield f"the service '{name}', which is nowhere", cure, ("today", "contracts", i, "services", j)

    @property
    def all_years(self) -> tuple[int, ...]:
        """The base year and the projected years."""
        return (self.base_year, *self.years)

    def spend(self, scope: ScopeName | None = None) -> int:
        """The planned spend in a scope, or altogether (minor units)."""
        return total(self.services, self.rounding, scope)

    @property
    def forecast(self) -> int:
        """What the services in scope are now thought to cost in the base year (minor units)."""
        return sum(service.expected for service in self.services if service.spent("in")) + self.rounding.in_

    @property
    def in_scope(self) -> int:
        """The planned spend that is in scope from the first day (minor units)."""
        return self.spend("in")

    @property
    def cluster_funded(self) -> int:
        """The planned spend in scope that follows activity by cluster (minor units)."""
        return sum(service.spent("in") for service in self.services if service.funded_by == "clusters")

    @property
    def indices(self) -> tuple[Fraction, ...]:
        """What 1 of the base year costs in each of `all_years`."""
        return indices(self.growth, self.base_year, self.all_years)

    def rate(self, growth: GrowthRate, year: int) -> Fraction:
        """A growth rate in a projected year."""
        return in_year(growth.rate, year)

    def efficiency_rate(self, year: int) -> Fraction:
        """The efficiency target of a projected year."""
        return in_year(self.efficiency.rate, year)

    def envelopes(self) -> tuple[int, ...]:
        """The envelope of the base year and of each projected year (minor units, rounded down)."""
        held, made = Fraction(self.in_scope), [self.in_scope]
        for year in self.years:
            held *= 1 + in_year(self.envelope.uplift, year)
            made.append(int(held))
        return tuple(made)

    def investment(self) -> tuple[int, ...]:
        """The investment of each projected year (minor units); nothing where none is planned."""
        planned = self.savings.investment
        return tuple(int(in_year(planned.amount, year) * 100) if planned else 0 for year in self.years)
