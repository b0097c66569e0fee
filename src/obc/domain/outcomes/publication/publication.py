"""Publication: values under a profile, and which of them are hidden so that no other gives one away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.publication.suppression import PROFILES, Counts, Place, Profile, hidden

Key = tuple[str, str, str, date, date]
"""What makes a value one and not another."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A profile with the keys of the values that it hides, small ones and those that would give them away."""

    profile: Profile
    hidden: frozenset[Key] = frozenset()

    @classmethod
    def of(cls, values: Iterable[IndicatorValue], years: Sequence[Period], profile: Profile) -> "Publication":
        """Suppression looks at each indicator and year as one table of segments, providers and quarters with their
        totals, so that no difference between them brings a small count back. Give all values that are shown anywhere.
        """
        tables: dict[tuple[str, int], dict[Place, Counts]] = {}
        keys: dict[tuple[tuple[str, int], Place], Key] = {}
        for one in values:
            if one.denominator is not None and one.evidence.usable:
                table, part = _table_of(one, years)
                place = (one.segment, one.provider, part)
                tables.setdefault(table, {})[place] = counts_of(one)
                keys[table, place] = one.key
        found = (keys[table, place] for table, cells in tables.items() for place in hidden(cells, profile))
        return cls(profile, frozenset(found))

    @property
    def exact(self) -> bool:
        """Whether figures are shown as they are."""
        return self.profile.exact

    @property
    def says(self) -> str:
        """What is shown, in words."""
        if self.exact:
            return self.profile.says
        paid = "Payments were worked out from the exact figures, which the parties hold."
        return f"This is the public version. {self.profile.says} {paid}"

    def hides(self, value: IndicatorValue) -> bool:
        """Whether a value must not be shown: too few in it, or others could be worked out with it."""
        return value.key in self.hidden or self.profile.small(counts_of(value))

    def count(self, number: int | Decimal) -> int | None:
        """A count that stands by itself as it may be shown; None where it is suppressed. A true 0 stays 0."""
        whole = int(number)
        return None if self.profile.small((whole,)) else self.profile.rounded(whole)


FOR_PARTIES = Publication(PROFILES["none"])
"""Everything, as it is."""


def counts_of(one: IndicatorValue) -> Counts:
    """The counts of people or events that the figures rest on. Person-days and sums of scores count nobody."""
    top, under = int(one.numerator or 0), int(one.denominator or 0)
    if one.measure == "proportion":
        return top, under, under - top
    return (top,) if one.measure == "rate" else (under,)


def _table_of(one: IndicatorValue, years: Sequence[Period]) -> tuple[tuple[str, int], str]:
    """The indicator's year, and the part of it: `all` for the whole; a period outside every year is its own."""
    for i, year in enumerate(years):
        if one.period_start in year and one.period_end in year:
            whole = (one.period_start, one.period_end) == (year.start, year.end)
            return (one.indicator, i), ALL if whole else str(one.period_start)
    return (one.indicator, -one.period_start.toordinal()), ALL
