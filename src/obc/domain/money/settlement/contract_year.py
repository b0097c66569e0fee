"""Contract year: the days on which the contract runs in it, what part of a whole year they are, when money is due."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from obc.domain.core.kernel.money import split
from obc.domain.core.kernel.period import Period
from obc.domain.money.payment.settle import MONTHS, Every
from obc.domain.outcomes.scoring.evidenced import Evidenced

BY_DAYS, BY_QUARTERS = "part of the year by days", "part of the year by quarters"
"""What the term can fill an input with: 1 for a whole year."""


class ContractYear(NamedTuple):
    """One year of a contract. `runs`: the days it runs; `whole`: the twelve months they are a part of.

    `balance_on`: the day on which what is not paid in instalments falls due; None where no calendar says so.
    """

    runs: Period
    whole: Period
    balance_on: date | None = None

    @property
    def parts(self) -> Mapping[str, Evidenced]:
        """The part of the year that the contract runs, by days and by quarters; a quarter begun counts in full."""
        quarters = [one for one in self.whole.parts(3) if one.start <= self.runs.end and self.runs.start <= one.end]
        of_all = len(list(self.whole.parts(3)))
        shares = {BY_DAYS: Fraction(self.runs.days, self.whole.days), BY_QUARTERS: Fraction(len(quarters), of_all)}
        return {name: Evidenced.of([share]) for name, share in shares.items()}

    def dated(self, amount: int, every: Every | None) -> Iterator[tuple[date | None, int]]:
        """An amount with the day it is due; in instalments: in equal parts at the end of each month or quarter.

        Pennies over go to the first of them.
        """
        if every is None:
            yield self.balance_on, amount
            return
        ends = [part.end for part in self.runs.parts(MONTHS[every])]
        yield from zip(ends, split(amount, [1] * len(ends)), strict=True)
