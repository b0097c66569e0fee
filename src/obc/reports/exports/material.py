"""What every export is made from: the values as they may be shown, with the names the contract gives."""

from dataclasses import dataclass

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.publication.published import PublishedValue
from obc.domain.outcomes.publication.suppression import Profile
from obc.reports.names import Names

_QUARTER, _YEAR = 3, 12


@dataclass(frozen=True, slots=True)
class Material:
    """Published values of one contract under one profile, in the order of their keys."""

    contract: Contract
    values: tuple[PublishedValue, ...]
    profile: Profile

    @property
    def names(self) -> Names:
        """What people call things."""
        return Names(self.contract)

    def definition(self, value: PublishedValue) -> IndicatorDefinition:
        """The definition of a value's indicator."""
        return self.contract.definition(value.indicator)

    def provider(self, value: PublishedValue) -> str:
        """The provider's name; all of them together are the contract's."""
        if value.provider == ALL:
            return "All providers"
        known = {one.code: one.name for one in self.contract.agreement.providers}
        return known.get(value.provider, value.provider)


def months_in(period: Period) -> int:
    """How many months the period has, counted by where it ends."""
    return (period.after.year - period.start.year) * _YEAR + period.after.month - period.start.month


def period_name(period: Period) -> str:
    """2015/16 for a year from April, 2015/16 Q1 for its quarters, else the days."""
    year = period.start.year - (period.start.month < 4)
    name = f"{year}/{(year + 1) % 100:02d}"
    if months_in(period) == _YEAR and period.start.month == 4:
        return name
    if months_in(period) == _QUARTER and period.start.month % 3 == 1:
        return f"{name} Q{(period.start.month - 4) // 3 % 4 + 1}"
    return f"{period.start} to {period.end}"
