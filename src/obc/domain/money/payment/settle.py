"""Settle: what is due becomes whole pennies, with who pays and who is paid."""

from typing import Annotated

from pydantic import Field, StringConstraints

from obc.domain.core.kernel.rate import Rounding
from obc.domain.money.payment.rounding import PENNY
from obc.domain.money.payment.split import PARTY, Shares, shared_out, sole
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

PAYER = "commissioner"
"""Who pays where a mechanism does not say."""


class Settle(Step):
    """The last word on an amount, or on a pool: rounded to the penny, it becomes ledger entries.

    A negative amount is owed the other way round.
    """

    settle: Operand
    reason: Annotated[str, StringConstraints(min_length=1)]
    round: Rounding
    paid_by: Shares = Field(default_factory=lambda: sole(PAYER))
    paid_to: Shares = Field(default_factory=lambda: sole(PARTY))

    def work(self, read: Read) -> Evidenced:
        """The amount, rounded to the penny."""
        amount = read(self.settle)
        return Evidenced(amount.values.rounded(PENNY, self.round), amount.states)

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        way = f"{shared_out(self.paid_by)} to {shared_out(self.paid_to)}"
        return f"{tell(self.settle)}, rounded {self.round} to the penny, from {way}"
