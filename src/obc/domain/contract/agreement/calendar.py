"""The calendar: what is paid on account, how long late records count, and when the rest is paid."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.period import Length, Period
from obc.domain.core.kernel.rate import Exact


class Calendar(Written):
    """When a contract year's money moves.

    `on account`: the part of the year's estimate that is paid during the year, in equal parts at the end of each month.
    `run-out`: how long after the year records that arrive still count; then its figures are final. `balance paid`: how
    long after the year the rest is paid, or what was paid too much comes back; never before the run-out is over.
    """

    on_account: Exact = Field(ge=0, le=1)
    run_out: Length = Field(alias="run-out")
    balance_paid: Length
    source: Annotated[str, StringConstraints(min_length=1)]

    def final_from(self, year: Period) -> date:
        """The first day on which a year's figures are final."""
        return self.run_out.after(year.after)

    def balance_on(self, year: Period) -> date:
        """The day on which a year's balance is paid."""
        return max(self.balance_paid.after(year.after), self.final_from(year))
