"""Publication: what may be shown of small numbers, and to whom. Scoring never sees any of this."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Publication:
    """A named way of showing counts of people.

    Counts from 1 to `suppressed_to` are not shown; the others are rounded to the nearest `rounded_to`. A count that
    leaves only so few of the whole over is not shown either, since the few can be worked out.
    """

    name: str
    says: str
    suppressed_to: int = 0
    rounded_to: int = 1

    @property
    def exact(self) -> bool:
        """Whether figures are shown as they are."""
        return self.rounded_to == 1 and not self.suppressed_to

    def count(self, number: int | Decimal) -> int | None:
        """The count as it may be shown; None where it is suppressed. A true 0 stays 0."""
        whole = int(number)
        if 0 < whole <= self.suppressed_to:
            return None
        return (whole * 2 + self.rounded_to) // (2 * self.rounded_to) * self.rounded_to

    def part(self, number: int | Decimal, of: int | Decimal) -> tuple[int, int] | None:
        """A count and the whole it is part of; None where either, or the rest, is too small to show."""
        shown = [self.count(one) for one in (number, of, of - number)]
        return (shown[0], shown[1]) if None not in shown else None  # type: ignore[return-value]


NONE = Publication(
    name="none",
    says="This is the parties' version: counts are exact and none is suppressed. Do not publish it.",
)

NHS = Publication(
    name="nhs",
    says=(
        "This is the public version. Counts from 1 to 7, and counts that would leave 1 to 7 over, are suppressed; "
        "the others are rounded to the nearest 5, and percentages and rates are worked out from the rounded counts. "
        "Payments were worked out from the exact figures, which the parties hold."
    ),
    suppressed_to=7,
    rounded_to=5,
)
"""As NHS England publishes hospital data below national level: 1 to 7 suppressed, the rest rounded to 5."""

PROFILES = {profile.name: profile for profile in (NONE, NHS)}
