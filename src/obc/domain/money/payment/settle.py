"""Settle: what is due becomes whole pennies, with who pays and who is paid, in how many parts."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.rate import ONE, ZERO, Rounding, choose
from obc.domain.money.payment.rounding import PENNY
from obc.domain.money.payment.split import PARTY, Shares, shared_out, sole
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

PAYER = "commissioner"
"""Who pays where a mechanism does not say."""

RELIEF = "relief: "
"""Before the name of a settle step: the part of its losses that is not taken from the party, from 0 to 1.

No input or step can be called so: their names have no colon.
"""

Every = Literal["month", "quarter"]

MONTHS: Mapping[Every, int] = {"month": 1, "quarter": 3}


class Instalments(Written):
    """Paid on account while the year runs, in equal parts, each at the end of its month or quarter.

    `on account`: what the year is thought to come to when it begins. What it comes to more or less moves as the
    balance, when the year is settled.
    """

    on_account: Operand
    every: Every


class Settle(Step):
    """The last word on an amount, or on a pool: rounded to the penny, it becomes ledger entries.

    A negative amount is owed the other way round. Where the parties agreed relief (force majeure), a loss is taken
    from the party in part or not at all; a gain stays.
    """

    settle: Operand
    reason: Annotated[str, StringConstraints(min_length=1)]
    round: Rounding
    paid_by: Shares = Field(default_factory=lambda: sole(PAYER))
    paid_to: Shares = Field(default_factory=lambda: sole(PARTY))
    instalments: Instalments | None = None

    def work(self, read: Read) -> Evidenced:
        """The amount, less relief where it is a loss, rounded to the penny."""
        amount, relief = read(self.settle), read(Operand(name=RELIEF + self.step))
        left = choose(amount.values < ZERO, amount.values * (ONE - relief.values), amount.values)
        return Evidenced(left.rounded(PENNY, self.round), amount.states)

    def on_account(self, read: Read) -> Evidenced | None:
        """What is paid while the year runs, rounded to the penny; None where nothing is."""
        if self.instalments is None:
            return None
        amount = read(self.instalments.on_account)
        return Evidenced(amount.values.rounded(PENNY, self.round), amount.states)

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        way = f"{shared_out(self.paid_by)} to {shared_out(self.paid_to)}"
        paid = f"{tell(self.settle)}, rounded {self.round} to the penny, from {way}"
        if self.instalments is None:
            return paid
        return f"{paid}; {tell(self.instalments.on_account)} of it on account, a part every {self.instalments.every}"
